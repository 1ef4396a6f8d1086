"""Who is in the course? The students of nbgrader's gradebook."""

from __future__ import annotations

# nbgrader has no type marker.
# mypy: disable-error-code="import-untyped, misc, no-untyped-call"
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SQLAlchemyError

from autograder.nbgrader_steps.course_folder import load_config


@dataclass(frozen=True)
class Person:
    """A student: the id that folders are called by, and what platforms know of them."""

    id: str
    first: str = ""
    last: str = ""
    email: str = ""
    lms: str = ""
    section: str = ""

    def spellings(self) -> Iterator[str]:
        """Yield the person's name in the orders that platforms write it in."""
        if self.first or self.last:
            yield f"{self.first} {self.last}"
            yield f"{self.last} {self.first}"
        if "@" in self.email:
            yield self.email


def submitted_folder(root: Path) -> Path:
    """Return where submissions lie, as nbgrader_config.py says."""
    return root / str(CourseDirectory(config=load_config(root)).submitted_directory)


def read_people(root: Path) -> list[Person]:
    """Return the students of the gradebook, in order; none if there is no gradebook.

    Raises RuntimeError if it cannot be read.
    """
    url = str(CourseDirectory(config=load_config(root)).db_url)
    if (
        url.startswith("sqlite:///")
        and not Path(url.removeprefix("sqlite:///")).exists()
    ):
        return []
    with _opened(root) as gradebook:
        return [
            Person(
                s.id,
                s.first_name or "",
                s.last_name or "",
                s.email or "",
                s.lms_user_id or "",
            )
            for s in gradebook.students
        ]


def write_people(root: Path, people: Sequence[Person]) -> tuple[int, int]:
    """Put students into the gradebook; return how many are new, and were known.

    Raises RuntimeError if it cannot be written.
    """
    with _opened(root) as gradebook:
        before = {student.id for student in gradebook.students}
        for person in people:
            given = {
                "first_name": person.first,
                "last_name": person.last,
                "email": person.email,
                "lms_user_id": person.lms,
            }
            gradebook.update_or_create_student(
                person.id, **{name: text for name, text in given.items() if text}
            )
    known = sum(person.id in before for person in people)
    return len(people) - known, known


@contextmanager
def _opened(root: Path) -> Iterator[Gradebook]:
    coursedir = CourseDirectory(config=load_config(root))
    try:
        with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
            yield gradebook
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        raise RuntimeError(f"the gradebook cannot be used: {reason}") from None
