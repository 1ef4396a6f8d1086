"""How is a wrong array related to the right one and the others of its case?

A step too many or too few, mixed up, left out, twice in. Asked only where nothing
more telling was found. What is said holds the names of functions and of inputs and
outputs, which stand in the probes, and no number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

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


def is_idle(outputs: Sequence[Output]) -> bool:
    """Return whether outputs are all nothing or zeros, and one at least is nothing."""
    nothing = list(map(_is_nothing, outputs))
    zeros = (isinstance(out, np.ndarray) and not out.any() for out in outputs)
    return any(nothing) and all(map(max, nothing, zeros))


def _is_nothing(output: Output) -> bool:
    """Return whether an output is None, a bare 0 or empty."""
    if isinstance(output, np.ndarray):
        return output.size == 0 or (output.ndim == 0 and not output.any())
    return output is None


def relation(
    name: str, expected: Mapping[str, Value], got: Output, inputs: Mapping[str, Value]
) -> str:
    """Return what the output `name` is instead, in terms of its case, or ""."""
    want = expected[name]
    if not isinstance(want, np.ndarray) or not isinstance(got, np.ndarray):
        return ""
    if got.shape != want.shape or "b" in (got.dtype.kind, want.dtype.kind):
        return ""  # truth values have no steps
    arrays = {n: a for n, a in inputs.items() if isinstance(a, np.ndarray)}
    others = {
        n: a
        for n, a in expected.items()
        if n != name and n not in inputs and isinstance(a, np.ndarray)
    }
    with np.errstate(all="ignore"):  # whatever numbers came
        return next(_relations(want, got, others, arrays), "")


def moved(want: Value, got: Output, others: Mapping[str, Value]) -> str:
    """Return along which other output something was moved that should stay, or ""."""
    if not isinstance(want, np.ndarray) or not isinstance(got, np.ndarray):
        return ""
    if got.shape != want.shape or got.dtype.kind != "f":
        return ""
    arrays = {n: a for n, a in others.items() if isinstance(a, np.ndarray)}
    with np.errstate(all="ignore"):
        named = next(_multiples(want, got, arrays, FEW), "")
    return f"was moved along {named}: an optimizer steps, not this" if named else ""


def _relations(
    want: Array, got: Array, others: Mapping[str, Array], inputs: Mapping[str, Array]
) -> Iterator[str]:
    if want.size > 1 or not (_is_whole(want) or _is_whole(got)):
        yield from _steps(want, got)
    if want.size > 1:
        yield from _clipped(want, got)
        yield from _mixed_up(got, others, inputs)
        yield from _left_out(want, got, inputs)
        for name in _multiples(want, got, inputs):
            yield f"is off by a multiple of {name}: is its factor the right one?"


def _clipped(want: Array, got: Array) -> Iterator[str]:
    """Yield that what is too large or too small was cut off, at any bound."""
    low, high = got.min(), got.max()
    if low < high and got.size >= ENOUGH + 2 and close(np.clip(want, low, high), got):
        yield "is what was asked for, but large or small entries are cut off"


def _multiples(
    want: Array, got: Array, arrays: Mapping[str, Array], least: int = ENOUGH
) -> Iterator[str]:
    """Yield what was added with some factor in all entries that are wrong."""
    wrong = ~agree(want, got)
    difference = (got - want)[wrong]
    for name, array in arrays.items():
        if array.shape == want.shape and not close(want, array):
            along = array[wrong].astype(np.float64)
            told = len(np.unique(np.abs(along)))
            factor = np.vdot(along, difference) / np.vdot(along, along)
            if told >= least and close(factor * along, difference, 1e-6):
                yield name


def _is_whole(number: Array) -> bool:
    """Return whether it is whole: of one such number a step is a coincidence."""
    return bool((np.rint(number) == number).all())


def _steps(want: Array, got: Array) -> Iterator[str]:
    for what, step in STEPS.items():
        if want.ndim < 2 and ("row" in what or "column" in what):
            continue
        if close(step(want), got):
            yield f"is {what} of what was asked for: a step too many?"
        if close(step(got), want):
            yield f"the right answer is {what} of this: is a step missing?"


def _mixed_up(
    got: Array, others: Mapping[str, Array], inputs: Mapping[str, Array]
) -> Iterator[str]:
    for name, array in inputs.items():
        if _same(array, got):
            yield f"is {name} as it came in"
    for name, array in others.items():
        if _same(array, got):
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
