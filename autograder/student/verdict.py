"""Two arrays: do they agree, and if not, what is the likeliest reason?

A finding has two parts. `text` is a sentence from this file (or one that stands
beside a misconception): it holds no number of any array and no word of a student's
program, so it may be said of a hidden case. `detail` has the shapes and types of
this case and is said of visible cases only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.student.outputs import Output, Unusable
from autograder.student.questions import Array

RTOL = 1e-9
ATOL = 1e-12


@dataclass(frozen=True)
class Finding:
    """Why an output is not right."""

    text: str
    detail: str = ""

    def say(self, visible: bool) -> str:
        """Return the reason in one line; with the numbers if the case is visible."""
        if visible and self.detail:
            return f"{self.detail}: {self.text}" if self.text else self.detail
        return self.text


def close(expected: Array, got: Array, rtol: float = RTOL) -> bool:
    """Return whether all entries agree: rtol, and ATOL of the largest expected.

    The shapes must be equal. NaN and infinity agree with nothing.
    """
    if expected.size == 0:
        return True
    if not np.isfinite(got).all():
        return False
    largest = float(np.abs(expected).max())
    wide = got.astype(np.float64), expected.astype(np.float64)
    return bool(np.allclose(*wide, rtol=rtol, atol=ATOL * largest))


def same_shape(expected: Array, got: Array, flat: bool) -> bool:
    """Return whether the shapes agree; if `flat`, (n,) is as good as (1, n), (n, 1)."""
    if expected.shape == got.shape:
        return True
    longer, shorter = sorted((expected.shape, got.shape), key=len, reverse=True)
    if not flat or len(longer) != 2 or len(shorter) != 1:
        return False
    return longer in {(1, *shorter), (*shorter, 1)}


def compare(
    name: str,
    expected: Array,
    got: Output,
    sizes: Mapping[str, int] | None = None,
    *,
    flat: bool = False,
    rtol: float = RTOL,
) -> Finding | None:
    """Return None if `got` is as good as `expected`, else the reason.

    `sizes` gives names to sizes of this case (such as {"N": 5, "O": 2}), so that a
    factor can be named. `flat` lets (n,) pass for (1, n) and (n, 1).
    """
    if isinstance(got, Unusable):
        return _wrong_type(got)
    right_type = got.dtype == np.float64 or got.dtype.kind in "iu"
    if not same_shape(expected, got, flat):
        return _wrong_shape(expected, got)
    got = got.reshape(expected.shape)
    if right_type and close(expected, got, rtol):
        return None
    if name.endswith(" afterwards"):
        changed = name.removesuffix(" afterwards")
        return Finding(f"{changed} was changed in place: work on a copy of it")
    if not right_type:
        return _wrong_dtype(expected, got)
    for text in _reasons(expected, got, sizes or {}):
        return Finding(text)
    return Finding("has the right shape, but other values than the formula gives")


def _wrong_type(got: Unusable) -> Finding:
    if got.what == "None":
        return Finding("is None: is a return or an assignment missing?")
    return Finding(
        "is neither a NumPy array nor a number", f"got {got.what}, expected an array"
    )


def _wrong_dtype(expected: Array, got: Array) -> Finding:
    detail = f"has type {got.dtype.name}, expected float64"
    if got.dtype.kind == "c":
        return Finding("is complex, expected real numbers", detail)
    if got.dtype.kind == "b":
        return Finding("is made of True and False, expected numbers", detail)
    if np.isfinite(got).all() and np.allclose(expected, got, rtol=1e-2, atol=1e-3):
        return Finding(
            "right up to rounding, but not in float64: drop the cast", detail
        )
    return Finding("is not in float64: drop the cast", detail)


def _wrong_shape(expected: Array, got: Array) -> Finding:
    detail = f"has shape {got.shape}, expected {expected.shape}"
    return Finding(_shape_reason(expected, got), detail)


def _shape_reason(expected: Array, got: Array) -> str:
    want, have = expected.shape, got.shape
    if have == want[::-1] and len(want) > 1:
        return "transposed?" if have != want else "wrong shape"
    if have == ():
        return "a single number where an array was expected: summed over every axis?"
    if want == ():
        return "an array where a single number was expected: not summed or averaged?"
    if (
        len(have) == 2
        and have[0] == have[1]
        and have[0] in want
        and expected.size < got.size
    ):
        return "(n,) with (n, 1) broadcasts to (n, n): reshape first?"
    if len(want) == 2 and want[0] == 1 and have[-1:] == want[-1:] and len(have) == 2:
        return "not summed over the batch?"
    if got.size == expected.size:
        return "the right number of entries in the wrong shape: an axis lost or added?"
    if len(have) < len(want):
        return "an axis is missing: summed, squeezed or indexed once too often?"
    return "wrong shape: which axis does the formula add over?"


def _reasons(expected: Array, got: Array, sizes: Mapping[str, int]) -> Iterator[str]:
    """Yield what fits, the most telling first. The shapes are equal."""
    if np.isnan(got).any():
        yield "has NaN: 0 / 0, log of a negative number, or inf - inf?"
    if np.isinf(got).any():
        yield "has infinity: log(0), a division by 0, or exp of a large number?"
    if not got.any():
        yield "is all zeros: is the result written where it is expected?"
    square = expected.ndim == 2 and expected.shape[0] == expected.shape[1]
    if square and close(expected.T.copy(), got):
        yield "transposed?"
    yield from _factor(expected, got, sizes)
    yield from _partly(expected, got)


def _factor(expected: Array, got: Array, sizes: Mapping[str, int]) -> Iterator[str]:
    named = {-1.0: "the sign is flipped", 2.0: "twice too large", 0.5: "half of it"}
    for size, what in sizes.items():
        if what > 1:
            named[float(what)] = f"too large by {size}: a mean is missing?"
            named[1.0 / what] = f"too small by {size}: divided once too often?"
            named[-float(what)] = f"the sign is flipped, and too large by {size}"
            named[-1.0 / what] = f"the sign is flipped, and too small by {size}"
    for factor, text in named.items():
        if expected.any() and close(expected * factor, got):
            yield text
    if expected.size > 2 and expected.any():
        ratio = float(np.vdot(expected, got) / np.vdot(expected, expected))
        if ratio and close(expected * ratio, got):
            yield "right but for one constant factor"
        offset = float(np.mean(got - expected))
        if close(expected + offset, got):
            yield "right but for one constant that is added"


def _partly(expected: Array, got: Array) -> Iterator[str]:
    largest = float(np.abs(expected).max())
    differs = ~np.isclose(got, expected, rtol=RTOL, atol=ATOL * largest)
    if differs.all():
        return
    if expected.ndim == 2 and expected.shape[0] > 1:
        rows = np.asarray(differs.any(axis=1))
        columns = np.asarray(differs.any(axis=0))
        if rows.sum() == 1 and rows[-1]:
            yield "right except for the last row"
        elif rows.sum() == 1 and rows[0]:
            yield "right except for the first row"
        elif columns.sum() == 1:
            yield "right except for one column"
        elif rows.sum() == 1:
            yield "right except for one row"
    if (differs == (expected == 0)).all():
        yield "right except where 0 is expected"
    if (differs == (expected < 0)).all():
        yield "right except where the result is negative"
    if (differs == (expected > 0)).all():
        yield "right except where the result is positive"
    yield "right in some entries, wrong in others"
