"""Does a question pass its visible cases? `check`, in the notebook."""

from __future__ import annotations

import difflib
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, replace

import numpy as np

from autograder.student.assignment import Assignment, Frozen
from autograder.student.display import (
    in_notebook,
    show_all,
    show_failure,
    show_pass,
    show_printed,
)
from autograder.student.kinds import Kind
from autograder.student.marking import Trial, Verdict
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Driven, drive
from autograder.student.questions import Case, Question
from autograder.student.start import how_to_install, missing_packages
from autograder.student.update import say_hints
from autograder.student.workplace import (
    CheckFailed,
    Printed,
    Workplace,
    describe,
    open_workplace,
)

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


def check(question: str | None = None) -> None:
    """Say whether a question passes its visible case, and if not, why.

    Without a question, do so for all of them. The saved files are checked. Raises
    CheckFailed, in one line, if something is not right yet. The hidden cases that
    decide the points ask the same with other numbers.
    """
    place = open_workplace()
    _tell_stale(place)
    if question is None:
        _check_all(place)
        return
    _, line = try_line(find_question(place.assignment, question), place)
    if line:
        raise CheckFailed(line)


def _tell_stale(place: Workplace) -> None:
    """Say which code of the notebook is older than the saved file, and what to do."""
    if place.stale:
        print(
            f"This notebook still has the old {' and '.join(place.stale)}: restart the "
            "kernel (menu Kernel, Restart Kernel) before you use it in a cell. Checks "
            "look at the saved file."
        )


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
    return (
        (failed.verdict.reason, _line(question, place, failed)) if failed else ("", "")
    )


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
    """Return in a sentence what should be done before this question."""
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


def _check_all(place: Workplace) -> None:
    found = {q.id: outcome(q, place) for q in place.assignment.questions}
    rows = [(name, why) for name, (_, why) in found.items()]
    unwritten = [name for name, (kind, _) in found.items() if kind is Kind.UNWRITTEN]
    show_all(rows, unwritten)
    say_hints(place.assignment.root)
    if any(why for _, why in rows):
        raise CheckFailed(progress(rows))


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


def progress(rows: Sequence[tuple[str, str]]) -> str:
    """Return how many questions pass, and which comes next, in one sentence."""
    left = [name for name, why in rows if why]
    done = f"{len(rows) - len(left)} of {len(rows)} questions pass."
    return f"{done} Next: {left[0]}." if left else done


def find_question(assignment: Assignment, question: str) -> Question:
    """Return the question of that name; CheckFailed suggests the nearest."""
    ids = [q.id for q in assignment.questions]
    if question in ids:
        return assignment.question(question)
    near = difflib.get_close_matches(str(question), ids, n=1, cutoff=0.4)
    hint = f"did you mean '{near[0]}'?" if near else f"there are {', '.join(ids)}."
    raise CheckFailed(f"No question '{question}' in {assignment.name}: {hint}")


@contextmanager
def attempt(name: str) -> Iterator[None]:
    """Run an example; say in one line if what it needs is not yet written.

    It runs on the saved files, as `check` does.
    """
    try:
        place = open_workplace()
        _tell_stale(place)
        for problem in place.problems.values():
            print(f"{problem}. The example runs on the last version that did load.")
    except CheckFailed as error:
        print(error)
    try:
        yield
    except NotImplementedError as error:
        print(str(error) or f"{name} is not yet written")


if in_notebook() and missing_packages():
    print(how_to_install(missing_packages()))
