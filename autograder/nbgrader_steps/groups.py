"""Who works together? A list of groups beside the gradebook, kept by a command.

One folder counts for all of a group: the newest that a member handed in, or, where no
time tells, that of the member who is named first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from autograder.judging.handed_in import Submission
from autograder.judging.report import Report
from autograder.nbgrader_steps.saved_lists import changed, read_list

FILE = "groups.json"
Group = tuple[str, ...]


def read_groups(root: Path, assignment: str) -> list[Group]:
    """Return the groups of an assignment, each with its members.

    Raises RuntimeError, in one line, for a list that is damaged.
    """
    return read_list(root / FILE, _groups).get(assignment, [])


def write_groups(root: Path, assignment: str, groups: Sequence[Group]) -> None:
    """Let these be the groups of an assignment, in place of those that were."""
    with changed(root / FILE, _groups) as rows:
        rows[assignment] = list(groups)


def group_of(groups: Sequence[Group], student: str) -> Group:
    """Return the members of a student's group: the student alone if in none."""
    return next((group for group in groups if student in group), (student,))


def once_for_a_group(
    groups: Sequence[Group], judge: Callable[[str, Submission], Report]
) -> Callable[[str, Submission], Report]:
    """Return a judge that judges the folder of a group once, for all its members."""
    known: dict[str, Report] = {}

    def judge_once(student: str, submission: Submission) -> Report:
        if len(group_of(groups, student)) < 2:
            return judge(student, submission)
        digest = submission.digest()
        if digest not in known:
            known[digest] = judge(student, submission)
        return known[digest]

    return judge_once


def _groups(rows: Iterable[Iterable[object]]) -> list[Group]:
    return [tuple(map(str, row)) for row in rows]
