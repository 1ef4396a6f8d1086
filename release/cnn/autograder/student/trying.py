"""What does a question come to on its visible cases, tried in this process?"""

from __future__ import annotations

import io
import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np

from autograder.student.display import (
    in_notebook,
    show_failure,
    show_pass,
    show_printed,
)
from autograder.student.frozen import Frozen, frozen_cases
from autograder.student.kinds import Kind
from autograder.student.marking import Trial, Verdict
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Driven, drive
from autograder.student.questions import Case, Question
from autograder.student.workplace import Printed, Workplace, describe

OLDEST_NUMPY = 2


@dataclass(frozen=True)
class Answer:
    """The result of one question: why it does not pass, or "", and what to show."""

    question: str
    reason: str
    line: str = ""
    shown: str = ""


@dataclass
class Tried:
    """One visible case, with all that a message about it needs."""

    trial: Trial
    result: CaseResult
    error: BaseException | None
    printed: str
    verdict: Verdict = field(init=False)


def answer(question: Question, place: Workplace) -> Answer:
    """Return what a question comes to, and what a terminal shows of it."""
    shown = io.StringIO()
    with redirect_stdout(shown):
        kind, reason = outcome(question, place, show=not in_notebook())
    line = what_to_do(question, place, kind, reason)
    return Answer(question.id, reason, line, shown.getvalue())


def outcome(
    question: Question, place: Workplace, show: bool = False
) -> tuple[Kind, str]:
    """Return what became of the visible cases, and the reason, "" if all pass.

    With `show` the numbers are shown, too.
    """
    problem = _problem(question, place)
    if problem:
        return Kind.NOT_LOADED, problem
    tried = try_question(question, place)
    failed = next((t for t in tried if not t.verdict.passed), None)
    if show:
        if failed is None:
            show_pass(question)
        elif failed.verdict.kind is not Kind.UNWRITTEN:
            show_failure(question, failed.trial, failed.result, failed.error)
        show_printed("".join(t.printed for t in tried))
    return (failed.verdict.kind, failed.verdict.reason) if failed else (Kind.PASSED, "")


def try_question(question: Question, place: Workplace) -> list[Tried]:
    """Return the visible cases of a question, tried on the student's library."""
    frozen = frozen_cases(place.assignment)[question.id]
    cases = place.assignment.visible_of(question.id)
    tried = [_drive(case, row, place) for case, row in zip(cases, frozen, strict=True)]
    verdicts = judge(
        [t.trial for t in tried],
        [t.result for t in tried],
        lambda: [row.mistakes for row in frozen],
    )
    for case, verdict in zip(tried, verdicts, strict=True):
        case.verdict = verdict
    return tried


def _drive(case: Case, frozen: Frozen, place: Workplace) -> Tried:
    inputs = case.values()
    probe = place.assignment.probe(case)
    printed = Printed()
    with warnings.catch_warnings(), redirect_stdout(printed), place.guard():
        warnings.simplefilter("ignore")
        try:
            driven = drive(probe, place.lib, inputs)
        except SystemExit as stop:  # it would end the kernel
            driven = Driven({}, {}, stop)
    expected, error = frozen.expected, driven.error
    trial = Trial(case, "visible case", True, probe, inputs, expected, driven.rules)
    raised = describe(error, place.assignment.modules) if error else None
    result = CaseResult(tuple(driven.outputs.items()), raised)
    return Tried(trial, result, error, printed.text())


def what_to_do(question: Question, place: Workplace, kind: Kind, reason: str) -> str:
    """Return why a question is not passed yet, and what to do next; "" if it is."""
    if kind is Kind.NOT_LOADED or not reason:
        return f"{question.id}: {reason}" if reason else ""
    if kind is not Kind.UNWRITTEN:
        reason = reason.rstrip(".")
        end = "" if reason.endswith("?") else "."
        again = f"Read again: {question.read}."
        return f"{question.id}: {reason}{end} {again}{_numpy_hint()}"
    return (
        f"{question.id}: {question.method} is not yet written. Write it in "
        f"mytorch/{question.module}.py and save the file.{_earlier(question, place)}"
    )


def _earlier(question: Question, place: Workplace) -> str:
    """Return what should be done before this question and is not, in a sentence."""
    find = place.assignment.question
    needed = [name for name in question.after if outcome(find(name), place)[1]]
    if needed:
        *first, last = needed
        listed = f"{', '.join(first)} and {last}" if first else last
        return f" Its example also needs {listed}."
    ids = [q.id for q in place.assignment.questions]
    for name in ids[: ids.index(question.id)]:
        if outcome(find(name), place)[1]:
            return f" {name} comes before it in the notebook and is not done yet."
    return ""


def _numpy_hint() -> str:
    if int(np.__version__.split(".")[0]) >= OLDEST_NUMPY:
        return ""
    return (
        f" Your NumPy is {np.__version__}, and the course needs {OLDEST_NUMPY} or "
        "newer: run `pip install -r requirements.txt`."
    )


def _problem(question: Question, place: Workplace) -> str:
    """Return why the question cannot be tried at all, or ""."""
    if question.module in place.problems:
        return place.problems[question.module]
    try:
        attrgetter(question.target)(place.lib)
    except AttributeError:
        return (
            f"mytorch/{question.module}.py has no {question.method}: "
            "was it renamed or moved?"
        )
    return ""
