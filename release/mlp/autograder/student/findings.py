"""Two arrays: do they agree, and if not, what is the likeliest reason?

A finding has two parts. `text` is a sentence from here or reasons.py: it holds no
number of any array and no word of a student's program, so it may be said of a
hidden case. `detail` has the shapes and types of this case and is said of visible
cases only.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.student.equality import ATOL, RTOL, close, same_shape
from autograder.student.probing import Output, Unusable
from autograder.student.questions import Array
from autograder.student.reasons.array import shape_reason, value_reasons

__all__ = ["ATOL", "RTOL", "Finding", "close", "compare", "same_shape"]

AFTERWARDS = " afterwards"
# What came instead of an array, by the words of outputs.py and of the wire.
UNUSABLE = {
    "None": "is None: is a return or an assignment missing?",
    "list": "is a list, expected a NumPy array: np.array makes one of it",
    "tuple": "is a tuple, expected one array: is there a comma too many?",
    "generator": "is a generator, expected an array: is there a yield for a return?",
    "function": "is a function, expected an array: are the () of a call missing?",
    "method": "is a method, expected an array: are the () of a call missing?",
    "builtin_function_or_method": (
        "is a function, expected an array: are the () of a call missing?"
    ),
    "str": "is text, expected a NumPy array or a number",
    "a subclass of ndarray": (
        "is a kind of array of its own, such as np.matrix or a masked one, expected a "
        "plain NumPy array"
    ),
    "an array of object": (
        "is an array of objects, expected numbers: were rows of unequal length put in?"
    ),
    "an array of more than": "is far larger than what the formula gives",
}


@dataclass(frozen=True)
class Finding:
    """Why an output is not right."""

    text: str
    detail: str = ""

    def say(self, visible: bool) -> str:
        """Return the reason in one line; with the numbers if the case is visible."""
        if visible and self.detail:
            return f"{self.detail}: {self.text}"
        return self.text


def compare(
    name: str,
    expected: Array,
    got: Output,
    sizes: Mapping[str, int] | None = None,
    *,
    flat: Collection[int] = (),
    rtol: float = RTOL,
) -> Finding | None:
    """Return None if `got` is as good as `expected`, else the likeliest reason.

    `sizes` gives names to sizes of this case (such as {"N": 5, "O": 2}), so that a
    factor can be named. `flat` is that of `same_shape`.
    """
    if equal(expected, got, flat, rtol):
        return None
    if name.endswith(AFTERWARDS):
        return Finding("was changed: leave it as it came, and work on a copy")
    with np.errstate(all="ignore"):  # whatever numbers came
        return _difference(expected, got, sizes or {}, flat)


def equal(
    expected: Array, got: Output, flat: Collection[int] = (), rtol: float = RTOL
) -> bool:
    """Return whether `got` is as good as `expected`: shape, type, and all entries."""
    return (
        isinstance(got, np.ndarray)
        and (_is_real(got) or got.dtype == expected.dtype)
        and same_shape(expected, got, flat)
        and close(expected, got.reshape(expected.shape), rtol)
    )


def _is_real(got: Array) -> bool:
    return got.dtype == np.float64 or got.dtype.kind in "iu"


def _difference(
    expected: Array, got: Output, sizes: Mapping[str, int], flat: Collection[int]
) -> Finding:
    if isinstance(got, Unusable):
        return _wrong_type(got)
    if not same_shape(expected, got, flat):
        detail = f"has shape {got.shape}, expected {expected.shape}"
        return Finding(shape_reason(expected.shape, got.shape), detail)
    got = got.reshape(expected.shape)
    if not _is_real(got):
        return _wrong_dtype(expected, got)
    return Finding(next(value_reasons(expected, got, sizes)))


def _wrong_type(got: Unusable) -> Finding:
    for what, text in UNUSABLE.items():
        if got.what == what or (" " in what and got.what.startswith(what)):
            return Finding(text)
    detail = f"is {got.what}, expected an array"
    return Finding("neither a NumPy array nor a number", detail)


def _wrong_dtype(expected: Array, got: Array) -> Finding:
    detail = f"has type {got.dtype.name}, expected float64"
    if got.dtype.kind == "c":
        return Finding("is complex, expected real numbers", detail)
    if got.dtype.kind == "b":
        return Finding("is made of True and False, expected numbers", detail)
    # Wide enough for float16.
    largest = float(np.abs(expected).max()) if expected.size else 0.0
    if np.allclose(got, expected, rtol=1e-2, atol=1e-2 * largest):
        text = "right up to rounding, but not in float64: drop the cast"
        return Finding(text, detail)
    return Finding("is not in float64: drop the cast", detail)
