"""What do the inputs and outputs of whole cases tell of what went wrong?

`relation` says how a wrong array is related to the others of its case, where nothing
more telling was found; `contrast`, what all failed cases have in common. What is said
names functions, inputs, outputs and axes, as the probe does, and no number of an array.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from autograder.student.equality import agree, close
from autograder.student.probing import Output
from autograder.student.questions import ENTRIES, Array, Value


def _softmax(array: Array, axis: int) -> Array:
    powers = np.exp(array - array.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


# So many entries that differ in size, or what fits is a coincidence.
ENOUGH, FEW = 3, 2
# So many cases, or what sets some apart is a coincidence.
ENOUGH_CASES = 4
AGAIN = " (second call)"
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


def contrast(
    failed: Sequence[Mapping[str, Value]], passed: Sequence[Mapping[str, Value]]
) -> str:
    """Return what holds for all failed cases and for no passed one, or "".

    A case is its inputs and the lengths of its axes, by name. Of several such traits
    the first is told, with those that say the same of others; else a pair of traits.
    """
    if not failed or not passed or len(failed) + len(passed) < ENOUGH_CASES:
        return ""
    names = dict.fromkeys(name for case in [*failed, *passed] for name in case)
    plain = [name for name in names if not name.endswith(AGAIN) and name != ENTRIES]
    bad, good = ([[*_traits(c, plain)] for c in side] for side in (failed, passed))
    common = [trait for trait in bad[0] if all(trait in case for case in bad)]
    single = [trait for trait in common if not any(trait in case for case in good)]
    if single or len(passed) < ENOUGH_CASES:
        return _together(single)
    for one, other in combinations(common, 2):
        if not any(one in case and other in case for case in good):
            return f"{one} and {other}"
    return ""


def _together(traits: Sequence[str]) -> str:
    """Return the first trait, said of all of which it is said: "N and C are 1"."""
    said = traits[0].partition(" ")[2] if traits else ""
    names = [t.removesuffix(f" {said}") for t in traits if t.endswith(f" {said}")]
    if len(names) > 1:
        said = said.replace("is ", "are ", 1).replace("has ", "have ", 1)
    return " ".join([" and ".join(names), said]).strip()


def _traits(case: Mapping[str, Value], names: Sequence[str]) -> Iterator[str]:
    """Yield the traits of a case: what is given says more than how large it is."""
    for traits in (_given, _number, _axes):
        for name in names:
            yield from traits(name, case.get(name))


def _given(name: str, value: Value) -> Iterator[str]:
    base, _, number = name.rpartition(" ")
    if number == "1":
        yield f"there is {'one' if value is None else 'more than one'} {base}"
    if not number.isdigit():
        presence = "left out" if value is None else "given"
        yield f"{name} is {value if isinstance(value, bool) else presence}"


def _number(name: str, value: Value) -> Iterator[str]:
    if type(value) in (int, float):
        yield f"{name} is {'' if value == 0 else 'not '}0"
        if value >= 1:
            yield f"{name} is {'1' if value == 1 else 'larger than 1'}"


def _axes(name: str, value: Value) -> Iterator[str]:
    if isinstance(value, np.ndarray):
        yield f"{name} has {'more than' if value.ndim > 2 else 'up to'} two axes"
