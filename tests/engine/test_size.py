"""How much of the engine must be read: docs/design.md says it, room by room."""

import re
from pathlib import Path

import pytest

from tests.support.imports import imports, name_of

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/design.md").read_text(encoding="utf-8")
ROOMS = dict(re.findall(r"^\| `(\w+)/` \| ([\d,]+) \|", PAGE, re.MULTILINE))
SLACK = 150
# What runs for one submission: the judge, the worker, and what probes are made of.
START = (
    *("judging.submission", "judging.report", "student.declared"),
    *(f"sandbox.untrusted.{name}" for name in ("boot", "zygote", "worker")),
)


def reached(start):
    """Return the files that these modules import, and those that these import."""
    files = {name_of(path): path for path in (ROOT / "autograder").rglob("*.py")}
    found, left = set(), [f"autograder.{name}" for name in start]
    while left:
        path = files.get(left.pop())
        if path and path.name != "__init__.py" and path not in found:
            found.add(path)
            left += imports(path, names=True)
    return found


def lines(paths):
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def test_the_page_has_every_room():
    folders = {path.parent.name for path in ROOT.glob("autograder/*/__init__.py")}
    assert set(ROOMS) == folders


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_no_more_lines_than_the_page_says(room):
    most = int(ROOMS[room].replace(",", ""))
    assert most - SLACK <= lines((ROOT / "autograder" / room).rglob("*.py")) <= most


def test_what_judges_a_submission_has_no_more_lines_than_the_page_says():
    (most,) = re.findall(r"That is at most ([\d,]+) lines", PAGE)
    most = int(most.replace(",", ""))
    found = reached(START)
    assert {path.name for path in found} >= {"seccomp.py", "marking.py", "asking.py"}
    assert most - SLACK <= lines(found) <= most
