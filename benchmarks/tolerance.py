"""How far right answers lie from the reference, and how far wrong ones.

    python -m benchmarks.tolerance

Every way of ways.py and every known mistake is asked the hidden cases under 100
seeds. The unit is the tolerance: up to 1, an entry counts as equal; what is printed
is the entry that differs most.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np

from autograder.judging.answer_key import Course
from autograder.judging.mistakes import Mistake
from autograder.student.equality import ATOL, same_shape
from autograder.student.marking import Trial
from autograder.student.probing import Output, drive
from autograder.student.questions import Array, Library, Rule
from benchmarks import ways
from tests.support.judged import ROOT

SEEDS = 100
RIGHT = {"mlp": ways.mlp, "miniflow": ways.miniflow}
SINGLE = {"mlp": ways.single_mlp, "miniflow": ways.single_miniflow}
Errors = dict[tuple[str, str], list[float]]


def main(seeds: int = SEEDS) -> None:
    right, single, wrong = (
        defaultdict[tuple[str, str], list[float]](list) for _ in "abc"
    )
    for number in range(seeds):
        for name in RIGHT:
            course = Course.load(ROOT, name, number.to_bytes(32, "big"))
            trials = [
                t for q in course.assignment.questions for t in numbers(course, q.id)
            ]
            measure(right, course, trials, RIGHT[name])
            measure(single, course, trials, SINGLE[name])
            measure(wrong, course, trials, course.known)
    print(f"The hidden cases under {seeds} seeds; the unit is the tolerance.\n")
    largest = {key: max(row) for key, row in right.items()}
    show("Right: the largest error under any seed", largest, -1)
    show("Not worked out in float64: what gives it away, kindest seed", least(single))
    show("Known mistakes, the same: the ten that come closest", least(wrong), most=10)
    smallest = min([*least(single).values(), *least(wrong).values()])
    print(f"largest error of a right answer  {max(largest.values()):.1e}")
    print(f"smallest of a wrong one          {smallest:.1e}")


def numbers(course: Course, question: str) -> list[Trial]:
    """Return the hidden cases of a question that are compared by tolerance."""
    trials = course.trials(question)
    return [t for t in trials if not t.visible and t.case.judge is None]


def measure(
    errors: Errors,
    course: Course,
    trials: list[Trial],
    ways: Iterable[ways.Way | Mistake],
) -> None:
    """Add the largest error that each way makes in all cases of its question."""
    for way in ways:
        asked = [t for t in trials if t.case.question == way.question]
        with library(course, way) as lib, np.errstate(all="ignore"):
            found = [error(lib, trial) for trial in asked]
        if found:
            errors[way.question, way.sentence].append(max(found))


@contextmanager
def library(course: Course, way: ways.Way | Mistake) -> Iterator[Library]:
    """Give the library that goes this way."""
    if isinstance(way, Mistake):
        yield course.mistaken(way)
        return
    with ways.made(way, course.lib) as lib:
        yield lib


def error(lib: Library, trial: Trial) -> float:
    """Return the largest error of a case; infinity for what is no such array."""
    driven = drive(trial.probe, lib, trial.inputs)
    got = driven.outputs
    if driven.error or got.keys() != trial.expected.keys():
        return np.inf
    return max(
        distance(expected, got[name], trial.rule(name), trial.case.rtol)
        for name, expected in trial.expected.items()
    )


def distance(expected: Array, got: Output, rule: Rule, rtol: float) -> float:
    """Return how far an output lies from what was expected, in tolerances."""
    if not isinstance(got, np.ndarray) or got.dtype.kind not in "fiu":
        return np.inf
    if not same_shape(expected, got, rule.flat) or got.dtype == np.float32:
        return np.inf
    difference = np.abs(got.reshape(expected.shape) - expected)
    allowed = ATOL * np.abs(expected).max(initial=0.0) + rtol * np.abs(expected)
    with np.errstate(all="ignore"):
        ratio = np.where(difference == 0, 0.0, difference / allowed)
    return float(np.nan_to_num(ratio, nan=np.inf, posinf=np.inf).max(initial=0.0))


def least(errors: Errors) -> dict[tuple[str, str], float]:
    return {key: min(row) for key, row in errors.items()}


def show(
    title: str, errors: dict[tuple[str, str], float], sign: int = 1, most: int = 99
) -> None:
    print(f"{title}\n")
    rows = sorted(errors.items(), key=lambda row: sign * row[1])
    for (question, name), value in rows[:most]:
        print(f"  {value:10.1e}  {question:<20}{name}")
    print()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
