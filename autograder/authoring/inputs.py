"""Are the inputs of cases what a probe can take, and drawn alike by every seed?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from autograder.authoring.faults import Fault, said, unreadable
from autograder.judging.answer_key import Course
from autograder.judging.limited import ANY_FAULT, limited
from autograder.judging.random_arrays import case_inputs
from autograder.student.questions import Case, Value

SEEDS = bytes(32), bytes(32), b"1" * 32, b"2" * 32
NUMBERS = re.compile(r"\s*[-+]?[\d.]+(e[-+]?\d+)?([\s,;]+[-+]?[\d.]+)*\s*")
PLAIN = int | float | str | None  # bool is an int


def input_faults(course: Course) -> Iterator[Fault]:
    """Yield what is wrong with the inputs, before any probe has run."""
    folder = f"tests/{course.assignment.name}"
    for case in course.assignment.visible:
        where = f"{folder}/visible.py, '{case.about}' of {case.question}"
        yield from _case_faults(course, case, where, SEEDS[:1])
    for case in course.hidden:
        where = f"{folder}/hidden.py, '{case.about}' of {case.question}"
        yield from _case_faults(course, case, where, SEEDS)


def _case_faults(
    course: Course, case: Case, where: str, seeds: tuple[bytes, ...]
) -> Iterator[Fault]:
    name, visible = course.assignment.name, len(seeds) == 1
    if not 0 < case.rtol <= 1e-2:
        yield Fault(where, f"rtol is how near is right, 1e-2 at most, got {case.rtol}")
    try:
        with limited():
            drawn = [case_inputs(case, name, seed, visible) for seed in seeds]
    except ANY_FAULT as error:
        found = unreadable(course.assignment.root, name, error)
        own = found.place if " line " in found.place else where
        yield Fault(own, f"an input cannot be made: {said(error)}")
        return
    for name, value in drawn[0].items():
        mend = _odd(value)
        if mend:
            yield Fault(where, f"the input '{name}' is {mend}")
    if any(repr(drawn[0][n]) != repr(drawn[-3:][0][n]) for n in drawn[0]):
        yield Fault(where, "the same seed draws other numbers: draw from rng alone")
    if any(_kinds(each) != _kinds(drawn[0]) for each in drawn):
        yield Fault(where, "another seed draws another shape or type: fix the shape")


def _odd(value: Value) -> str:
    """Return why a probe cannot take an input, "" if it can."""
    if isinstance(value, np.ndarray):
        kind = value.dtype
        if kind.kind not in "biuf" or (kind.kind == "f" and kind.itemsize != 8):
            mend = "give numbers as float64, labels as int64, masks as bool"
            return f"an array of {kind}: {mend}"
        return ""
    if isinstance(value, list) and any(isinstance(row, list) for row in value):
        return "a list of rows of different lengths"
    if isinstance(value, list | tuple):
        return next(filter(None, map(_odd, value)), "")
    if isinstance(value, str) and NUMBERS.fullmatch(value):
        return "text that reads as numbers: drop the quotes"
    if not isinstance(value, PLAIN | np.generic):
        mend = "give numbers, arrays, text, None, or a function that draws"
        return f"of the type {type(value).__name__}: {mend}"
    return ""


def _kinds(inputs: Mapping[str, Any]) -> dict[str, tuple[object, ...]]:
    shaped = np.ndarray | np.generic
    return {
        name: (type(v), np.shape(v) if isinstance(v, shaped) else None)
        for name, v in inputs.items()
    }
