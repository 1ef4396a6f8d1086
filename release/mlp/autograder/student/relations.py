"""How a wrong array stands to the others of its case: mixed up, left out, twice in.

Asked only where nothing more telling was found. What is said holds the names of
inputs and outputs, which stand in the probes, and no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from autograder.student.outputs import Output
from autograder.student.questions import Array
from autograder.student.tolerance import close


def relation(
    name: str,
    expected: Mapping[str, Array],
    got: Output,
    inputs: Mapping[str, Array],
) -> str:
    """Return what the output `name` is instead, in terms of its case, or ""."""
    want = expected[name]
    if not isinstance(got, np.ndarray) or got.shape != want.shape or want.size < 2:
        return ""
    others = {n: a for n, a in expected.items() if n != name and n not in inputs}
    with np.errstate(all="ignore"):  # whatever numbers came
        return next(_mixed_up(got, others, inputs), "") or next(
            _left_out(want, got, inputs), ""
        )


def _mixed_up(
    got: Array, others: Mapping[str, Array], inputs: Mapping[str, Array]
) -> Iterator[str]:
    for name, array in inputs.items():
        if _same(array, got):
            yield f"is {name} as it came in"
    for name, array in others.items():
        if _same(array, got) and not name.endswith(" afterwards"):
            yield f"is what {name} should be: are the two mixed up?"


def _same(array: Array, got: Array) -> bool:
    return array.shape == got.shape and bool(array.any()) and close(array, got)


def _left_out(want: Array, got: Array, inputs: Mapping[str, Array]) -> Iterator[str]:
    for name, array in inputs.items():
        try:
            wide = np.broadcast_to(array, want.shape).astype(np.float64)
        except ValueError:
            continue
        if not wide.any():
            continue
        if close(want - wide, got):
            yield f"is too small by {name}: is it added?"
        if close(want + wide, got):
            yield f"is too large by {name}: added once too often?"
        if close(want - 2 * wide, got):
            yield f"{name} is subtracted where it is added"
        if (wide == 1.0).all():
            continue
        if close(want * wide, got):
            yield f"is multiplied by {name} once too often"
        if close(got * wide, want):
            yield f"is not multiplied by {name}"
