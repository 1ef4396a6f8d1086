"""What does the gradebook say of each student? Plain rows, for exports."""

from __future__ import annotations

# nbgrader has no type marker.
# mypy: disable-error-code="import-untyped, misc, no-untyped-call"
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.judging.report import HiddenReasons, Report
from autograder.nbgrader_steps.course_folder import open_folder, open_gradebook
from autograder.nbgrader_steps.feedback import settled
from autograder.nbgrader_steps.gradebook import read_report
from autograder.nbgrader_steps.hold import held_back


@dataclass(frozen=True)
class Mark:
    """One student's mark for one assignment; `score` is None without a submission.

    `score` is after the late penalty. `questions` has the points of each graded cell,
    what an instructor gave by hand included, and `comments` what one wrote there.
    `reasons` say why a question lost points, as far as a page may tell that now.
    """

    student: str
    first_name: str
    last_name: str
    email: str
    lms_id: str
    score: float | None
    max_score: float
    penalty: float = 0.0
    timestamp: str = ""
    needs_grading: bool = False
    held_back: str = ""  # why it must not go out, if it must not
    questions: dict[str, float] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)  # as far as they are told


def read_marks(root: Path, assignment: str) -> list[Mark]:
    """Return a Mark for each student of the gradebook, in the order of their ids.

    Raises RuntimeError where there is no gradebook, or no such assignment in it.
    """
    coursedir, config = open_folder(root, assignment)
    folder = Path(coursedir.root, coursedir.autograded_directory)
    held = held_back(root, assignment)
    with open_gradebook(root, assignment) as gradebook:
        maximum = float(gradebook.find_assignment(assignment).max_score)
        hidden = settled(config.Autograde, assignment, gradebook)
        rows = {s.student.id: s for s in gradebook.assignment_submissions(assignment)}
        students = sorted(gradebook.students, key=lambda student: str(student.id))
        marks = [_mark(student, rows.get(student.id), maximum) for student in students]
    for i, mark in enumerate(marks):
        notebook = folder / mark.student / assignment / f"{assignment}.ipynb"
        reasons = _reasons(read_report(notebook), hidden)
        out = held.get(mark.student, "")
        marks[i] = replace(mark, held_back=out, reasons=reasons)
    return marks


def _reasons(report: Report | None, hidden: HiddenReasons) -> dict[str, str]:
    """Return for each question that lost points the line that helps most."""
    lost = [q for q in report.questions if q.lost] if report else []
    if hidden is HiddenReasons.AT_ONCE:
        return {question.id: question.reason for question in lost}
    return {question.id: question.told(hidden)[0] for question in lost}


def _mark(student: Any, handed_in: Any, maximum: float) -> Mark:
    mark = Mark(
        student=str(student.id),
        first_name=student.first_name or "",
        last_name=student.last_name or "",
        email=student.email or "",
        lms_id=student.lms_user_id or "",
        score=None,
        max_score=maximum,
    )
    if handed_in is None:
        return mark
    penalty = float(handed_in.late_submission_penalty or 0.0)
    notebooks = list(handed_in.notebooks)
    comments = [comment for nb in notebooks for comment in nb.comments]
    return replace(
        mark,
        score=max(0.0, float(handed_in.score) - penalty),
        penalty=penalty,
        timestamp=str(handed_in.timestamp or ""),
        needs_grading=bool(handed_in.needs_manual_grade),
        questions={g.name: float(g.score) for nb in notebooks for g in nb.grades},
        comments={c.name: c.comment for c in comments if c.comment},
    )
