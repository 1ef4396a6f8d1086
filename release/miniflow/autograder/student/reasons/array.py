"""What is most likely wrong with an array: its shape, its type or its entries?

Each reason is a sentence that fits behind the name of an output. None holds a length
or a number of an array, so each may be said of a hidden case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from math import isclose

import numpy as np

from autograder.student.equality import agree, close
from autograder.student.questions import Array

Shape = tuple[int, ...]


def shape_reasons(want: Shape, have: Shape, axes: Sequence[str] = ()) -> Iterator[str]:
    """Yield what makes one shape of another, most telling first. They are not equal."""
    wide, wide_have = (tuple(side for side in s if side != 1) for s in (want, have))
    if 0 in have:
        yield "is empty: nothing was put in"
    if have == want[::-1]:
        yield "transposed?"
    if want == () and not wide_have:
        yield "one number in an array, expected the number itself: drop keepdims?"
    if have == ():
        yield "a single number, expected an array: summed, or one from the start?"
    if want == ():
        yield "an array, expected a single number: not summed or averaged?"
    if wide == wide_have and len(have) < len(want):
        yield "an axis of length 1 is lost: one row is still a row, one column a column"
    if wide == wide_have:
        yield "an axis of length 1 too many: drop keepdims or the extra brackets?"
    if len(have) == 2 and len(wide) < 2:
        yield from _unsummed(want, *have)
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


def _unsummed(want: Shape, rows: int, columns: int) -> Iterator[str]:
    """Yield reasons why there are rows and columns where one of each was expected."""
    if want == (1, columns) or (want == (columns,) and rows != columns):
        yield "not summed over the batch?"
    if rows == columns and rows in want:
        yield "(n,) with (n, 1) broadcasts to (n, n): reshape first?"


def _lengths(want: Shape, have: Shape, axes: Sequence[str]) -> str:
    """Return which axes have another length. There are as many as expected."""
    names = {1: ["entries"], 2: ["rows", "columns"]}.get(len(want))
    more, less = "too many", "too few"
    ask = "which axis does the formula add over?"
    if not names:
        names = _names(len(want), axes)
        more, less = "too long along axis", "too short along axis"
        ask = "is its length counted right?"
    words = [
        f"{more if b > a else less} {name}"
        for name, a, b in zip(names, want, have, strict=True)
        if a != b
    ]
    return f"{' and '.join(words)}: {ask}"


def _names(ndim: int, axes: Sequence[str]) -> list[str]:
    """Return what the axes are called, by their numbers if the probe names none."""
    return list(axes) if len(axes) == ndim else list(map(str, range(ndim)))


def dtype_reason(expected: Array, got: Array) -> str:
    """Return what is wrong with a type that is not the expected one."""
    if expected.dtype == bool:
        return "is made of numbers, expected True and False: the type is bool"
    if got.dtype.kind == "c":
        return "is complex, expected real numbers"
    if got.dtype.kind == "b":
        return "is made of True and False, expected numbers"
    largest = np.abs(expected).max(initial=0.0)
    if np.allclose(got, expected, rtol=1e-2, atol=1e-2 * largest):  # as float16, too
        return "right up to rounding, but not in float64: drop the cast"
    return "is not in float64: drop the cast"


def _truth_reason(expected: Array, got: Array) -> str:
    """Return what is wrong with True and False."""
    if not got.ndim:
        return f"is {got}, expected {expected}"
    if np.array_equal(~expected, got):
        return "True and False have changed places"
    wrong = got[expected != got]
    if wrong.all() or not wrong.any():
        return f"{wrong[0]} in some places where {not wrong[0]} is expected"
    return "right in some places; in others True and False have changed places"


def value_reasons(
    expected: Array, got: Array, sizes: Mapping[str, int]
) -> Iterator[str]:
    """Yield what fits, most telling first; `sizes` names factors. Shapes are equal."""
    if expected.dtype == bool:
        yield _truth_reason(expected, got)
    if np.isnan(got).any():
        yield "has NaN: 0 / 0, log of a negative number, or inf - inf?"
    if (np.isinf(got) & np.isfinite(expected)).any():
        yield "has infinity: log(0), a division by 0, or exp of a large number?"
    cuts = (np.trunc(expected), np.floor(expected), np.rint(expected))
    is_cut = any(np.array_equal(cut, got) for cut in cuts)
    cut = "right but for the decimals: was something cut to whole numbers?"
    if is_cut and got.dtype.kind in "iu":
        yield cut
    if not got.any():
        many = "is all zeros: is it written where it is expected, or multiplied by a 0?"
        yield many if got.ndim else "is 0: not yet written, or multiplied by a 0?"
    if _levelled(expected.reshape(-1, 1), got.reshape(-1, 1)):
        yield "the same number in every place: is it summed over one axis too many?"
    if got.ndim == 2 and _levelled(expected, got):
        yield "all rows are the same: does each start afresh, from its own input?"
    if expected.ndim == 2 and len(set(expected.shape)) == 1 and close(expected.T, got):
        yield "transposed?"
    yield from _factors(expected, got, sizes)
    if is_cut:
        yield cut
    if np.allclose(got, expected, rtol=1e-4, atol=1e-6 * np.abs(expected).max()):
        yield "nearly right: rounded, cast to float32, or a small number added?"
    yield from _constants(expected, got, sizes)


def _levelled(expected: Array, got: Array) -> bool:
    """Return whether all rows are the same, and should not be."""
    return bool((got == got[0]).all() and not (expected == expected[0]).all())


def _factors(expected: Array, got: Array, sizes: Mapping[str, int]) -> Iterator[str]:
    """Yield the name of the one factor by which all entries are wrong."""
    texts = {**factor_texts(sizes), "twice too large": 2.0, "half of it": 0.5}
    for factor in dict.fromkeys(texts.values()):
        if close(expected * factor, got):
            yield " or ".join(text for text, by in texts.items() if by == factor)
    if any(close(expected / np.log(base), got) for base in (2.0, 10.0)):
        yield "a logarithm to another base: np.log is the natural one"


def factor_texts(sizes: Mapping[str, int]) -> dict[str, float]:
    """Return the factors by which a result may be wrong, by what is said of each."""
    texts = {"the sign is flipped": -1.0}
    for size, n in sizes.items():
        for sign, words in ((1.0, ""), (-1.0, "the sign is flipped, and ")):
            large = f"{words}too large by the factor {size}: is a mean missing?"
            small = f"{words}too small by the factor {size}: divided once too often?"
            texts |= {large: sign * n, small: sign / n} if n > 1 else {}
    return texts


def _constants(expected: Array, got: Array, sizes: Mapping[str, int]) -> Iterator[str]:
    """Yield that one factor makes the whole difference, or the order of the entries."""
    if expected.size < 3 or not expected.any():
        return
    ratio = float(np.vdot(expected, got) / np.vdot(expected, expected))
    if ratio and close(expected * ratio, got):
        lengths = {*sizes.values(), *expected.shape}
        swapped = any(isclose(a, ratio * b) for a, b in permutations(lengths, 2))
        more = ": is it divided by the length of another axis?" if swapped else ""
        yield f"right but for one constant factor{more}"
    if close(np.sort(expected, axis=None), np.sort(got, axis=None)):
        yield "the right entries in other places: reversed, or reshaped?"


def place_reason(expected: Array, got: Array, axes: Sequence[str]) -> str:
    """Return in which places entries are wrong, for want of something more telling."""
    wrong = ~agree(expected, got)
    added = expected.size >= 3 and expected.any()
    if added and close(expected + np.mean(got - expected), got):
        return "right but for one constant that is added"
    if wrong.all():
        return "has the right shape, but other values than the formula gives"
    lines = dict(_lines(wrong, axes))
    for what, line in lines.items():
        if line.sum() == 1:
            return f"right except for {_which(line)} {what}"
    signs = {
        "0 is expected": expected == 0,
        "the result is negative": expected < 0,
        "the result is positive": expected > 0,
    }
    for what, places in signs.items():
        if np.array_equal(wrong, places):
            return f"right except where {what}"
    for what, line in lines.items():
        if (~line).sum() == 1:
            return f"wrong except for {_which(~line)} {what}"
    return "right in some entries, wrong in others"


def _lines(wrong: Array, axes: Sequence[str]) -> Iterator[tuple[str, Array]]:
    """Yield what a step along each axis is called, and whether anything is wrong there.

    Rows, columns and entries need no name; other axes are called as the probe does.
    """
    named = [f"index of axis {name}" for name in _names(wrong.ndim, axes)]
    names = {1: ["entry"], 2: ["row", "column"]}.get(wrong.ndim, named)
    for axis, name in enumerate(names):
        line = np.moveaxis(wrong, axis, 0).reshape(wrong.shape[axis], -1).any(axis=1)
        if line.size > 1:
            yield name, np.asarray(line)


def _which(line: Array) -> str:
    """Return where the one True of `line` stands."""
    return {0: "the first", line.size - 1: "the last"}.get(int(line.argmax()), "one")
