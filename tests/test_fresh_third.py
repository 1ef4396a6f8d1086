"""How many of sixty programs, by an author who saw no list, are named."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from autograder.results import QuestionReport
from tests.fresh import Fresh
from tests.fresh_third import MINIFLOW, MLP
from tests.judged import court
from tests.programs import apply, library

SETS = (
    ("mlp", MLP, ("nn", "optim")),
    ("miniflow", MINIFLOW, ("miniflow",)),
)
# Counted once, on 2026-11-20, by reading each reason. The goal is 54.
NAMED = 57


def judged() -> Iterator[tuple[Fresh, QuestionReport]]:
    """Yield each program with what the grader says of its question."""
    for assignment, rows, modules in SETS:
        for row in rows:
            lib = library(apply({row.target: row.text}), *modules)
            yield row, court(assignment).question(lib, row.question)


def test_the_reference_loses_nothing_here():
    for assignment, _, modules in SETS:
        assert court(assignment).lost(library(apply({}), *modules)) == set()


def test_as_many_are_named_as_were_counted(capsys):
    rows = list(judged())
    assert len(rows) == 60
    assert all(report.lost for _, report in rows)
    misses = [
        f"{row.question}: {report.reason}\n{textwrap.dedent(row.text)}"
        for row, report in rows
        if not re.search(row.names, report.reason, re.IGNORECASE)
    ]
    with capsys.disabled():
        print(f"\n{60 - len(misses)} of 60 are named; not these:\n")
        print("\n".join(misses))
    assert 60 - len(misses) >= NAMED
