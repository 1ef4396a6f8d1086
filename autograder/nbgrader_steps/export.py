"""How are grades written as CSV, whatever stands in a name?

nbgrader's own exporter quotes nothing: "smith, john" becomes two columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Assignment, Gradebook, MissingEntry, Student
from nbgrader.plugins import CsvExportPlugin

from autograder.nbgrader_steps.faults import explained
from autograder.nbgrader_steps.hold import held_back
from autograder.nbgrader_steps.lock import locked
from autograder.nbgrader_steps.penalties import renew_penalties

# What a spreadsheet would take for a formula where a cell begins. One that cuts lines
# at semicolons or tabs begins a cell behind each.
FORMULA = re.compile(r"(^|[;\t\r\n])(?=[\s\"]*[=+\-@＝＋－＠\t\r])")
# The columns of nbgrader's own exporter, in its order.
COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


def harmless(text: str) -> str:
    """Return `text` so that a spreadsheet shows it and computes nothing.

    >>> harmless("=1+1"), harmless("Baker, Jr."), harmless("x;=1+1")
    ("'=1+1", 'Baker, Jr.', "x;'=1+1")
    """
    return FORMULA.sub(r"\1'", text)


class CsvExport(CsvExportPlugin):
    """nbgrader's table of grades, in which each value stays in its column."""

    def export(self, gradebook: Gradebook) -> None:
        """Write a row for each assignment and student."""
        place = self.to or "grades.csv"
        self.log.info("Exporting grades to %s", place)
        try:
            root = Path(self.parent.coursedir.root)
            rows = [COLUMNS, *self._rows(gradebook, root)]
            with locked(root), open(place, "w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(rows)
        except (OSError, RuntimeError) as error:
            self.parent.fail(explained(error))

    def _rows(self, gradebook: Gradebook, root: Path) -> Iterator[tuple[object, ...]]:
        assignments, students = map(str, self.assignment), map(str, self.student)
        chosen, wanted = set(assignments), set(students)
        for assignment in gradebook.assignments:
            if chosen and assignment.name not in chosen:
                continue
            held = held_back(root, assignment.name)
            renew_penalties(root, assignment.name)
            for student in gradebook.students:
                if not wanted or student.id in wanted:
                    row = _row(gradebook, assignment, student)
                    yield _without_mark(row) if student.id in held else row


def _without_mark(row: tuple[object, ...]) -> tuple[object, ...]:
    """Return the row of a student whose mark is held back."""
    marks = {"raw_score", "late_submission_penalty", "score"}
    return tuple(
        "" if name in marks else value for name, value in zip(COLUMNS, row, strict=True)
    )


def _row(
    gradebook: Gradebook, assignment: Assignment, student: Student
) -> tuple[object, ...]:
    """Return what one student has for an assignment: 0 where nothing came."""
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
        stamp, score = submission.timestamp, submission.score
        penalty = submission.late_submission_penalty
    except MissingEntry:
        stamp, score, penalty = None, 0.0, 0.0
    names = student.id, student.last_name, student.first_name, student.email
    return (
        assignment.name,
        assignment.duedate,
        stamp,
        *(harmless(name or "") for name in names),
        score,
        penalty,
        max(0.0, score - penalty),
        assignment.max_score,
    )
