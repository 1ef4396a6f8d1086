"""What do the cases that fail have in common that no passed case has?

What is said names an input or an axis, as the probe does, and no number of an array.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np

from autograder.student.questions import ENTRIES, Value

# So many cases, or what sets some apart is a coincidence.
ENOUGH = 4
AGAIN = " (second call)"


def contrast(
    failed: Sequence[Mapping[str, Value]], passed: Sequence[Mapping[str, Value]]
) -> str:
    """Return what holds for all failed cases and for no passed one, or "".

    A case is its inputs and the lengths of its axes, by name. Of several such traits
    the first is told, with those that say the same of others; else a pair of traits.
    """
    if not failed or not passed or len(failed) + len(passed) < ENOUGH:
        return ""
    names = dict.fromkeys(name for case in [*failed, *passed] for name in case)
    plain = [name for name in names if not name.endswith(AGAIN) and name != ENTRIES]
    bad, good = ([[*_traits(c, plain)] for c in side] for side in (failed, passed))
    common = [trait for trait in bad[0] if all(trait in case for case in bad)]
    single = [trait for trait in common if not any(trait in case for case in good)]
    if single or len(passed) < ENOUGH:
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
