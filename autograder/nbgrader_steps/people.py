"""Who is in the course? The students of nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.nbgrader_steps.course_folder import (
    has_gradebook,
    open_folder,
    open_gradebook,
)


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
    return root / str(open_folder(root).submitted_directory)


def read_people(root: Path) -> list[Person]:
    """Return the students of the gradebook, in order; none if there is no gradebook.

    Raises RuntimeError if it cannot be read.
    """
    if not has_gradebook(open_folder(root)):
        return []
    with open_gradebook(root) as gradebook:
        return [
            Person(*(text or "" for text in row))
            for s in gradebook.students
            for row in [(s.id, s.first_name, s.last_name, s.email, s.lms_user_id)]
        ]


def write_people(root: Path, people: Sequence[Person]) -> tuple[int, int]:
    """Put students into the gradebook; return how many are new, and were known.

    Raises RuntimeError if it cannot be written.
    """
    with open_gradebook(root) as gradebook:
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
