"""What does each known mistake cost, and which cases tell it?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.authoring.faults import Fault
from autograder.judging.answer_key import Course
from autograder.judging.mistakes import Mistake
from autograder.student.marking import Trial, Verdict
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Raised, drive
from autograder.student.questions import Library

HALF = 0.5


@dataclass(frozen=True)
class Tried:
    """A mistake, with the cases that failed for each seed, and what was told."""

    mistake: Mistake
    failed: tuple[tuple[bool, ...], ...]
    visible: int
    told: frozenset[str]
    others: frozenset[str]

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


def tried(courses: Sequence[Course]) -> list[Tried]:
    """Return what each mistake comes to, in courses that differ by their seed."""
    first = courses[0]
    found = []
    for mistake in first.known:
        lib = first.mistaken(mistake)
        question = mistake.question
        told: frozenset[str] = frozenset()
        rows = []
        for course in courses:
            verdicts = verdicts_of(course, lib, question)
            rows.append(tuple(not verdict.passed for verdict in verdicts))
            told |= {verdict.mistake for verdict in verdicts} - {""}
        visible = sum(trial.visible for trial in first.trials(question))
        others = _others(first, lib, question)
        found.append(Tried(mistake, tuple(rows), visible, told, others))
    return found


def verdicts_of(course: Course, lib: Library, question: str) -> list[Verdict]:
    """Return what the grader would say of a library, judged in this process."""
    trials = course.trials(question)
    results = [result_of(trial, lib) for trial in trials]
    return judge(trials, results, course.known_to(question))


def result_of(trial: Trial, lib: Library) -> CaseResult:
    with np.errstate(all="ignore"):
        driven = drive(trial.probe, lib, trial.inputs)
    error = driven.error
    raised = Raised(type(error).__name__, str(error), "") if error else None
    return CaseResult(tuple(driven.outputs.items()), raised)


def _others(course: Course, lib: Library, own: str) -> frozenset[str]:
    """Return the questions that are lost beside its own."""
    return frozenset(
        question.id
        for question in course.assignment.questions
        if question.id != own
        and any(not v.passed for v in verdicts_of(course, lib, question.id))
    )


def matrix_faults(rows: Sequence[Tried], place: str) -> Iterator[Fault]:
    """Yield mistakes that are none, that cost elsewhere, or that are told as others."""
    for row in rows:
        where = f"{place}, '{row.mistake.sentence}' ({row.mistake.question})"
        if not any(map(any, row.failed)):
            yield Fault(where, "is equal to the reference in every case")
        elif not all(row.costs):
            yield Fault(where, "costs nothing for some seeds: add a hidden case")
        elif row.others:
            lost = ", ".join(sorted(row.others))
            yield Fault(where, f"costs other questions too: {lost}")
        elif row.told - {row.mistake.sentence}:
            other = min(row.told - {row.mistake.sentence})
            yield Fault(where, f"no case tells it from '{other}'")


def cheap(rows: Sequence[Tried]) -> list[Tried]:
    """Return the mistakes that cost less than half of the points for some seed."""
    return [row for row in rows if min(row.costs) < HALF]


def uneven(rows: Sequence[Tried]) -> list[Tried]:
    """Return the mistakes whose cost hangs on the seed."""
    return [row for row in rows if len(set(row.costs)) > 1]
