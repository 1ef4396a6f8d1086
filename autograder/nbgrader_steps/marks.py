"""What does the gradebook say of each student? Plain rows, for exports."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.judging.report import HiddenReasons, Report
from autograder.nbgrader_steps.course_folder import open_folder, open_gradebook
from autograder.nbgrader_steps.deadlines import settled
from autograder.nbgrader_steps.gradebook import read_report
from autograder.nbgrader_steps.hold import held_back
from autograder.nbgrader_steps.penalties import renew_penalties


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
    report: Report | None = None
    hidden: HiddenReasons = HiddenReasons.AT_ONCE

    @property
    def told(self) -> dict[str, list[str]]:
        """Why points were lost, by question, as far as students are told by now."""
        parts = self.report.questions if self.report else ()
        return {part.id: part.told(self.hidden) for part in parts if part.lost}

    @property
    def reasons(self) -> dict[str, str]:
        """The line of these that helps most, by question."""
        if self.report is None or self.hidden is not HiddenReasons.AT_ONCE:
            return {name: lines[0] for name, lines in self.told.items()}
        return {part.id: part.reason for part in self.report.questions if part.lost}


def read_marks(root: Path, assignment: str) -> list[Mark]:
    """Return a Mark for each student of the gradebook, in the order of their ids.

    Raises RuntimeError where there is no gradebook, or no such assignment in it.
    """
    coursedir = open_folder(root, assignment)
    folder = Path(coursedir.root, coursedir.autograded_directory)
    held = held_back(root, assignment)
    renew_penalties(root, assignment)
    with open_gradebook(root, assignment) as gradebook:
        maximum = float(gradebook.find_assignment(assignment).max_score)
        hidden = settled(coursedir.config.Autograde, assignment, gradebook)
        rows = {s.student.id: s for s in gradebook.assignment_submissions(assignment)}
        students = sorted(gradebook.students, key=lambda student: str(student.id))
        return [
            Mark(
                student=str(student.id),
                first_name=student.first_name or "",
                last_name=student.last_name or "",
                email=student.email or "",
                lms_id=student.lms_user_id or "",
                max_score=maximum,
                held_back=held.get(student.id, ""),
                hidden=hidden,
                **_earned(rows.get(student.id), folder),
            )
            for student in students
        ]


def _earned(handed_in: Any, folder: Path) -> dict[str, Any]:
    """Return what a Mark tells of a submission, if there is one."""
    if handed_in is None:
        return {"score": None}
    penalty = float(handed_in.late_submission_penalty or 0.0)
    notebooks = list(handed_in.notebooks)
    comments = [comment for nb in notebooks for comment in nb.comments]
    name, student = handed_in.assignment.name, handed_in.student.id
    return {
        "score": max(0.0, float(handed_in.score) - penalty),
        "penalty": penalty,
        "timestamp": str(handed_in.timestamp or ""),
        "needs_grading": bool(handed_in.needs_manual_grade),
        "questions": {g.name: float(g.score) for nb in notebooks for g in nb.grades},
        "comments": {c.name: c.comment for c in comments if c.comment},
        "report": read_report(folder / student / name / f"{name}.ipynb"),
    }
