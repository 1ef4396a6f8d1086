"""Does a question pass its visible cases? `check`, in the notebook."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from autograder.student.apart import can_start_processes, tried
from autograder.student.assignment import Assignment
from autograder.student.check_failed import CheckFailed
from autograder.student.display import in_notebook, overview, show
from autograder.student.kinds import Kind
from autograder.student.questions import Question
from autograder.student.start import how_to_install, missing_packages
from autograder.student.trying import outcome, what_to_do
from autograder.student.update import say_hints
from autograder.student.workplace import Workplace, find_assignment, load_library


def check(question: str | None = None) -> None:
    """Say whether a question passes its visible case, and if not, why.

    Without a question, do so for all of them. The saved files are checked. Raises
    CheckFailed, in one line, if something is not right yet. The hidden cases that
    decide the points ask the same with other numbers.
    """
    place = _opened()
    if question is None:
        _check_all(place)
        return
    asked = find_question(place.assignment, question)
    kind, reason = outcome(asked, place, show=True)
    if reason:
        raise CheckFailed(what_to_do(asked, place, kind, reason))


def _opened() -> Workplace:
    """Return the student's work; say which code of the notebook is older than it."""
    place = load_library(find_assignment())
    if place.stale:
        print(
            f"This notebook still has the old {' and '.join(place.stale)}: restart the "
            "kernel (menu Kernel, Restart Kernel) before you use it in a cell. Checks "
            "look at the saved file."
        )
    return place


def _check_all(place: Workplace) -> None:
    found = {q.id: outcome(q, place) for q in place.assignment.questions}
    rows = [(name, why) for name, (_, why) in found.items()]
    unwritten = [name for name, (kind, _) in found.items() if kind is Kind.UNWRITTEN]
    show(*overview(rows, unwritten))
    say_hints(place.assignment.root)
    if any(why for _, why in rows):
        raise CheckFailed(progress(rows))
    if not can_start_processes():
        return
    trial = tried(place.assignment)  # without what is not there in grading
    trial.say_notes()
    failing = [f"{name}: {why}" for name, why in trial.rows if why]
    if failing:
        print("With no more than there is in grading:", *failing, sep="\n")
        raise CheckFailed(progress(trial.rows))


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
        for problem in _opened().problems.values():
            print(f"{problem}. The example runs on the last version that did load.")
    except CheckFailed as error:
        print(error)
    try:
        yield
    except NotImplementedError as error:
        print(str(error) or f"{name} is not yet written")


if in_notebook() and missing_packages():
    print(how_to_install(missing_packages()))
