"""What makes a wrong shape of the right one? From the two shapes alone.

Each reason fits behind the name of an output, and holds no length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

Shape = tuple[int, ...]


def shape_reason(want: Shape, have: Shape, axes: Sequence[str] = ()) -> str:
    """Return what makes one shape of another. They are not equal."""
    return next(_shape_reasons(want, have, axes))


def _shape_reasons(want: Shape, have: Shape, axes: Sequence[str]) -> Iterator[str]:
    """Yield what fits, the most telling first."""
    if 0 in have:
        yield "is empty: nothing was put in"
    if have == want[::-1]:
        yield "transposed?"
    if _without_ones(have) == _without_ones(want) and want == ():
        yield "one number in an array, expected the number itself: drop keepdims?"
    if have == ():
        yield "a single number, expected an array: summed, or one from the start?"
    if want == ():
        yield "an array, expected a single number: not summed or averaged?"
    if _without_ones(have) == _without_ones(want):
        lost = len(have) < len(want)
        yield (
            "an axis of length 1 is lost: one row is still a row, one column a column"
            if lost
            else "an axis of length 1 too many: drop keepdims or the extra brackets?"
        )
    yield from _unsummed(want, have)
    sides = zip(want, have, strict=False)
    if len(have) == len(want) and all(b in (a, 1) for a, b in sides):
        yield "summed or averaged over an axis that should have stayed"
    if np.prod(have) == np.prod(want):
        yield "the right number of entries in the wrong shape: reshaped?"
    if len(have) < len(want):
        yield "an axis is missing: summed, squeezed or indexed once too often?"
    if len(have) > len(want):
        yield "an axis too many: is one left that should be summed or indexed?"
    yield _lengths(want, have, axes)


def _lengths(want: Shape, have: Shape, axes: Sequence[str]) -> str:
    """Return which axes have another length. There are as many as expected."""
    plain = {1: ("entries",), 2: ("rows", "columns")}.get(len(want))
    named = axes if len(axes) == len(want) else map(str, range(len(want)))
    more, less = "too long along axis", "too short along axis"
    ask = "is its length counted right?"
    if plain:
        more, less = "too many", "too few"
        ask = "which axis does the formula add over?"
    words = [
        f"{more if b > a else less} {name}"
        for name, a, b in zip(plain or named, want, have, strict=True)
        if a != b
    ]
    return f"{' and '.join(words)}: {ask}"


def _unsummed(want: Shape, have: Shape) -> Iterator[str]:
    """Yield reasons why there are rows, or columns, where one was expected."""
    if len(have) != 2 or len(_without_ones(want)) > 1:
        return
    rows, columns = have
    if want == (1, columns) or (want == (columns,) and rows != columns):
        yield "not summed over the batch?"
    if rows == columns and rows in want:
        yield "(n,) with (n, 1) broadcasts to (n, n): reshape first?"


def _without_ones(shape: Shape) -> Shape:
    return tuple(side for side in shape if side != 1)
