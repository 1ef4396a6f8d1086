"""Does a program without the answer earn anything?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from autograder.judging.answer_key import Course
from tests.hostile.harness import attack, guesses, trial
from tests.hostile.harness.subject import ROOT, subjects
from tests.hostile.harness.trial import Trial

PROGRAMS = [
    pytest.param(assignment, name, id=f"{assignment}-{name}")
    for assignment in subjects()
    for name in guesses.programs(assignment)
]


@pytest.fixture(scope="module")
def trials() -> Iterator[dict[str, Trial]]:
    """Give a grader for each assignment, at the lowest level that is accepted."""
    started: dict[str, Trial] = {}
    with trial.several(started):
        yield started


@pytest.mark.parametrize(("assignment", "name"), PROGRAMS)
def test_it_earns_next_to_nothing(
    trials: dict[str, Trial], assignment: str, name: str
) -> None:
    """A guess is right where the answer is by chance what was guessed, in one case."""
    text = guesses.programs(assignment)[name]
    points = trials[assignment].world.subject.points
    earned = guesses.earned(trials[assignment], text)
    shares = {q: got / points[q] for q, got in earned.items()}
    most = 0.0 if assignment in NOTHING else MOST
    assert {q: share for q, share in shares.items() if share > most} == {}
    assert sum(earned.values()) <= MOST_IN_ALL


@pytest.mark.parametrize("assignment", subjects())
def test_the_answer_does_earn_its_points(
    trials: dict[str, Trial], assignment: str
) -> None:
    assert trials[assignment].honest().lost == []
    assert attack.load("lie_dtypes", assignment).loses == set(
        trials[assignment].world.subject.points
    )


# The assignments in which no guess earns anything in any question.
NOTHING = {"attention", "autograd", "cnn", "miniflow", "mlp", "optim", "rnn"}
# Of a question's points, and of the hundred of an assignment.
MOST, MOST_IN_ALL = 0.35, 4.0
SEED = b"the same for all assignments".ljust(32)


@pytest.mark.parametrize(("one", "other"), [*combinations(subjects(), 2)])
def test_no_hidden_number_of_one_assignment_is_in_another(one: str, other: str) -> None:
    assert hidden_draws(one) & hidden_draws(other) == set()


def hidden_draws(assignment: str) -> set[float]:
    course = Course.load(ROOT, assignment, SEED)
    trials = [t for q in course.assignment.questions for t in course.trials(q.id)]
    values = [v for t in trials if not t.visible for v in t.inputs.values()]
    found = {number for value in values for number in trial.drawn(value)}
    assert found
    return found


@pytest.mark.parametrize("assignment", subjects())
def test_no_two_hidden_cases_have_a_number_in_common(assignment: str) -> None:
    """Numbers of one case that come again in another would be known by then."""
    course = Course.load(ROOT, assignment, SEED)
    seen: dict[float, str] = {}
    twice = set()
    for question in course.assignment.questions:
        for case in course.trials(question.id):
            drawn = {n for a in case.inputs.values() for n in trial.drawn(a)}
            if not case.visible:
                twice |= {(seen[n], case.label) for n in drawn & seen.keys()}
                seen |= dict.fromkeys(drawn, case.label)
    assert twice == set()
