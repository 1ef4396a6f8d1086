"""How is a wrong array related to the right one and the others of its case?

A step too many or too few, mixed up, left out, twice in. Asked only where nothing
more telling was found. What is said holds the names of functions and of inputs and
outputs, which stand in the probes, and no number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from autograder.student.equality import agree, close
from autograder.student.probing import Output
from autograder.student.questions import Array, Value


def _softmax(array: Array, axis: int) -> Array:
    powers = np.exp(array - array.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


# So many entries that differ in size, or what fits is a coincidence.
ENOUGH, FEW = 3, 2
# Steps that are taken once too often, or forgotten.
STEPS: dict[str, Callable[[Array], Array]] = {
    "the absolute value": np.abs,
    "the square": np.square,
    "the exponential": np.exp,
    "the sigmoid": lambda array: 1.0 / (1.0 + np.exp(-array)),
    "the tanh": np.tanh,
    "the ReLU": lambda array: np.maximum(array, 0.0),
    "the reciprocal": lambda array: 1.0 / array,
    "1 minus the value": lambda array: 1.0 - array,
    "the softmax over each row": lambda array: _softmax(array, -1),
    "the softmax over each column": lambda array: _softmax(array, 0),
    "the running sum down the rows": lambda array: np.cumsum(array, axis=0),
    "the running sum along each row": lambda array: np.cumsum(array, axis=-1),
}


@np.errstate(all="ignore")  # whatever numbers came
def relation(
    name: str, expected: Mapping[str, Value], got: Output, inputs: Mapping[str, Value]
) -> str:
    """Return what the output `name` is instead, in terms of its case, or ""."""
    want = expected[name]
    if not isinstance(got, np.ndarray) or got.shape != want.shape:
        return ""
    others = {n: v for n, v in expected.items() if n != name and n not in inputs}
    arrays = _arrays(inputs)
    for one, other, text in _relations(want, got, _arrays(others), arrays):
        if close(one, other):
            return text
    named = _multiple(want, got, arrays)
    return named and f"is off by a multiple of {named}: is its factor the right one?"


@np.errstate(all="ignore")
def moved(want: Value, got: Output, others: Mapping[str, Value]) -> str:
    """Return along which other output something was moved that should stay, or ""."""
    if not isinstance(want, np.ndarray) or not isinstance(got, np.ndarray):
        return ""
    if got.shape != want.shape or got.dtype.kind != "f":
        return ""
    named = _multiple(want, got, _arrays(others), FEW)
    return named and f"was moved along {named}: an optimizer steps, not this"


def _arrays(values: Mapping[str, Value]) -> dict[str, Array]:
    return {name: v for name, v in values.items() if isinstance(v, np.ndarray)}


def _relations(
    want: Array, got: Array, others: Mapping[str, Array], inputs: Mapping[str, Array]
) -> Iterator[tuple[Array, Array, str]]:
    """Yield two arrays and what is said if they agree, the most telling first."""
    # Of one whole number a step is a coincidence.
    if want.size > 1 or not any((np.rint(one) == one).all() for one in (want, got)):
        yield from _steps(want, got)
    if want.size <= 1:
        return
    low, high = got.min(), got.max()
    if low < high and got.size >= ENOUGH + 2:
        clipped = "is what was asked for, but large or small entries are cut off"
        yield np.clip(want, low, high), got, clipped
    said = {name: f"is {name} as it came in" for name in inputs}
    said |= {n: f"is what {n} should be: are the two mixed up?" for n in others}
    for name, array in {**inputs, **others}.items():
        if array.shape == got.shape and array.any():
            yield array, got, said[name]
    yield from _left_out(want, got, inputs)


def _steps(want: Array, got: Array) -> Iterator[tuple[Array, Array, str]]:
    for what, step in STEPS.items():
        if want.ndim > 1 or ("row" not in what and "column" not in what):
            yield step(want), got, f"is {what} of what was asked for: a step too many?"
            missing = f"the right answer is {what} of this: is a step missing?"
            yield step(got), want, missing


def _left_out(
    want: Array, got: Array, inputs: Mapping[str, Array]
) -> Iterator[tuple[Array, Array, str]]:
    for name, array in inputs.items():
        try:
            wide = np.broadcast_to(array, want.shape).astype(np.float64)
        except ValueError:
            continue
        if wide.any():
            yield want - wide, got, f"is too small by {name}: is it added?"
            yield want + wide, got, f"is too large by {name}: added once too often?"
            yield want - 2 * wide, got, f"{name} is subtracted where it is added"
        if wide.any() and not (wide == 1.0).all():
            yield want * wide, got, f"is multiplied by {name} once too often"
            yield got * wide, want, f"is not multiplied by {name}"


def _multiple(
    want: Array, got: Array, arrays: Mapping[str, Array], least: int = ENOUGH
) -> str:
    """Return what was added with some factor in all entries that are wrong, or ""."""
    wrong = ~agree(want, got)
    difference = (got - want)[wrong]
    for name, array in arrays.items():
        if array.shape == want.shape and not close(want, array):
            along = array[wrong].astype(np.float64)
            told = len(np.unique(np.abs(along)))
            factor = np.vdot(along, difference) / np.vdot(along, along)
            if told >= least and close(factor * along, difference, 1e-6):
                return name
    return ""
