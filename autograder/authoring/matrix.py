"""What does each known mistake cost, and which cases tell it?"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

from autograder.authoring.faults import Fault
from autograder.judging.answer_key import AnswerError, Course
from autograder.judging.mistakes import Mistake
from autograder.student.marking import Trial, Verdict, mark
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Raised, drive
from autograder.student.questions import Library


@dataclass(frozen=True)
class MistakeRow:
    """A mistake, with the cases that failed for each seed, and what was told."""

    mistake: Mistake
    failed: tuple[tuple[bool, ...], ...]
    visible: int
    told: frozenset[str]
    others: frozenset[str]
    broken: str = ""

    @property
    def costs(self) -> list[float]:
        """The part of the question's points that it costs, for each seed."""
        rows = [row[self.visible :] for row in self.failed]
        return [sum(row) / len(row) if row else 0.0 for row in rows]

    def line(self) -> str:
        """Return the row of the matrix: a sign for each case, then what it costs."""
        columns = zip(*self.failed, strict=True)
        signs = ["x" if all(c) else "?" if any(c) else "." for c in columns]
        low, high = min(self.costs), max(self.costs)
        cost = f"{low:.0%}" if low == high else f"{low:.0%} to {high:.0%}"
        return f"{''.join(signs):<12} {cost:>12}  {self.mistake.sentence}"


def tried(courses: Sequence[Course]) -> list[MistakeRow]:
    """Return what each mistake comes to, in courses that differ by their seed."""
    first = courses[0]
    entered = entered_definitions(first)
    found = []
    for mistake in first.known:
        lib, question = first.mistaken(mistake), mistake.question
        trials = first.trials(question)
        results = [result_of(first, trial, lib) for trial in trials]
        verdicts = judge(trials, results, partial(first.mistakes, question))
        failed = [tuple(not verdict.passed for verdict in verdicts)]
        for course in courses[1:]:
            drawn = course.trials(question)
            failed.append(tuple(fails(course, trial, lib) for trial in drawn))
        told = frozenset(verdict.mistake for verdict in verdicts) - {""}
        visible = sum(trial.visible for trial in trials)
        others = frozenset(
            other
            for other in reached(first, mistake, entered)
            if any(fails(first, trial, lib) for trial in first.trials(other))
        )
        broken = _slip(results)
        found.append(MistakeRow(mistake, tuple(failed), visible, told, others, broken))
    return found


def _slip(results: Sequence[CaseResult]) -> str:
    """Return what a mistake raises if no case of its question gets to an answer."""
    raised = [each.raised for each in results if each.raised and not each.outputs]
    if not raised or len(raised) < len(results):
        return ""
    return f"{raised[-1].kind}: {raised[-1].message}"


def verdicts_of(course: Course, lib: Library, question: str) -> list[Verdict]:
    """Return what the grader would say of a library, judged in this process."""
    trials = course.trials(question)
    results = [result_of(course, trial, lib) for trial in trials]
    return judge(trials, results, partial(course.mistakes, question))


def result_of(course: Course, trial: Trial, lib: Library) -> CaseResult:
    driven = course.driven(trial.case, trial.probe, lib, trial.inputs)
    error = driven.error
    raised = Raised(type(error).__name__, str(error), "") if error else None
    return CaseResult(tuple(driven.outputs.items()), raised)


def fails(course: Course, trial: Trial, lib: Library) -> bool:
    """Return whether a library fails a case. Why is not asked: that takes long."""
    result = result_of(course, trial, lib)
    got = dict(result.outputs)
    if not trial.case.judge and not all(trial.is_right(n, got) for n in trial.expected):
        return True
    return not mark(trial, result).passed


def entered_definitions(course: Course) -> dict[str, set[str]]:
    """Return, for each question, what of the modules runs: "training.Adam.step"."""
    found: dict[str, set[str]] = {}
    here: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            code = frame.f_code
            here.add(f"{Path(code.co_filename).stem}.{code.co_qualname}")

    for question in course.assignment.questions:
        here = found[question.id] = set()
        for trial in course.trials(question.id):
            sys.setprofile(note)
            try:
                drive(trial.probe, course.lib, trial.inputs)
            finally:
                sys.setprofile(None)
    return found


def reached(
    course: Course, mistake: Mistake, entered: Mapping[str, set[str]]
) -> list[str]:
    """Return the other questions in which what a mistake changes runs at all."""
    changed = mistake.at or course.assignment.question(mistake.question).target
    return [
        question
        for question, names in entered.items()
        if question != mistake.question
        and any(f"{name}.".startswith(f"{changed}.") for name in names)
    ]


def endless_faults(course: Course) -> Iterator[Fault]:
    """Yield a mistake of each question that never ends, before the grader tries it."""
    for question in course.assignment.questions:
        try:
            course.mistakes(question.id)
        except AnswerError as error:
            place, _, mend = str(error).partition(": ")
            yield Fault(place, mend)


def matrix_faults(rows: Sequence[MistakeRow], place: str) -> Iterator[Fault]:
    """Yield mistakes that are none, that cost elsewhere, or that are told as others."""
    for row in rows:
        where = f"{place}, '{row.mistake.sentence}' ({row.mistake.question})"
        if row.broken:
            yield Fault(where, f"never gets to an answer in any case: {row.broken}")
        elif not any(map(any, row.failed)):
            yield Fault(where, "is equal to the reference in every case")
        elif not all(row.costs):
            yield Fault(where, "costs nothing for some seeds: add a hidden case")
        elif row.others:
            lost = ", ".join(sorted(row.others))
            yield Fault(where, f"costs other questions too: {lost}")
        elif row.told - {row.mistake.sentence}:
            other = min(row.told - {row.mistake.sentence})
            yield Fault(where, f"no case tells it from '{other}'")
