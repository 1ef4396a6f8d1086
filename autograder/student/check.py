"""`check`: a question tried on its visible case, at once, in the notebook."""

from __future__ import annotations

import difflib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from autograder.student.assignment import Frozen
from autograder.student.folder import (
    CheckFailed,
    Workplace,
    describe,
    is_stale,
    open_workplace,
)
from autograder.student.marking import Verdict, mark
from autograder.student.outputs import CaseResult, Output, drive
from autograder.student.questions import Case, Inputs, Question, no_draw
from autograder.student.show import show_all, show_failure, show_pass


@dataclass(frozen=True)
class Tried:
    """One visible case, with all that a message about it needs."""

    case: Case
    inputs: Inputs
    frozen: Frozen
    got: dict[str, Output]
    verdict: Verdict
    error: Exception | None = None


def check(question: str | None = None) -> None:
    """Say whether a question passes its visible case, and if not, why.

    Without a question, say how far all of them are. Raises CheckFailed, in one line,
    if something is not right yet. The hidden cases that decide the points ask the
    same thing of other numbers.
    """
    place = open_workplace()
    if question is None:
        _check_all(place)
        return
    asked = _find(place, question)
    problem = _problem(asked, place)
    if problem:
        raise CheckFailed(f"{question}: {problem}")
    tried = try_question(asked, place)
    failed = [t for t in tried if not t.verdict.passed]
    if not failed:
        show_pass(asked, len(tried))
        return
    show_failure(
        asked,
        failed[0].verdict.reason,
        failed[0].frozen.expected,
        failed[0].got,
        failed[0].error,
    )
    raise CheckFailed(_line(asked, place, failed[0]))


def try_question(question: Question, place: Workplace) -> list[Tried]:
    """Return the visible cases of a question, tried on the student's library."""
    frozen = place.assignment.frozen()[question.id]
    cases = place.assignment.visible_of(question.id)
    return [_try(case, row, place) for case, row in zip(cases, frozen, strict=True)]


def _try(case: Case, frozen: Frozen, place: Workplace) -> Tried:
    inputs = case.inputs(no_draw())
    probe = place.assignment.probes[case.probe_name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outputs, error = drive(probe, place.lib, inputs)
    raised = describe(error, place.assignment.modules) if error else None
    result = CaseResult(tuple(outputs), raised)
    verdict = mark(
        case,
        "visible case",
        inputs,
        frozen.expected,
        result,
        frozen.mistakes,
        visible=True,
    )
    return Tried(case, inputs, frozen, dict(outputs), verdict, error)


def _line(question: Question, place: Workplace, tried: Tried) -> str:
    reason = tried.verdict.reason
    if reason == "not yet written":
        file = f"mytorch/{question.module}.py"
        reason = f"{question.method} is not yet written: fill it in in {file}."
        todo = [q for q in question.after if not _passes(q, place)]
        if todo:
            reason += f" Do {' and '.join(todo)} first."
    elif is_stale(question, place):
        reason += (
            f". The file mytorch/{question.module}.py has changed since it was loaded:"
            " run the first cell again, or restart the kernel."
        )
    else:
        reason += f". Read again: {question.read}."
    return f"{question.id}: {reason}"


def _passes(question_id: str, place: Workplace) -> bool:
    tried = try_question(place.assignment.question(question_id), place)
    return all(t.verdict.passed for t in tried)


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
    return next(iter(place.problems.values()), "")


def _check_all(place: Workplace) -> None:
    rows = []
    for question in place.assignment.questions:
        problem = _problem(question, place)
        failed = [] if problem else try_question(question, place)
        reasons = [problem] if problem else []
        reasons += [t.verdict.reason for t in failed if not t.verdict.passed]
        rows.append((question.id, reasons[0] if reasons else ""))
    show_all(rows)
    left = [name for name, reason in rows if reason]
    if left:
        done = len(rows) - len(left)
        raise CheckFailed(f"{done} of {len(rows)} questions pass. Next: {left[0]}.")


def _find(place: Workplace, question: str) -> Question:
    ids = [q.id for q in place.assignment.questions]
    if question in ids:
        return place.assignment.question(question)
    near = difflib.get_close_matches(str(question), ids, n=1, cutoff=0.4)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(ids)}."
    raise CheckFailed(f"No question '{question}' in {place.assignment.name}: {hint}")


@contextmanager
def attempt(name: str) -> Iterator[None]:
    """Run an example; say in one line if what it needs is not yet written."""
    try:
        yield
    except NotImplementedError as error:
        print(str(error) if "not yet written" in str(error) else _unwritten(name))


def _unwritten(name: str) -> str:
    return f"{name} is not yet written"
