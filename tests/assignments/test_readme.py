"""README's table says how many questions and points each assignment has."""

import re
from collections.abc import Iterator

import nbformat
import pytest

from autograder.student.assignment import load
from tests.support.demo import small_class
from tests.support.samples import ASSIGNMENTS, ROOT

ROW = re.compile(r"^\| \*\*(\w+)\*\* \| .{15,} \| (\d+) \| (\d+) \+ (\d+) \|$", re.M)


def rows(text: str) -> dict[str, tuple[int, ...]]:
    """Return for each assignment: its questions, points of code, and of words."""
    return {name: tuple(map(int, numbers)) for name, *numbers in ROW.findall(text)}


def points(name: str) -> Iterator[tuple[bool, int]]:
    """Yield whether a person marks a graded cell, and what it is worth."""
    notebook = nbformat.read(ROOT / f"source/{name}/{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        graded = cell.metadata.get("nbgrader", {})
        if graded.get("grade"):
            yield graded["solution"], graded["points"]


def counted(name: str) -> tuple[int, int, int]:
    every = list(points(name))
    code = sum(worth for by_hand, worth in every if not by_hand)
    words = sum(worth for by_hand, worth in every if by_hand)
    return len(load(ROOT, name).questions), code, words


README = (ROOT / "README.md").read_text(encoding="utf-8")
NAMED = sorted(rows(README))


def test_the_table_holds_assignments_with_their_numbers():
    assert len(NAMED) >= 7  # one that is new needs no row
    assert rows(README) == {name: counted(name) for name in NAMED}


@pytest.mark.parametrize("name", NAMED)
def test_a_row_that_is_left_out_or_wrong_is_found(name):
    without = re.sub(rf"^\| \*\*{name}\*\*.*\n", "", README, flags=re.M)
    assert name not in rows(without)
    wrong = re.sub(rf"(\*\*{name}\*\*.*?\| )\d+( \| \d+ \+)", r"\g<1>77\2", README)
    assert rows(wrong)[name] != counted(name)


def test_the_class_that_is_shown_is_that_of_the_demo():
    shown = re.findall(r"^    (\S+) +\d+ of 100$", README, re.M)
    assert len(shown) > 2
    assert any(set(shown) <= set(small_class(name)) for name in ASSIGNMENTS)
