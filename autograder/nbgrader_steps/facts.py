"""What was handed in, when, and by whom of a group? Sentences for a student's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from autograder.nbgrader_steps.course_folder import whose_folder
from autograder.nbgrader_steps.gradebook import OpenGradebook
from autograder.nbgrader_steps.groups import group_of, read_groups

WHEN = "%Y-%m-%d at %H:%M UTC"


def about(
    coursedir: CourseDirectory, gradebook: OpenGradebook, folder: Path, student: str
) -> Iterator[str]:
    """Yield what is known of the work in `folder`, a graded one of the student's."""
    assignment = coursedir.assignment_id
    modules = sorted(folder.glob("mytorch/[!_]*"))
    files = ", ".join(f"mytorch/{path.name}" for path in modules)
    yield f"Handed in: {files}." if files else "No module was handed in."
    marks = gradebook.marks(assignment, student)
    if marks is not None and marks.timestamp:
        yield f"That was on {marks.timestamp:{WHEN}}."
        due = gradebook.find_assignment(assignment).duedate
        if due and marks.penalty:
            yield f"It was due on {due:{WHEN}}."
    group = group_of(read_groups(Path(coursedir.root), assignment), student)
    if len(group) > 1:
        counts = whose_folder(coursedir, student)
        yield f"Your group is {', '.join(group)}: what {counts} handed in counts."
