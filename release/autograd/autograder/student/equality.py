"""When are two arrays equal?"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from autograder.student.questions import Array

RTOL = 1e-9
ATOL = 1e-12


def agree(expected: Array, got: Array, rtol: float = RTOL) -> Array:
    """Return for each entry whether it agrees: rtol, and ATOL of the largest expected.

    The shapes must be equal. Infinity agrees with the same infinity, NaN with nothing.
    """
    want, have = np.asarray(expected, np.float64), np.asarray(got, np.float64)
    size = np.abs(want)
    finite = np.isfinite(want)
    largest = float(np.max(size, where=finite, initial=0.0))
    with np.errstate(invalid="ignore"):
        near = np.abs(have - want) <= ATOL * largest + rtol * size
    return np.asarray(np.where(finite, near, have == want))


def close(expected: Array, got: Array, rtol: float = RTOL) -> bool:
    """Return whether all entries agree. The shapes must be equal."""
    return bool(agree(expected, got, rtol).all())


def same_shape(expected: Array, got: Array, flat: Collection[int] = ()) -> bool:
    """Return whether the shapes agree.

    `flat` holds the places where an axis of length 1 may be missing, or be added to
    one other axis: with 0, (n,) is as good as (1, n); with 1, as (n, 1).
    """
    shorter, longer = sorted((expected.shape, got.shape), key=len)
    rows = {0: (1, *shorter), 1: (*shorter, 1)}
    missing = len(shorter) == 1 and longer in [rows[place] for place in flat]
    return shorter == longer or missing
