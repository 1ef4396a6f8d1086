"""How many of sixty programs, by an author who saw no list, are named."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping

from autograder.results import QuestionReport
from autograder.student.questions import Library
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


def as_imported(sources: Mapping[str, str], *names: str) -> Library:
    """Return the modules, of which `optim` knows the student's `Linear`.

    Without this it would ask for the reference's, and `isinstance` would find none:
    then no layer moves, whatever the program, and the reason is not the student's.
    """
    lib = library(sources, *names)
    if "optim" in names:
        lib.optim.Linear = lib.nn.Linear
    return lib


def judged() -> Iterator[tuple[Fresh, QuestionReport]]:
    """Yield each program with what the grader says of its question."""
    for assignment, rows, modules in SETS:
        for row in rows:
            lib = as_imported(apply({row.target: row.text}), *modules)
            yield row, court(assignment).question(lib, row.question)


def test_the_reference_loses_nothing_here():
    for assignment, _, modules in SETS:
        assert court(assignment).lost(as_imported(apply({}), *modules)) == set()


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
