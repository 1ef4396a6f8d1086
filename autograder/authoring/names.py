"""Does every name in a case and in a declared probe stand for something?"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from autograder.authoring.answers import Slope
from autograder.authoring.faults import Fault
from autograder.judging.answer_key import Course
from autograder.student.asking import SECOND, SECOND_CALL, Asked
from autograder.student.marking import Trial


def name_faults(course: Course, slopes: tuple[Slope, ...]) -> Iterator[Fault]:
    """Yield inputs that no one reads, and names in a probe that nothing has."""
    asked: dict[str, list[Trial]] = {}
    for question in course.assignment.questions:
        for trial in course.trials(question.id):
            asked.setdefault(trial.case.probe_name, []).append(trial)
    folder = f"tests/{course.assignment.name}"
    anywhere = _there([trial for trials in asked.values() for trial in trials])
    for name, trials in asked.items():
        probe = trials[0].probe.run
        if isinstance(probe, Asked):
            yield from _unread(course, probe, trials, slopes)
            place = f"{folder}/probes.py, {name}"
            yield from _nowhere(probe, _there(trials), place)
            # One table of axes may serve several probes.
            yield from _odd("axes", anywhere, place, list(probe.axes))


def _unread(
    course: Course, probe: Asked, trials: list[Trial], slopes: tuple[Slope, ...]
) -> Iterator[Fault]:
    """Yield inputs that neither the probe nor a proof of its slopes reads."""
    known = _read(probe)
    for slope in slopes:
        other = getattr(course.assignment.probes.get(slope.of), "run", None)
        if slope.question in {trial.case.question for trial in trials}:
            known |= {slope.grad} | (
                _read(other) if isinstance(other, Asked) else set()
            )
    for trial in trials:
        for name in sorted(trial.case.inputs):
            if name.removeprefix(SECOND) not in known:
                part = "visible" if trial.visible else "hidden"
                place = f"tests/{course.assignment.name}/{part}.py"
                where = f"{place}, '{trial.case.about}' of {trial.case.question}"
                mend = f"no probe reads the input '{name.removeprefix(SECOND)}'"
                yield Fault(where, f"{mend}: it reads {', '.join(sorted(known))}")


def _read(probe: Asked) -> set[str]:
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


def _there(trials: list[Trial]) -> set[str]:
    """Return the names of all inputs, outputs and lengths of axes."""
    found = {"self"}
    for trial in trials:
        found |= {name.removeprefix(SECOND) for name in trial.case.inputs}
        found |= {name.removesuffix(SECOND_CALL) for name in trial.expected}
        found |= trial.sizes.keys()
    return found


def _nowhere(probe: Asked, there: set[str], place: str) -> Iterator[Fault]:
    """Yield names in a probe that are no input and no output of any of its cases."""
    there = there | probe.objects.keys()
    for field in ("args", "by_name", "make", "state", "rehearse", "see", "same"):
        yield from _odd(field, there, place, _named(probe, field))
    yield from _odd("flat or zero", there, place, list(probe.rules))


def _named(probe: Asked, field: str) -> list[str]:
    found = getattr(probe, field)
    if field == "rehearse":
        return list(found[1:])
    names = found.values() if field == "state" else found
    return [name.partition(".")[0] for name in names if isinstance(name, str)]


def _odd(field: str, there: set[str], place: str, names: list[str]) -> Iterator[Fault]:
    for name in names:
        if name not in there:
            mend = "is no input and no output of its cases: is it misspelt?"
            yield Fault(place, f"'{name}' in {field} {mend}")
