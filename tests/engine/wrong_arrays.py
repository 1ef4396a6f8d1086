"""Arrays that are wrong in some way, and the sentence that should be said of each."""

from __future__ import annotations

import numpy as np
from hypothesis import settings

from autograder.student.findings import compare
from autograder.student.probing import kept
from autograder.student.questions import PLAIN, Case

RNG = np.random.default_rng(5)
# Numbers of many digits, so that one that leaks is seen.
EXPECTED = RNG.uniform(211.0, 977.0, (5, 3)) * RNG.choice([-1.0, 1.0], (5, 3))
SQUARE = RNG.uniform(211.0, 977.0, (4, 4))
LOSS = np.array(347.8261)
SIZES = {"N": 5, "the number of columns": 3, "the number of entries": 15}
CASE = Case("question", "a case")
thorough = settings(max_examples=200, derandomize=True)


def finding(expected, value, rule=PLAIN):
    """Return what is said of a value, as a hidden case says it."""
    found = compare(expected, kept(value), rule, SIZES)
    return found.say(visible=False) if found else None


def changed(place, by=1.5, base=EXPECTED):
    """Return what was expected, but for the entries at `place`."""
    array = base.copy()
    array[place] += by
    return array


# What is expected, what came, and what has to be said of it.
MISTAKES = {
    "transposed": (EXPECTED, EXPECTED.T, "transposed?"),
    "transposed row": (EXPECTED[:1], EXPECTED[:1].T, "transposed?"),
    "transposed square": (SQUARE, SQUARE.T, "transposed?"),
    "not summed": (EXPECTED[:1], EXPECTED, "not summed over the batch?"),
    "not summed, (O,)": (EXPECTED[0], EXPECTED, "not summed over the batch?"),
    "not summed, one neuron": (
        EXPECTED[:1, :1],
        EXPECTED[:, :1],
        "not summed over the batch?",
    ),
    "not summed, square": (SQUARE[:1], SQUARE, "not summed over the batch?"),
    "broadcast of a column": (
        EXPECTED[:, :1],
        EXPECTED[:, :1] - EXPECTED[:, 0],
        "(n,) with (n, 1) broadcasts to (n, n): reshape first?",
    ),
    "broadcast of one axis": (
        EXPECTED[:, 0],
        EXPECTED[:, :1] - EXPECTED[:, 0],
        "(n,) with (n, 1) broadcasts to (n, n): reshape first?",
    ),
    "summed over everything": (
        EXPECTED,
        EXPECTED.sum(),
        "a single number, expected an array: summed, or one from the start?",
    ),
    "not averaged": (
        LOSS,
        np.full(5, 347.8261),
        "an array, expected a single number: not summed or averaged?",
    ),
    "keepdims left in": (
        LOSS,
        LOSS.reshape(1, 1),
        "one number in an array, expected the number itself: drop keepdims?",
    ),
    "squeezed batch of one": (
        EXPECTED[:1],
        EXPECTED[0],
        "an axis of length 1 is lost: one row is still a row, one column a column",
    ),
    "axis added": (
        EXPECTED,
        EXPECTED[None],
        "an axis of length 1 too many: drop keepdims or the extra brackets?",
    ),
    "summed with keepdims": (
        EXPECTED,
        EXPECTED.sum(axis=0, keepdims=True),
        "summed or averaged over an axis that should have stayed",
    ),
    "summed": (
        EXPECTED,
        EXPECTED.sum(axis=0),
        "an axis is missing: summed, squeezed or indexed once too often?",
    ),
    "reshaped": (
        SQUARE,
        SQUARE.reshape(2, 8),
        "the right number of entries in the wrong shape: reshaped?",
    ),
    "product over the wrong axis": (
        EXPECTED,
        EXPECTED @ EXPECTED.T,
        "too many columns: which axis does the formula add over?",
    ),
    "empty": (EXPECTED, np.zeros((0, 3)), "is empty: nothing was put in"),
    "NaN": (
        EXPECTED,
        np.full_like(EXPECTED, np.nan),
        "has NaN: 0 / 0, log of a negative number, or inf - inf?",
    ),
    "one NaN": (
        EXPECTED,
        changed((1, 1), np.nan),
        "has NaN: 0 / 0, log of a negative number, or inf - inf?",
    ),
    "infinity": (
        EXPECTED,
        changed((1, 1), np.inf),
        "has infinity: log(0), a division by 0, or exp of a large number?",
    ),
    "infinite loss": (
        LOSS,
        float("inf"),
        "has infinity: log(0), a division by 0, or exp of a large number?",
    ),
    "zeros": (
        EXPECTED,
        np.zeros_like(EXPECTED),
        "is all zeros: is it written where it is expected, or multiplied by a 0?",
    ),
    "sign": (EXPECTED, -EXPECTED, "the sign is flipped"),
    "sign of a loss": (LOSS, -LOSS, "the sign is flipped"),
    "N": (EXPECTED, EXPECTED * 5, "too large by the factor N: is a mean missing?"),
    "N in a loss": (LOSS, LOSS * 5, "too large by the factor N: is a mean missing?"),
    "1/N": (
        EXPECTED,
        EXPECTED / 5,
        "too small by the factor N: divided once too often?",
    ),
    "columns": (
        EXPECTED,
        EXPECTED / 3,
        "too small by the factor the number of columns: divided once too often?",
    ),
    "size": (
        LOSS,
        LOSS / 15,
        "too small by the factor the number of entries: divided once too often?",
    ),
    "minus N": (
        EXPECTED,
        EXPECTED * -5,
        "the sign is flipped, and too large by the factor N: is a mean missing?",
    ),
    "2": (EXPECTED, EXPECTED * 2, "twice too large"),
    "half": (EXPECTED, EXPECTED / 2, "half of it"),
    "some factor": (
        EXPECTED,
        EXPECTED * 1.37,
        "right but for one constant factor",
    ),
    "some summand": (
        EXPECTED,
        EXPECTED + 41.7,
        "right but for one constant that is added",
    ),
    "reversed": (
        EXPECTED,
        EXPECTED[::-1],
        "the right entries in other places: reversed, or reshaped?",
    ),
    "whole numbers": (
        EXPECTED,
        EXPECTED.astype(int),
        "right but for the decimals: was something cut to whole numbers?",
    ),
    "floored": (
        EXPECTED,
        EXPECTED // 1,
        "right but for the decimals: was something cut to whole numbers?",
    ),
    "float32 on the way": (
        EXPECTED,
        EXPECTED.astype(np.float32).astype(float),
        "nearly right: rounded, cast to float32, or a small number added?",
    ),
    "a small number added": (
        LOSS,
        LOSS + 1e-6,
        "nearly right: rounded, cast to float32, or a small number added?",
    ),
    "last row": (EXPECTED, changed(-1), "right except for the last row"),
    "first row": (EXPECTED, changed(0), "right except for the first row"),
    "one row": (EXPECTED, changed(2), "right except for one row"),
    "last of two rows": (
        EXPECTED[:2],
        changed(-1, base=EXPECTED[:2]),
        "right except for the last row",
    ),
    "one column": (EXPECTED, changed((..., 1)), "right except for one column"),
    "last column": (EXPECTED, changed((..., 2)), "right except for the last column"),
    "only one row": (
        EXPECTED,
        changed(slice(1, None)),
        "wrong except for the first row",
    ),
    "last entry": (
        EXPECTED[:, 0],
        changed(-1, base=EXPECTED[:, 0]),
        "right except for the last entry",
    ),
    "negatives": (
        EXPECTED,
        np.where(EXPECTED < 0, EXPECTED + 1.5, EXPECTED),
        "right except where the result is negative",
    ),
    "positives": (
        EXPECTED,
        np.where(EXPECTED > 0, EXPECTED + 1.5, EXPECTED),
        "right except where the result is positive",
    ),
    "where 0 is expected": (
        np.where(EXPECTED < 0, 0.0, EXPECTED),
        np.where(EXPECTED < 0, 1.5, EXPECTED),
        "right except where 0 is expected",
    ),
    "some entries": (
        EXPECTED,
        changed(([0, 1, 3], [0, 2, 1])),
        "right in some entries, wrong in others",
    ),
    "other values": (
        EXPECTED,
        EXPECTED**2,
        "has the right shape, but other values than the formula gives",
    ),
    "float32": (
        EXPECTED,
        EXPECTED.astype(np.float32),
        "right up to rounding, but not in float64: drop the cast",
    ),
    "float16": (
        EXPECTED,
        EXPECTED.astype(np.float16),
        "right up to rounding, but not in float64: drop the cast",
    ),
    "a float32 number": (
        LOSS,
        np.float32(LOSS),
        "right up to rounding, but not in float64: drop the cast",
    ),
    "float32, wrong": (
        EXPECTED,
        (EXPECTED**2).astype(np.float32),
        "is not in float64: drop the cast",
    ),
    "small and float32, wrong": (
        EXPECTED * 1e-9,
        np.zeros((5, 3), np.float32),
        "is not in float64: drop the cast",
    ),
    "complex": (EXPECTED, EXPECTED + 0j, "is complex, expected real numbers"),
    "bool": (EXPECTED, EXPECTED > 0, "is made of True and False, expected numbers"),
    "None": (
        EXPECTED,
        None,
        "is None: is a return or an assignment missing, or not yet written?",
    ),
    "a bare 0": (EXPECTED, 0, "a bare 0, expected an array: not yet written?"),
    "a loss of 0": (LOSS, 0.0, "is 0: not yet written, or multiplied by a 0?"),
    "list": (
        EXPECTED,
        EXPECTED.tolist(),
        "is a list, expected a NumPy array: np.array makes one of it",
    ),
    "tuple": (
        EXPECTED,
        (EXPECTED, EXPECTED),
        "is a tuple, expected one array: is there a comma too many?",
    ),
    "generator": (
        EXPECTED,
        (row for row in EXPECTED),
        "is a generator, expected an array: is there a yield for a return?",
    ),
    "method": (
        EXPECTED,
        EXPECTED.copy,
        "is a function, expected an array: are the () of a call missing?",
    ),
    "text": (LOSS, "347.8261", "is text, expected a NumPy array or a number"),
    "something else": (
        EXPECTED,
        {"output": EXPECTED},
        "neither a NumPy array nor a number",
    ),
    "subclass": (
        EXPECTED,
        EXPECTED.view(np.ma.MaskedArray),
        "is a subclass of an array, such as np.matrix or a masked one, expected a "
        "plain NumPy array",
    ),
    "one number for all": (
        EXPECTED,
        np.full_like(EXPECTED, EXPECTED.sum()),
        "the same number in every place: is it summed over one axis too many?",
    ),
    "one row for all": (
        EXPECTED,
        np.tile(EXPECTED.sum(axis=0), (5, 1)),
        "all rows are the same: does each start afresh, from its own input?",
    ),
    "log2": (
        LOSS,
        LOSS / np.log(2.0),
        "a logarithm to another base: np.log is the natural one",
    ),
    "log10": (
        EXPECTED,
        EXPECTED / np.log(10.0),
        "a logarithm to another base: np.log is the natural one",
    ),
    "objects": (
        EXPECTED,
        EXPECTED.astype(object),
        "is an array of objects, expected numbers: is there a row of another length, "
        "or something else than a number in it?",
    ),
}
