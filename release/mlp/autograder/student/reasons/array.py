"""What is most likely wrong with an array?

Each reason is a sentence that fits behind the name of an output. None holds a
number of an array, so each may be said of a hidden case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from math import isclose

import numpy as np

from autograder.student.equality import agree, close
from autograder.student.questions import Array

OTHER_VALUES = "has the right shape, but other values than the formula gives"
SOME_ENTRIES = "right in some entries, wrong in others"
ONE_SUMMAND = "right but for one constant that is added"
BARE_ZERO = "a bare 0, expected an array: not yet written?"
# What is said for want of something better.
VAGUE = (OTHER_VALUES, SOME_ENTRIES, ONE_SUMMAND, BARE_ZERO)
PLACES = ("right except", "wrong except")


def is_vague(reason: str) -> bool:
    """Return whether how the entries come about would say more than the reason."""
    return reason in VAGUE or reason.startswith(PLACES)


def value_reasons(
    expected: Array, got: Array, sizes: Mapping[str, int], axes: Sequence[str] = ()
) -> Iterator[str]:
    """Yield what fits, the most telling first. The shapes are equal, not the values.

    `sizes` gives names to sizes of this case, so that a factor can be named; `axes`
    gives names to the axes, so that a place can be.
    """
    if np.isnan(got).any():
        yield "has NaN: 0 / 0, log of a negative number, or inf - inf?"
    if (np.isinf(got) & np.isfinite(expected)).any():
        yield "has infinity: log(0), a division by 0, or exp of a large number?"
    if got.dtype.kind in "iu":
        yield from _cuts(expected, got)
    if not got.any():
        many = "is all zeros: is it written where it is expected, or multiplied by a 0?"
        yield many if got.ndim else "is 0: not yet written, or multiplied by a 0?"
    yield from _alike(expected, got)
    if expected.ndim == 2 and len(set(expected.shape)) == 1 and close(expected.T, got):
        yield "transposed?"
    yield from _factors(expected, got, sizes)
    yield from _roundings(expected, got)
    yield from _constants(expected, got, sizes)
    yield from _places(expected, got, axes)
    yield OTHER_VALUES


def _alike(expected: Array, got: Array) -> Iterator[str]:
    """Yield that all entries, or all rows, are the same where they should not be."""
    if _same_rows(got.reshape(-1, 1)) and not _same_rows(expected.reshape(-1, 1)):
        yield "the same number in every place: is it summed over one axis too many?"
    if got.ndim == 2 and _same_rows(got) and not _same_rows(expected):
        yield "all rows are the same: does each start afresh, from its own input?"


def _same_rows(array: Array) -> bool:
    return len(array) > 1 and bool((array == array[0]).all())


def _factors(expected: Array, got: Array, sizes: Mapping[str, int]) -> Iterator[str]:
    """Yield the name of the one factor by which all entries are wrong."""
    named: dict[float, list[str]] = {}
    for factor, text in factor_texts(sizes):
        named.setdefault(factor, []).append(text)
    named.setdefault(2.0, []).append("twice too large")
    named.setdefault(0.5, []).append("half of it")
    for base in (2.0, 10.0):
        text = "a logarithm to another base: np.log is the natural one"
        named.setdefault(1.0 / np.log(base), [text])
    for factor, texts in named.items():
        if factor != 1.0 and close(expected * factor, got):
            yield " or ".join(texts)


def factor_texts(sizes: Mapping[str, int]) -> Iterator[tuple[float, str]]:
    """Yield the factors by which a result may be wrong, and what is said of each."""
    yield -1.0, "the sign is flipped"
    for size, n in sizes.items():
        for sign, words in ((1.0, ""), (-1.0, "the sign is flipped, and ")):
            yield sign * n, f"{words}too large by the factor {size}: is a mean missing?"
            small = f"{words}too small by the factor {size}: divided once too often?"
            yield sign / n, small


def _roundings(expected: Array, got: Array) -> Iterator[str]:
    """Yield why entries are nearly right."""
    yield from _cuts(expected, got)
    largest = float(np.abs(expected).max())
    if np.allclose(got, expected, rtol=1e-4, atol=1e-6 * largest):
        yield "nearly right: rounded, cast to float32, or a small number added?"


def _cuts(expected: Array, got: Array) -> Iterator[str]:
    cuts = (np.trunc(expected), np.floor(expected), np.rint(expected))
    if any(np.array_equal(cut, got) for cut in cuts):
        yield "right but for the decimals: was something cut to whole numbers?"


def _constants(expected: Array, got: Array, sizes: Mapping[str, int]) -> Iterator[str]:
    """Yield that one factor, or one summand, makes the whole difference."""
    if expected.size < 3 or not expected.any():
        return
    ratio = float(np.vdot(expected, got) / np.vdot(expected, expected))
    if ratio and close(expected * ratio, got):
        lengths = {*sizes.values(), *expected.shape}
        swapped = any(isclose(a, ratio * b) for a, b in permutations(lengths, 2))
        more = ": is it divided by the length of another axis?" if swapped else ""
        yield f"right but for one constant factor{more}"
    if close(expected + np.mean(got - expected), got):
        yield ONE_SUMMAND
    if close(np.sort(expected, axis=None), np.sort(got, axis=None)):
        yield "the right entries in other places: reversed, or reshaped?"


def _places(expected: Array, got: Array, axes: Sequence[str]) -> Iterator[str]:
    """Yield where the entries are wrong, if not everywhere."""
    wrong = ~agree(expected, got)
    if wrong.all():
        return
    lines = _lines(wrong, axes)
    for what, line in lines.items():
        if line.sum() == 1:
            yield f"right except for {_which(line)} {what}"
    if np.array_equal(wrong, expected == 0):
        yield "right except where 0 is expected"
    if np.array_equal(wrong, expected < 0):
        yield "right except where the result is negative"
    if np.array_equal(wrong, expected > 0):
        yield "right except where the result is positive"
    for what, line in lines.items():
        if (~line).sum() == 1:
            yield f"wrong except for {_which(~line)} {what}"
    yield SOME_ENTRIES


def _lines(wrong: Array, axes: Sequence[str]) -> dict[str, Array]:
    """Return along each axis whether anything is wrong there, by what it is called.

    Rows, columns and entries need no name; other axes are called as the probe does.
    """
    plain: dict[int, tuple[str, ...]] = {1: ("entry",), 2: ("row", "column")}
    named = axes if len(axes) == wrong.ndim else range(wrong.ndim)
    names = plain.get(wrong.ndim, tuple(f"index of axis {name}" for name in named))
    lines = {}
    for axis, name in enumerate(names):
        others = tuple(i for i in range(wrong.ndim) if i != axis)
        line = np.asarray(np.any(wrong, axis=others))
        if line.size > 1 or wrong.ndim == 1:
            lines[name] = line
    return lines


def _which(line: Array) -> str:
    """Return where the one True of `line` stands."""
    return {0: "the first", line.size - 1: "the last"}.get(int(line.argmax()), "one")
