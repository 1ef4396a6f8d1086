"""Is an assignment as it should be, in all that an author can get wrong?"""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.authoring.answers import Slope, answer_faults, slope_faults
from autograder.authoring.declarations import declaration_faults, frozen_faults
from autograder.authoring.faults import Fault, ended, unreadable
from autograder.authoring.inputs import input_faults
from autograder.authoring.matrix import MistakeRow, endless_faults, matrix_faults, tried
from autograder.authoring.names import name_faults, rule_faults
from autograder.authoring.submissions import (
    declared,
    quiet,
    right_faults,
    submission_faults,
)
from autograder.judging.answer_key import Course
from autograder.judging.limited import ANY_FAULT, end_where_stuck, limited

SEEDS = 3
HALF = 0.5  # of a question's points, which a mistake should cost at least


@dataclass(frozen=True)
class Checked:
    """What was found: faults, and what each mistake costs if it came to that."""

    name: str
    faults: tuple[Fault, ...] = ()
    rows: tuple[MistakeRow, ...] = ()

    def lines(self, matrix: bool) -> Iterator[str]:
        """Yield what an author should read, the faults first."""
        for fault in self.faults:
            yield str(fault)
        question = ""
        for row in self.rows if matrix else ():
            if row.mistake.question != question:
                question = row.mistake.question
                yield f"{question}: visible and hidden cases, what each mistake costs"
            yield f"  {row.line()}"
        cheap = [row for row in self.rows if min(row.costs) < HALF]
        uneven = [row for row in self.rows if len(set(row.costs)) > 1]
        for words, rows in (
            ("cost less than half of the points", cheap),
            ("cost more or less with the seed", uneven),
        ):
            if rows and not matrix:
                yield f"{len(rows)} of {len(self.rows)} mistakes {words}:"
                yield from (f"  {r.mistake.question}: {r.line()}" for r in rows)
        count = len(self.faults)
        yield f"{self.name}: {count or 'no'} fault{'' if count == 1 else 's'}"


def author_check(
    root: Path, name: str, seeds: int = SEEDS, notebook: Path | None = None
) -> Checked:
    """Return what is wrong with an assignment of the course in `root`.

    `notebook` is the one that instructors write, where it lies elsewhere. What cannot
    be tried because something before it is wrong is not tried. All runs in a process
    of its own, so that none of an author's lines can end this one.
    """
    context = multiprocessing.get_context("spawn")
    with (
        tempfile.NamedTemporaryFile("r") as log,
        ProcessPoolExecutor(1, context, _begin, (log.name,)) as pool,
    ):
        try:
            return pool.submit(_checked, root, name, seeds, notebook).result()
        except BrokenProcessPool:
            return Checked(name, (ended(root, name, log.read()),))


def _begin(log: str) -> None:
    end_where_stuck(open(log, "w"))  # noqa: SIM115
    # Of a file that was changed twice in a second, the old bytecode would be run.
    sys.dont_write_bytecode = True
    # So that an author's own is told with its place.
    os._exit = sys.exit  # type: ignore[assignment]


@quiet()
def _checked(root: Path, name: str, seeds: int, notebook: Path | None) -> Checked:
    notebook = notebook or root / f"source/{name}/{name}.ipynb"
    try:
        with limited():
            course = Course.load(root, name, bytes(32))
            programs, slopes = declared(name)
    except ANY_FAULT as error:
        return Checked(name, (unreadable(root, name, error),))
    found = _before_mistakes(course, notebook, slopes)
    if found:
        return Checked(name, found)
    courses = [course, *(_reseeded(course, i) for i in range(1, seeds))]
    rows = tuple(tried(courses))
    found = (
        *right_faults(courses, programs),
        *matrix_faults(rows, f"tests/{name}/mistakes.py"),
        *frozen_faults(course),
    )
    return Checked(name, found, rows)


def _before_mistakes(
    course: Course, notebook: Path, slopes: tuple[Slope, ...]
) -> tuple[Fault, ...]:
    """Return the faults of the first step that finds any."""
    steps = (
        declaration_faults(course, notebook),
        name_faults(course, slopes),
        input_faults(course),
        answer_faults(course),
        rule_faults(course),
        slope_faults(course, slopes),
        endless_faults(course),
        submission_faults(course),
    )
    return next(filter(None, map(tuple, steps)), ())


def _reseeded(course: Course, seed: int) -> Course:
    own: Any = {"_trials": {}, "_took": {}, "_mistakes": {}}  # of this seed
    return replace(course, seed=seed.to_bytes(32, "big"), **own)
