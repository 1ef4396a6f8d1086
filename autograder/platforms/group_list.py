"""Who is in which group? Read from a platform's CSV file, or one line per group."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from autograder.judging.handed_in import is_name
from autograder.nbgrader_steps.groups import Group
from autograder.nbgrader_steps.people import Person, read_people, submitted_folder
from autograder.platforms.csv_file import read_csv
from autograder.platforms.roster import COLUMNS

# A table with one of these columns has a line for each person.
GROUP = ("group", "groups", "group_name", "group name")
PERSON = ("id", "login_id", *COLUMNS["id"], *COLUMNS["email"], "student")


def read_group_list(root: Path, path: Path) -> list[Group]:
    """Return the groups in a CSV file, their members by the ids of the course.

    Raises RuntimeError, in one line, for what cannot be used; then nothing is changed.
    """
    file = read_csv(path)
    table, heads = [[word.strip() for word in row] for row in file.rows], file.heads
    column = next((heads.index(name) for name in GROUP if name in heads), None)
    if column is None:
        rows = {str(n): list(filter(None, row)) for n, row in enumerate(table)}
    else:
        who = next((heads.index(name) for name in PERSON if name in heads), None)
        if who is None:
            raise RuntimeError(f"{path.name} has no column of {', '.join(PERSON)}")
        rows = {}
        for row in table[1:]:
            if len(row) > max(column, who) and row[column]:
                rows.setdefault(row[column], []).append(row[who])
    people = read_people(root)
    groups = [tuple(_id(name, people, root) for name in row) for row in rows.values()]
    counts = Counter(member for group in groups for member in group)
    twice = [member for member, number in counts.items() if number > 1]
    if twice:
        raise RuntimeError(f"{path.name} has {twice[0]} twice: each is in one group")
    found = [group for group in groups if len(group) > 1]
    if not found:
        raise RuntimeError(
            f"{path.name} names no group of two or more; no group was changed: say "
            "--none if there are to be none"
        )
    return found


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
