"""Does every name in a case and in a declared probe stand for something?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from autograder.authoring.answers import Slope
from autograder.authoring.faults import Fault
from autograder.judging.answer_key import Course
from autograder.student.asking import SECOND, DeclaredProbe
from autograder.student.marking import Trial
from autograder.student.questions import Case, Probe


def name_faults(course: Course, slopes: tuple[Slope, ...]) -> Iterator[Fault]:
    """Yield inputs that no one reads, and names in a probe that nothing has."""
    folder = f"tests/{course.assignment.name}"
    parts = (("visible", course.assignment.visible), ("hidden", course.hidden))
    cases = [(case, f"{folder}/{part}.py") for part, rows in parts for case in rows]
    asked = {name: _asked(course, name) for name in {c.probe_name for c, _ in cases}}
    told: set[tuple[str, str]] = set()  # an input of many cases is told once
    for case, place in cases:
        probe = asked[case.probe_name]
        if probe:
            proofs = [s for s in slopes if s.question == case.question]
            known = _read(probe).union(*(_needed(course, s) for s in proofs))
            where = f"{place}, '{case.about}' of {case.question}"
            for name in sorted(_given(case) - known):
                if (case.probe_name, name) not in told:
                    told.add((case.probe_name, name))
                    mend = f"no probe reads the input '{name}'"
                    yield Fault(where, f"{mend}: it reads {', '.join(sorted(known))}")
    anywhere = {n for case, _ in cases for n in _given(case)}
    for probe in asked.values():
        anywhere |= _outputs(probe) if probe else set()
    for name, probe in asked.items():
        if probe:
            own = {n for c, _ in cases if c.probe_name == name for n in _given(c)}
            yield from _nowhere(probe, own, f"{folder}/probes.py, {name}")
            # One table of axes may serve several probes; a generator's are not known.
            odd = set(probe.axes) - anywhere if all(asked.values()) else set()
            yield from _odd("axes", odd, f"{folder}/probes.py, {name}")


def _asked(course: Course, name: str) -> DeclaredProbe | None:
    """Return what a declared probe asks, None for a generator."""
    probe = course.assignment.probes.get(name)
    run = probe.run if isinstance(probe, Probe) else None
    return run if isinstance(run, DeclaredProbe) else None


def _given(case: Case) -> set[str]:
    return {name.removeprefix(SECOND) for name in case.inputs}


def _needed(course: Course, slope: Slope) -> set[str]:
    """Return what the proof of a slope reads in a case."""
    other = _asked(course, slope.of)
    return {slope.grad} | (_read(other) if other else set())


def _read(probe: DeclaredProbe) -> set[str]:
    """Return the inputs that a probe reads, whether a case gives them or not."""
    made = [*probe.make, *probe.state.values()]
    lists = [n for each in probe.objects.values() for n in (*each.make, *each.then)]
    looked_at = [name for name in (*probe.see, *probe.same) if "." not in name]
    texts = [t for f in made if callable(f) for t in _texts(f)]
    return probe.inputs.union(lists, looked_at, texts)


def _texts(function: Callable[..., object]) -> list[str]:
    """Return the texts in a function: among them are the inputs that it takes."""
    code = getattr(function, "__code__", None)
    return [each for each in code.co_consts if isinstance(each, str)] if code else []


def _outputs(probe: DeclaredProbe) -> set[str]:
    return {probe.output, *probe.see, *probe.same}


def _nowhere(probe: DeclaredProbe, given: set[str], place: str) -> Iterator[Fault]:
    """Yield names in a probe that its cases give no input for."""
    letters = {letter for axes in probe.axes.values() for letter in axes.split()}
    there = {"self", *given, *probe.objects, *letters}
    fields = {
        "args": probe.args,
        "by_name": probe.by_name,
        "make": probe.make,
        "state": tuple(probe.state.values()),
        "rehearse": probe.rehearse[1:],
        "see": probe.see,
        "same": probe.same,
    }
    for field, names in fields.items():
        roots = [name.partition(".")[0] for name in names if isinstance(name, str)]
        yield from _odd(field, set(roots) - there, place)
    kept = {name for name in probe.state.values() if isinstance(name, str)}
    for name in sorted(kept.intersection(probe.see) - {*probe.args, *probe.by_name}):
        mend = f"is the input: write 'self.{name}' for what the object holds"
        yield Fault(place, f"'{name}' in see {mend}")
    yield from _odd("flat or zero", set(probe.rules) - _outputs(probe), place)


def rule_faults(course: Course) -> Iterator[Fault]:
    """Yield what a declared probe says of axes that no output or input has."""
    trials: dict[str, list[Trial]] = {}
    for question in course.assignment.questions:
        for trial in course.trials(question.id):
            trials.setdefault(trial.case.probe_name, []).append(trial)
    for name, own in trials.items():
        where = f"tests/{course.assignment.name}/probes.py, {name}"
        probe = _asked(course, name)
        for output, rule in probe.rules.items() if probe else ():
            for axis in rule.flat:
                yield from _flat_faults(own, output, axis, where)
        for array, axes in probe.axes.items() if probe else ():
            given = [{**trial.inputs, **trial.expected} for trial in own]
            ranks = {np.ndim(each[array]) for each in given if array in each}
            if ranks and len(axes.split()) not in ranks:
                yield Fault(where, f"axes of '{array}': \"{axes}\" fits no case")


def _flat_faults(
    trials: list[Trial], output: str, axis: int, where: str
) -> Iterator[Fault]:
    where = f"{where}, flat={{{output!r}: {axis}}}"
    found = {
        trial.case.about: np.shape(value)
        for trial in trials
        for name, value in trial.expected.items()
        if name.partition(" (")[0] == output
    }
    for about, shape in found.items():
        if not 0 <= axis < len(shape):
            mend = f"'{output}' has the shape {shape} in '{about}'"
            yield Fault(where, f"{mend}: it has no such axis")
            return
    if all(shape[axis] != 1 for shape in found.values()):
        mend = f"in no case is this axis of '{output}' 1 long"
        yield Fault(where, f"{mend}: add such a case, or drop it")


def _odd(field: str, names: set[str], place: str) -> Iterator[Fault]:
    for name in sorted(names):
        mend = "is no input and no output of its cases: is it misspelt?"
        yield Fault(place, f"'{name}' in {field} {mend}")
