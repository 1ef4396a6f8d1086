"""What does a question come to on its visible cases, tried in this process?"""

from __future__ import annotations

import warnings
from contextlib import redirect_stdout
from dataclasses import dataclass, replace

import numpy as np

from autograder.student.assignment import Frozen
from autograder.student.display import show_failure, show_pass, show_printed
from autograder.student.kinds import Kind
from autograder.student.marking import Trial, Verdict
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Driven, drive
from autograder.student.questions import Case, Question
from autograder.student.workplace import Printed, Workplace, describe

OLDEST_NUMPY = 2
UNTRIED = Verdict("visible case", True, False)


@dataclass(frozen=True)
class Tried:
    """One visible case, with all that a message about it needs."""

    trial: Trial
    frozen: Frozen
    result: CaseResult
    error: BaseException | None
    printed: str
    verdict: Verdict = UNTRIED


def try_line(question: Question, place: Workplace) -> tuple[str, str]:
    """Show the result of a question; return the reason and what to do, "" if right."""
    problem = _problem(question, place)
    if problem:
        return problem, f"{question.id}: {problem}"
    tried = try_question(question, place)
    failed = next((t for t in tried if not t.verdict.passed), None)
    if failed is None:
        show_pass(question)
    elif failed.verdict.kind is not Kind.UNWRITTEN:
        show_failure(question, failed.trial, failed.result, failed.error)
    show_printed("".join(t.printed for t in tried))
    if failed is None:
        return "", ""
    return failed.verdict.reason, _line(question, place, failed)


def try_question(question: Question, place: Workplace) -> list[Tried]:
    """Return the visible cases of a question, tried on the student's library."""
    frozen = place.assignment.frozen()[question.id]
    cases = place.assignment.visible_of(question.id)
    tried = [_drive(case, row, place) for case, row in zip(cases, frozen, strict=True)]
    verdicts = judge(
        [t.trial for t in tried],
        [t.result for t in tried],
        lambda: [row.mistakes for row in frozen],
    )
    return [replace(t, verdict=v) for t, v in zip(tried, verdicts, strict=True)]


def _drive(case: Case, frozen: Frozen, place: Workplace) -> Tried:
    inputs = case.values()
    probe = place.assignment.probe(case)
    printed = Printed()
    with warnings.catch_warnings(), redirect_stdout(printed), place.guard():
        warnings.simplefilter("ignore")
        try:
            driven = drive(probe, place.lib, inputs)
            error: BaseException | None = driven.error
        except SystemExit as stop:  # it would end the kernel
            driven, error = Driven({}, {}), stop
    expected, rules = frozen.expected, driven.rules
    trial = Trial(case, "visible case", True, probe, inputs, expected, rules)
    raised = describe(error, place.assignment.modules) if error else None
    result = CaseResult(tuple(driven.outputs.items()), raised)
    return Tried(trial, frozen, result, error, printed.text())


def _line(question: Question, place: Workplace, tried: Tried) -> str:
    """Return why a question is not passed yet, and what to do next."""
    if tried.verdict.kind is not Kind.UNWRITTEN:
        reason = tried.verdict.reason.rstrip(".")
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
    needed = [name for name in question.after if reason(find(name), place)]
    if needed:
        *first, last = needed
        listed = f"{', '.join(first)} and {last}" if first else last
        return f" Its example also needs {listed}."
    ids = [q.id for q in place.assignment.questions]
    for name in ids[: ids.index(question.id)]:
        if reason(find(name), place):
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
    owner = getattr(place.lib, question.module)
    for part in question.method.split("."):
        if not hasattr(owner, part):
            return (
                f"mytorch/{question.module}.py has no {question.method}: "
                "was it renamed or moved?"
            )
        owner = getattr(owner, part)
    return ""


def reason(question: Question, place: Workplace) -> str:
    """Return why a question does not pass its visible cases, or ""."""
    return outcome(question, place)[1]


def outcome(question: Question, place: Workplace) -> tuple[Kind, str]:
    """Return what became of the visible cases, and the reason, "" if all pass."""
    problem = _problem(question, place)
    if problem:
        return Kind.NOT_LOADED, problem
    verdicts = (tried.verdict for tried in try_question(question, place))
    wrong = next((verdict for verdict in verdicts if not verdict.passed), None)
    return (wrong.kind, wrong.reason) if wrong else (Kind.PASSED, "")
