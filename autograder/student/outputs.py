"""What a probe yielded, as a plain array, or as the name of what it is instead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from autograder.student.questions import Array

# Types that arrive as they are. Which of them are right is the verdict's business.
PLAIN_KINDS = "biufc"


@dataclass(frozen=True)
class Unusable:
    """An output that is no plain array or number: what it is, in a few words."""

    what: str


Output = Array | Unusable


def plain(value: object) -> Output:
    """Return a copy of `value` as an array, or what it is instead.

    Numbers become 0-d arrays. Lists, None, subclasses of ndarray and arrays of
    objects are not taken: their comparison could be anything.
    """
    if type(value) is np.ndarray:
        if value.dtype.kind in PLAIN_KINDS:
            return np.array(value, copy=True)
        return Unusable(f"an array of {value.dtype.name[:20]}")
    if isinstance(value, np.ndarray):
        return Unusable(f"a subclass of ndarray ({type(value).__name__[:40]})")
    if isinstance(value, np.generic) and value.dtype.kind in PLAIN_KINDS:
        return np.array(value)
    if type(value) in (float, int, bool, complex):
        try:
            array = np.array(value)
        except OverflowError:
            return Unusable("an int too large for an array")
        if array.dtype.kind in PLAIN_KINDS:
            return array
        return Unusable("an int too large for an array")
    if value is None:
        return Unusable("None")
    return Unusable(type(value).__name__[:40])
