"""How does a Report get into the graded cells and the gradebook?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from textwrap import fill
from typing import Any

import nbgrader.api
import nbgrader.converters
from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.judging.report import QuestionReport, Report
from autograder.nbgrader_steps.lock import locked

# The Report stands under this name in the metadata of an autograded notebook.
MARK = "autograder"
JUDGED_BY = "judged_by"  # and under this one in it, by what it was judged
WIDTH = 96  # characters of a line that a feedback page shows whole
# The modules of nbgrader that open the gradebook in the steps that are staged.
STEPS = ("nbgrader.converters.", "nbgrader.preprocessors.")
OPENERS = [
    module
    for name, module in sys.modules.items()
    if name.startswith(STEPS) and hasattr(module, "Gradebook")
]


class WriteReport(NbGraderPreprocessor):
    """Writes each graded cell's reasons and score; stands in place of Execute."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        report: Report = resources["nbgrader"]["report"]
        parts = {question.id: question for question in report.questions}
        for cell in nb.cells:
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("grade_id") in parts:
                part = parts[mark["grade_id"]]
                cell.outputs = cell_outputs(part, report, part.told())
                cell.execution_count = None
        judged_by = asdict(resources["nbgrader"]["judged_by"])
        nb.metadata[MARK] = {**json.loads(report.to_json()), JUDGED_BY: judged_by}
        return nb, resources


def cell_outputs(
    question: QuestionReport, report: Report, told: list[str]
) -> list[NotebookNode]:
    """Return what a graded cell shows: what is told of lost points, and the score.

    nbgrader takes the first execute_result that is a float as the score; anything
    on stderr would be a 0, and text that is no float full marks.
    """
    cases = len(question.verdicts)
    passed = sum(verdict.passed for verdict in question.verdicts)
    reasons = told or [f"All {cases} cases passed."]
    lines = [*report.notes, *reasons]
    if question.lost and passed:
        lines.append(f"{passed} of {cases} cases passed.")
    text = "\n".join(fill(line, WIDTH, subsequent_indent="    ") for line in lines)
    score = repr(float(question.points))
    return [
        from_dict(output)
        for output in (
            {"output_type": "stream", "name": "stdout", "text": text},
            {
                "output_type": "execute_result",
                "execution_count": None,
                "metadata": {},
                "data": {"text/plain": score},
            },
        )
    ]


def read_report(notebook: Path) -> Report | None:
    """Return the Report in an autograded notebook; None if it is not complete."""
    return read_judged(notebook)[0]


def read_judged(notebook: Path) -> tuple[Report | None, dict[str, str]]:
    """Return the same, and by what it was judged, part by part, if it says so."""
    by: dict[str, str] = {}
    try:
        whole = json.loads(notebook.read_text(encoding="utf-8"))
        row = dict(whole["metadata"][MARK])
        by = dict(row.pop(JUDGED_BY, {}))
        return Report.from_dict(row), by
    except (OSError, ValueError, KeyError, TypeError):
        return None, by


@dataclass(frozen=True)
class CellMark:
    """What one graded cell earned: by the grader, by hand, and on top of it."""

    auto: float | None
    manual: float | None
    extra: float | None
    most: float

    @property
    def score(self) -> float:
        earned = self.auto if self.manual is None else self.manual
        return (earned or 0.0) + (self.extra or 0.0)


@dataclass
class Marks:
    """What a submission has in the gradebook, by graded cell."""

    cells: dict[str, CellMark]
    penalty: float
    timestamp: datetime | None

    @property
    def score(self) -> float:
        """What counts: the points of all cells, without the penalty for being late."""
        return max(0.0, sum(mark.score for mark in self.cells.values()) - self.penalty)

    @property
    def graded(self) -> bool:
        """Whether any cell has a score."""
        return any(mark.auto is not None for mark in self.cells.values())


class OpenGradebook(nbgrader.api.Gradebook):
    """A gradebook that stays open, and keeps what is written until `save`.

    nbgrader opens the gradebook nine times for each submission and commits each
    grade by itself: most of what its bookkeeping costs, and a grader that is killed
    leaves half a submission behind.
    """

    def __init__(self, url: str, course_id: str, wait: float = 60) -> None:
        if url.startswith("sqlite:///") and "?" not in url:
            # How long one grader waits for another, in seconds.
            url += f"?timeout={wait:g}"
        super().__init__(url, course_id)
        self._commit = self.db.commit
        self.db.commit = self.db.flush

    def __exit__(self, *error: object) -> None:
        """Stay open: nbgrader's steps come and go."""

    def save(self) -> None:
        """Write down all that was done since the last time, at once."""
        self._commit()
        # What one submission needed is of no use to the next, and would pile up.
        self.db.expunge_all()

    def forget(self) -> None:
        """Drop all that was done since the last `save`."""
        self.db.rollback()

    def claim(self, assignment: str) -> None:
        """Hold an assignment's records until `save` or `forget`.

        Another grader waits here for as long; what was read before is read anew. A
        row that is written, be it unchanged, is held so by every database.
        """
        self.forget()
        row = nbgrader.api.Assignment
        held = self.db.query(row).filter(row.name == assignment)
        held.update({row.duedate: row.duedate}, synchronize_session=False)

    def find_grade(
        self, grade_cell: str, notebook: str, assignment: str, student: str
    ) -> nbgrader.api.Grade:
        """Return a grade by the keys that its table is sorted by.

        nbgrader's own query reads the grades of the whole class for each cell.
        """
        cell = self.find_graded_cell(grade_cell, notebook, assignment)
        handed_in = self.find_submission_notebook(notebook, assignment, student)
        keys = {"cell_id": cell.id, "notebook_id": handed_in.id}
        grade = self.db.query(nbgrader.api.Grade).filter_by(**keys).one_or_none()
        if grade is None:
            what = f"{assignment}/{notebook}/{grade_cell} for {student}"
            raise nbgrader.api.MissingEntry(f"No such grade: {what}")
        return grade

    def marks(self, assignment: str, student: str) -> Marks | None:
        """Return all that a submission has in the gradebook; None if it has nothing."""
        try:
            submission = self.find_submission(assignment, student)
        except nbgrader.api.MissingEntry:
            return None
        found = Marks({}, 0.0, submission.timestamp)
        # By the keys that the tables are sorted by, as in `find_grade`.
        grade, part = nbgrader.api.Grade, nbgrader.api.SubmittedNotebook
        master = self.find_notebook(assignment, assignment)
        cells = {cell.id: cell for cell in master.grade_cells}
        parts = self.db.query(part.id, part.late_submission_penalty)
        keys = {"notebook_id": master.id, "assignment_id": submission.id}
        for key, penalty in parts.filter_by(**keys):
            found.penalty += penalty or 0.0
            scores = grade.auto_score, grade.manual_score, grade.extra_credit
            rows = self.db.query(grade.cell_id, *scores)
            of_part = rows.filter(grade.cell_id.in_(cells), grade.notebook_id == key)
            for cell, auto, manual, extra in of_part:
                most = cells[cell].max_score
                found.cells[cells[cell].name] = CellMark(auto, manual, extra, most)
        return found

    def points(self, assignment: str) -> dict[str, float]:
        """Return the most points of each graded cell of the assignment's notebook."""
        cells = self.find_notebook(assignment, assignment).grade_cells
        return {cell.name: float(cell.max_score) for cell in cells}

    def has_grades(self) -> bool:
        """Return whether anybody was ever graded."""
        grade = nbgrader.api.Grade
        known = self.db.query(grade.id).filter(grade.auto_score.is_not(None))
        return known.first() is not None


@contextmanager
def opened(
    root: Path, url: str, course_id: str, wait: float = 60
) -> Iterator[OpenGradebook]:
    """Let all of nbgrader's steps use one open gradebook inside the with block.

    `wait` is for how many seconds it is waited for another program that writes.
    """
    with locked(root):  # the first of two who begin makes it
        gradebook = OpenGradebook(url, course_id, wait)

    def shared(*arguments: object, **named: object) -> OpenGradebook:
        return gradebook

    with ExitStack() as stack:
        stack.callback(gradebook.close)
        for module in OPENERS:
            stack.callback(setattr, module, "Gradebook", module.Gradebook)
            vars(module)["Gradebook"] = shared
        yield gradebook
