"""Who is in the course? Read from a CSV file as a platform exports it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from autograder.judging.handed_in import is_name
from autograder.nbgrader_steps.people import Person, write_people
from autograder.platforms.csv_file import read_csv

# What the columns are called: here, at Canvas, at Moodle. The first that has a text
# counts, in this order.
COLUMNS = {
    "id": ("id number", "sis login id", "username", "user name", "login id",
           "sis user id", "student id", "student_id"),
    "first": ("first name", "first_name", "given name", "firstname"),
    "last": ("last name", "last_name", "surname", "family name", "lastname"),
    "full": ("student", "full name", "name"),
    "email": ("email", "e-mail", "email address", "e-mail address"),
    "lms": ("lms id", "lms_id", "lms_user_id", "canvas user id", "identifier"),
    "section": ("section", "sections", "group", "groups"),
}  # fmt: skip
# Rows of Canvas' gradebook that are no people.
NOBODY = ("points possible", "student, test")


def import_roster(root: Path, path: Path) -> list[str]:
    """Fill the gradebook from a roster; return what was done, in lines.

    Raises RuntimeError, in one line, if the file or the gradebook cannot be used.
    """
    people, problems = read_roster(path)
    new, known = write_people(root, people)
    sections = Counter(person.section for person in people if person.section)
    lines = [f"{len(people)} students: {new} new, {known} known before"]
    lines += [f"  section {name}: {n}" for name, n in sorted(sections.items())]
    return [*problems, *lines]


def read_roster(path: Path) -> tuple[list[Person], list[str]]:
    """Return the people in a CSV file, and one line for each row that is none."""
    table = read_csv(path)
    _check(path, table.heads)
    canvas = {"student", "id"} <= set(table.heads)
    people: dict[str, Person] = {}
    problems = []
    for number, cells in zip(table.lines[1:], table.rows[1:], strict=True):
        row = dict(zip(table.heads, cells, strict=False))
        if row.get("student", "").strip().lower().startswith(NOBODY):
            continue
        person = _person(row, canvas)
        if not is_name(person.id):
            problems.append(f"{path.name}, line {number}: {person.id!a} is no id")
        elif person.id in people:
            problems.append(f"{path.name}, line {number}: {person.id} is there twice")
        else:
            people[person.id] = person
    if not people:
        raise RuntimeError(f"{path.name} names no student: {'; '.join(problems[:3])}")
    return list(people.values()), problems


def _check(path: Path, heads: list[str]) -> None:
    """Raise RuntimeError if no column can be an id or a name."""
    if not {"id", *COLUMNS["id"], *COLUMNS["email"]} & set(heads):
        raise RuntimeError(
            f"{path.name} has no column for an id: one of id, ID number, SIS Login ID, "
            "Username or Email has to be there"
        )
    if not {*COLUMNS["full"], *COLUMNS["last"]} & set(heads):
        raise RuntimeError(
            f"{path.name} has no column for names: one of Student, Full name, or First "
            "name and Last name has to be there"
        )


def _person(row: Mapping[str, str], canvas: bool) -> Person:
    """Return who a row is. Canvas' ID is its own; elsewhere `id` is the student's."""
    part = {key: _first(row, names) for key, names in COLUMNS.items()}
    own = row.get("id", "").strip()
    lms = own if canvas else part["lms"].removeprefix("Participant").strip()
    local = part["email"].partition("@")[0]
    name = ("" if canvas else own) or part["id"] or local or own
    first, last = part["first"], part["last"]
    if not (first or last):
        first, last = _split(part["full"])
    return Person(name, first, last, part["email"], lms, part["section"])


def _first(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    texts = (row.get(name, "") or "" for name in names)
    return next((text.strip() for text in texts if text.strip()), "")


def _split(full: str) -> tuple[str, str]:
    """Return first and last name of "Last, First" or "First Last"."""
    last, comma, first = full.partition(",")
    if comma:
        return first.strip(), last.strip()
    first, _, last = full.strip().rpartition(" ")
    return first, last
