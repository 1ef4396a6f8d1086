"""Is the reference right in every case, and the same on both sides?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from autograder.authoring.faults import Fault, said
from autograder.judging.answer_key import AnswerError, Course
from autograder.judging.limited import ANY_FAULT, limited
from autograder.student.findings import equal
from autograder.student.marking import Trial
from autograder.student.probing import Driven, drive
from autograder.student.questions import Array, Value, copied, quietly
from autograder.student.typed import expect_fields

LONGEST_NAME = 64
STEP = 1e-6


@dataclass(frozen=True)
class Slope:
    """A gradient that finite differences can prove.

    Of the question `question`, the outputs `gradients` (by input: {"x": "grad_x"}) are
    the slopes of the output `output` of the question `of`, weighted by the input
    `grad` if there is one.
    """

    question: str
    of: str
    gradients: dict[str, str]
    grad: str = ""
    output: str = "output"

    def __post_init__(self) -> None:
        expect_fields(self)


def answer_faults(course: Course) -> Iterator[Fault]:
    """Yield what is wrong with the answers of the reference."""
    for question in course.assignment.questions:
        place = f"tests/{course.assignment.name}, {question.id}"
        try:
            trials = course.trials(question.id)
        except AnswerError as error:
            yield Fault(place, str(error))
            continue
        yield from _same_inputs(trials, place)
        for trial in trials:
            yield from _trial_faults(course, trial, f"{place} ({trial.case.about})")


def _same_inputs(trials: list[Trial], place: str) -> Iterator[Fault]:
    """Yield cases that ask what another one asks, with the same inputs."""
    seen: dict[str, Trial] = {}
    for trial in trials:
        given = sorted((name, repr(value)) for name, value in trial.inputs.items())
        other = seen.setdefault(f"{trial.case.probe_name} {given}", trial)
        if other is not trial:
            of = "the visible" if other.visible else "another"
            mend = f"has the inputs of {of} case '{other.case.about}': change one"
            yield Fault(f"{place} ({trial.case.about})", mend)


def _trial_faults(course: Course, trial: Trial, place: str) -> Iterator[Fault]:
    judged = [v for n, v in trial.expected.items() if not trial.rule(n).same]
    if not judged:
        yield Fault(place, "its probe yields nothing that is to be computed")
    elif all(isinstance(v, np.ndarray) and not v.size for v in judged):
        yield Fault(place, "all its outputs are empty: nothing would be judged")
    yield from _judge_faults(trial, place)
    for name, value in trial.expected.items():
        if not name.isascii() or len(name) > LONGEST_NAME or not name.isprintable():
            mend = f"'{name}': the name of an output is ASCII, at most 64 letters"
            yield Fault(place, mend)
        numbers = value if isinstance(value, np.ndarray) else np.zeros(0)
        if numbers.dtype.kind not in "fc":
            continue
        if np.isnan(numbers).any():
            yield Fault(place, f"the reference gives NaN for '{name}'")
        if np.isinf(numbers).any() and not trial.case.infinite:
            mend = "say infinite=True in the row if that is right"
            yield Fault(place, f"the reference gives infinity for '{name}': {mend}")
    yield from _repeated(course, trial, place)


def _judge_faults(trial: Trial, place: str) -> Iterator[Fault]:
    """Yield that a case's own judge cannot take the reference's outputs."""
    if trial.case.judge is None:
        return
    try:
        with limited():
            found = repr(trial.case.judge(trial.inputs, trial.expected))
    except ANY_FAULT as error:
        found = said(error)
    if found != "None":
        mend = "expected None for what is right, a sentence for what is wrong"
        yield Fault(place, f"judge gives {found} for the reference: {mend}")


def _repeated(course: Course, trial: Trial, place: str) -> Iterator[Fault]:
    """Yield what differs between two runs, and what a probe yields twice."""
    names = [name for name, _ in trial.probe(course.lib, **copied(trial.inputs))]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault(place, f"its probe yields '{name}' twice: the first one is lost")
    quietly.error = None
    again = drive(trial.probe, course.lib, trial.inputs).outputs
    if quietly.error:
        mend = "is its method there, and are these its arguments?"
        yield Fault(place, f"its rehearsal raises {said(quietly.error)}: {mend}")
    for name, value in trial.expected.items():
        if name not in again or not equal(value, again[name]):
            mend = "draw from np.random, which is seeded alike on both sides"
            yield Fault(place, f"'{name}' differs from run to run: {mend}")
            return


def slope_faults(course: Course, slopes: tuple[Slope, ...]) -> Iterator[Fault]:
    """Yield gradients of the reference that differ from finite differences."""
    for slope in slopes:
        where = f"tests/{course.assignment.name}/right.py, SLOPES of {slope.question}"
        ids = [question.id for question in course.assignment.questions]
        for odd in [name for name in (slope.question, slope.of) if name not in ids]:
            yield Fault(where, f"there is no question '{odd}'")
            return
        for name, output in slope.gradients.items():
            trials = [
                trial
                for trial in course.trials(slope.question)
                if name in trial.inputs and output in trial.expected
            ]
            if not trials:
                mend = f"no case has an input '{name}' and an output '{output}'"
                yield Fault(where, mend)
            found = (
                fault
                for trial in trials
                for fault in _slope_faults(course, trial, slope, name, output, where)
            )
            yield from islice(found, 1)


def _slope_faults(
    course: Course, trial: Trial, slope: Slope, name: str, output: str, where: str
) -> Iterator[Fault]:
    """Yield that an output is not the slope along an input in one case."""
    try:
        found = _difference(course, trial, slope, name)
        wanted = np.reshape(trial.expected[output], found.shape)
    except ANY_FAULT as error:  # of a row that does not fit its cases
        mend = f"{slope.of} cannot be asked in '{trial.case.about}'"
        need = f"give each case every input that {slope.of} needs"
        yield Fault(where, f"{mend} ({said(error)}): {need}")
        return
    if not np.allclose(wanted, found, 1e-4, 1e-6):
        place = f"mytorch, {slope.question} ({trial.case.about})"
        mend = f"'{output}' is not the slope of {slope.of} along '{name}'"
        yield Fault(place, mend)


def _difference(course: Course, trial: Trial, slope: Slope, name: str) -> Array:
    """Return how much the output grows with each entry of an input."""
    inputs = copied(trial.inputs)
    array = inputs[name] = np.array(inputs[name], dtype=np.float64)
    found = np.zeros_like(array)
    for place in np.ndindex(array.shape):
        old, ends = array[place], []
        for step in (STEP, -STEP):
            array[place] = old + step
            ends.append(_weighted(course, trial, inputs, slope))
        array[place] = old
        found[place] = (ends[0] - ends[1]) / (2 * STEP)
    return found


def _weighted(
    course: Course, trial: Trial, inputs: dict[str, Value], slope: Slope
) -> float:
    """Return the output as one number; a question's own slopes by the case's probe."""
    own = slope.of == slope.question
    probe = trial.probe if own else course.assignment.probes[slope.of]
    names = getattr(probe.run, "inputs", None) or set(inputs)
    given = {name: value for name, value in inputs.items() if name in names}
    driven: Driven = drive(probe, course.lib, given)
    if driven.error:
        raise driven.error
    if slope.output not in driven.outputs:
        raise LookupError(f"it gives {', '.join(driven.outputs)}, no '{slope.output}'")
    if slope.grad and slope.grad not in inputs:
        raise LookupError(f"there is no input '{slope.grad}' to weigh it with")
    output: Any = driven.outputs[slope.output]
    weight = inputs[slope.grad] if slope.grad else 1.0
    return float(np.sum(output * weight))
