"""Who is in the course, and who works together? Read from a platform's CSV files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from autograder.nbgrader_steps.course_folder import is_name
from autograder.nbgrader_steps.groups import Group
from autograder.nbgrader_steps.people import (
    Person,
    read_people,
    submitted_folder,
    write_people,
)
from autograder.platforms.csv_file import CsvFile, read_csv

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
# A table of groups with one of these columns has a line for each person.
GROUP = ("group", "groups", "group_name", "group name")
PERSON = ("id", "login_id", *COLUMNS["id"], *COLUMNS["email"], "student")


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
    for number, row in table.records():
        if row.get("student", "").strip().lower().startswith(NOBODY):
            continue
        person = _person(row, canvas)
        if not (person.id or person.first or person.last):
            continue  # as Canvas' row on how marks are posted
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


def read_group_list(root: Path, path: Path) -> list[Group]:
    """Return the groups in a CSV file, their members by the ids of the course.

    Raises RuntimeError, in one line, for what cannot be used; then nothing is changed.
    """
    people = read_people(root)
    listed = _listed(read_csv(path), path)
    groups = [tuple(_id(name, people, root) for name in group) for group in listed]
    counts = Counter(member for group in groups for member in group)
    for member, number in counts.items():
        if number > 1:
            raise RuntimeError(f"{path.name} has {member} twice: each is in one group")
    found = [group for group in groups if len(group) > 1]
    if not found:
        raise RuntimeError(
            f"{path.name} names no group of two or more; no group was changed: say "
            "--none if there are to be none"
        )
    return found


def _listed(file: CsvFile, path: Path) -> Iterable[list[str]]:
    """Return the names of each group's members, as they are in the file."""
    column, who = (
        next((name for name in names if name in file.heads), "")
        for names in (GROUP, PERSON)
    )
    if not column:
        return ([w.strip() for w in row if w.strip()] for row in file.rows)
    if not who:
        raise RuntimeError(f"{path.name} has no column of {', '.join(PERSON)}")
    groups: dict[str, list[str]] = {}
    for _, row in file.records():
        if row.get(column, "").strip() and who in row:
            groups.setdefault(row[column].strip(), []).append(row[who].strip())
    return groups.values()


def _id(name: str, people: list[Person], root: Path) -> str:
    """Return the id of one who is named by id, email or login, and is known here."""
    found = [p.id for p in people if name in (p.id, p.email, p.lms)]
    if not found and is_name(name):
        there = not people or (submitted_folder(root) / name).is_dir()
        found = [name] if there else []
    if len(found) != 1:
        raise RuntimeError(
            f"{name!a} is neither in the gradebook, nor handed in: read the roster "
            "first, or mend the name; no group was changed"
        )
    return found[0]
