"""What is taken off for being late, as of now? It is a share of the score.

So it follows a mark by hand as well as a date, and is worked out anew before anything
tells it: at each grading, for the pages, and for the exports.
"""

from __future__ import annotations

import logging
from pathlib import Path

from nbformat.v4 import new_notebook
from nbgrader.converters.base import BaseConverter
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy.exc import SQLAlchemyError

from autograder.nbgrader_steps.course_folder import (
    Refused,
    chosen_students,
    open_folder,
)
from autograder.nbgrader_steps.faults import explained
from autograder.nbgrader_steps.gradebook import Marks, OpenGradebook, opened
from autograder.nbgrader_steps.graded import Moved
from autograder.nbgrader_steps.lock import locked
from autograder.nbgrader_steps.staging import quiet

QUIET = logging.getLogger("autograder.quiet")
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False


class Penalties(BaseConverter):
    """Works out what being late costs, by nbgrader's own step; it converts nothing."""

    gradebook: OpenGradebook

    def with_new_penalty(self, student: str) -> Marks:
        """Return a submission's marks with its penalty; nothing is saved yet."""
        name = self.coursedir.assignment_id
        where = {
            "student": student,
            "assignment": name,
            "notebook": name,
            "db_url": self.coursedir.db_url,
        }
        usual = [AssignLatePenalties]
        for step in self.config.Autograde.get("autograde_preprocessors", usual):
            if isinstance(step, type) and issubclass(step, AssignLatePenalties):
                penalties = step(parent=self)
                penalties.log = QUIET
                penalties.preprocess(new_notebook(), {"nbgrader": where})
        marks = self.gradebook.marks(name, student)
        assert marks is not None
        return marks

    def renewed_penalty(self, student: str) -> Moved | None:
        """Save what being late costs as of now; return whose score moved, if it did."""
        before = self.gradebook.marks(self.coursedir.assignment_id, student)
        after = before and self.with_new_penalty(student)
        if before is None or after is None or after.penalty == before.penalty:
            return None
        self.gradebook.save()
        late = before.penalty, after.penalty
        return Moved(student, before.score, after.score, late)


def renew_penalties(root: Path, assignment: str) -> None:
    """Save what being late costs as of now, for all who are graded.

    Raises Refused, in one line, if the gradebook cannot be used.
    """
    coursedir = open_folder(root, assignment)
    step = Penalties(coursedir=coursedir, config=coursedir.config)
    place = root, coursedir.db_url, coursedir.course_id
    graded = chosen_students(coursedir, coursedir.autograded_directory)
    try:
        with quiet(), opened(*place) as step.gradebook, locked(root):
            for student in graded:
                step.renewed_penalty(student)
    except SQLAlchemyError as error:
        raise Refused(explained(error)) from None
