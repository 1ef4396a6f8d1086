"""Is a submission graded as it is now? Decided here, and nowhere else.

It is if the gradebook has these scores for this very submission, judged by these
very questions, cases, points, mistakes, reference, engine and seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nbgrader.api import MissingEntry
from nbgrader.coursedir import CourseDirectory

from autograder.judging.report import Report
from autograder.judging.submission import read_points
from autograder.nbgrader_steps.course_folder import (
    Refused,
    notebook_in,
    source_notebook,
    unknown_assignment,
)
from autograder.nbgrader_steps.gradebook import Marks, OpenGradebook


@dataclass(frozen=True)
class Moved:
    """Whose score is another now, from what to what."""

    student: str
    before: float
    after: float
    penalties: tuple[float, float] = (0.0, 0.0)  # taken off for being late

    def __str__(self) -> str:
        before, after = round(self.before, 2), round(self.after, 2)
        late = f" ({self.late})" if self.late else ""
        return f"{self.student}: the score moved from {before:g} to {after:g}{late}"

    @property
    def late(self) -> str:
        """How the penalty for being late changed; "" if it did not."""
        before, after = self.penalties
        return f"late penalty {before:g} to {after:g}" if before != after else ""


def is_graded(found: Report | None, marks: Marks | None, wanted: str) -> bool:
    """Return whether a submission is graded as it is now.

    `found` is the Report that stands in autograded/, `marks` what the gradebook has,
    and `wanted` the name of the submission as it would be judged now.
    """
    if found is None or marks is None or found.digest != wanted:
        return False
    recorded = {name: (mark.auto, mark.most) for name, mark in marks.cells.items()}
    return all(
        recorded.get(question.id) == (question.points, question.max_points)
        for question in found.questions
    )


def score_before(marks: Marks | None, found: Report | None) -> float | None:
    """Return the score that a student had, or None: the gradebook's, if it has one."""
    if marks is not None and marks.graded:
        return marks.score
    return found.points if found else None


def agreed_points(
    gradebook: OpenGradebook, coursedir: CourseDirectory
) -> dict[str, float]:
    """Return the points of each graded cell, by the source notebook.

    Raises Refused if the assignment was not released as it stands there.
    """
    name = coursedir.assignment_id
    try:
        recorded = gradebook.points(name)
    except MissingEntry:
        raise unknown_assignment(name) from None
    points = read_points(source_notebook(coursedir))
    release = notebook_in(coursedir, coursedir.release_directory, ".")
    others = {"the gradebook": recorded}
    if release.exists():
        others["the release"] = read_points(release)
    for place, there in others.items():
        if there != points:
            odd = _first_difference(points, there)
            mend = f"run nbgrader generate_assignment {name} first"
            raise Refused(f"the points of {odd} in {place}: {mend}")
    return points


def _first_difference(points: Mapping[str, float], there: Mapping[str, float]) -> str:
    name = next(n for n in {**points, **there} if points.get(n) != there.get(n))
    here, other = (str(rows.get(name, "none")) for rows in (points, there))
    return f"'{name}' are {here} in the source notebook and {other}"
