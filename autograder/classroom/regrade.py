"""A case was wrong: whose score moves, from what to what, and by which case?

Only what is judged otherwise by now is judged again. Marks and comments that were
given by hand stay. Each regrade is a line in a log beside the gradebook.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.classroom.grade import grade_class, open_ahead
from autograder.judging.report import Report
from autograder.nbgrader_steps.autograde import Autograde
from autograder.nbgrader_steps.course_folder import notebook_in, read_submission
from autograder.nbgrader_steps.feedback import graded_students
from autograder.nbgrader_steps.gradebook import read_judged
from autograder.nbgrader_steps.graded import Moved

LOG = "regrades.jsonl"
MOST_NAMED = 2  # of the cases of one question
# What became of a case, and of several.
TOLD = {
    None: ("is gone", "are gone"),
    True: ("passes now", "pass now"),
    False: ("fails now", "fail now"),
}


@dataclass(frozen=True)
class Regraded:
    """A student who was judged again: the score before and after, and why."""

    student: str
    before: float
    after: float
    cases: tuple[str, ...]

    @property
    def line(self) -> str:
        moved = f"{self.before:g} to {self.after:g}"
        return f"{self.student:<22}{moved:>16}  {'; '.join(self.cases)}"


class DryRun(Autograde):
    """Judges again and works out penalties, and writes nothing."""

    def __init__(self, **named: object) -> None:
        super().__init__(**named)
        self.again: dict[str, Report] = {}

    def convert_one(self, name: str, student: str) -> None:
        """Find out what a submission would score as it is judged by now."""
        submission = read_submission(self.coursedir, self.course.assignment, student)
        self.marks = self.gradebook.marks(name, student)
        if self.marks is None or not self.marks.graded or not self.judge:
            return
        if not self.is_graded(student, submission):
            report = self.again[student] = self.judge(student, submission)
            for question, points in report.scores.items():
                grade = self.gradebook.find_grade(question, name, name, student)
                grade.auto_score = points
        before, after = self.marks, self.with_new_penalty(student)
        self.gradebook.forget()
        late = before.penalty, after.penalty
        self.note(Moved(student, before.score, after.score, late))


def would_move(root: Path, assignment: str, jobs: int | None = None) -> list[Regraded]:
    """Return whose score `regrade` would move; nothing is written."""
    number = jobs or os.cpu_count() or 1
    trial = DryRun.of(root, assignment)
    old, _ = _judged(trial)
    trial.open_judge = lambda grading: open_ahead(grading, number)
    trial.run()
    return _changes(trial.moved, old, {**old, **trial.again})


def regrade(
    root: Path, assignment: str, *, because: str = "", jobs: int | None = None
) -> list[Regraded]:
    """Judge again what is judged otherwise by now; return whose score moved."""
    course = Autograde.of(root, assignment)
    old, old_by = _judged(course)
    summary = grade_class(root, assignment, jobs=jobs)
    new, new_by = _judged(course)
    changes = _changes(summary.moved, old, new)
    if summary.counts["graded"]:
        _log(root, assignment, because, old_by, new_by, changes)
    if summary.failed:
        raise RuntimeError(f"not judged again: {', '.join(summary.failed)}, see above")
    return changes


def _changes(
    moved: Sequence[Moved], old: Mapping[str, Report], new: Mapping[str, Report]
) -> list[Regraded]:
    """Return why scores moved: by which cases, or by what is taken off."""
    changes = []
    for m in moved:
        both = m.student in old and m.student in new
        why = [*flips(old[m.student], new[m.student])] if both else []
        why += [m.late] if m.late else []
        changes.append(Regraded(m.student, m.before, m.after, tuple(why)))
    return changes


def flips(old: Report, new: Report) -> Iterator[str]:
    """Yield the hidden cases that pass or fail otherwise, of questions that they moved.

    Where more than two of a question turn the same way, they are counted.
    """
    before, after = _hidden(old), _hidden(new)
    scores = old.scores, new.scores
    turned: dict[tuple[str, bool | None], list[str]] = {}
    for key in {**before, **after}:
        was, now = before.get(key), after.get(key)
        if was != now and scores[0].get(key[0]) != scores[1].get(key[0]):
            turned.setdefault((key[0], now), []).append(key[1])
    for (name, now), cases in turned.items():
        one, many = TOLD[now]
        if len(cases) > MOST_NAMED:
            yield f"{name}, {len(cases)} hidden cases: {many}"
        else:
            yield from (f"{name}, {case}: {one}" for case in cases)
    most = {question.id: question.max_points for question in old.questions}
    for question in new.questions:
        if most.get(question.id) != question.max_points:
            yield f"{question.id}: {question.max_points:g} points now"


def _hidden(report: Report) -> dict[tuple[str, str], bool]:
    """Return which hidden cases passed: points come from them alone."""
    return {
        (q.id, v.case): v.passed
        for q in report.questions
        for v in q.verdicts
        if not v.visible
    }


def _judged(converter: Autograde) -> tuple[dict[str, Report], list[dict[str, str]]]:
    """Return the Reports of a class, and by what it was judged.

    That is one row, or several after a half run.
    """
    coursedir, step = converter.coursedir, converter.final_directory
    reports, rows = {}, list[dict[str, str]]()
    for student in graded_students(coursedir):
        report, row = read_judged(notebook_in(coursedir, step, student))
        if report:
            reports[student] = report
        if row and row not in rows:
            rows.append(row)
    return reports, rows


def _log(
    root: Path,
    assignment: str,
    because: str,
    before: list[dict[str, str]],
    after: list[dict[str, str]],
    changes: list[Regraded],
) -> None:
    row = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": getpass.getuser(),
        "assignment": assignment,
        "because": because,
        "judged by before": before,
        "judged by after": after,
        "moved": [asdict(change) for change in changes],
    }
    with (root / LOG).open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
