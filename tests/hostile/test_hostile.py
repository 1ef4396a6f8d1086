"""Does any hostile submission get what it tries, at any level, as any user?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.hostile.harness import attack, early, trial
from tests.hostile.harness.house import House, open_house
from tests.hostile.harness.need import need_level
from tests.hostile.harness.subject import subjects
from tests.hostile.harness.trial import Trial

FIRST = "mlp"
# What the kernel and the readers do depends on no assignment: one is tried with
# everything, at both levels, and the others with what goes by answers. `make test`
# tries the first at the level of use, `make test-all` the rest.
ANSWERS = ("forge_", "lie_", "feedback_", "patch_", "told_", "flood_outputs", "words_")
TURNS = [(FIRST, 3), *((name, 4) for name in subjects())]
USERS = [(FIRST, 4), (FIRST, 3), ("miniflow", 3)]
NAMES = [
    pytest.param(
        turn,
        name,
        id=f"{turn[0]}-{turn[1]}-{name}",
        marks=[] if turn == (FIRST, 4) else [pytest.mark.long],
    )
    for turn in TURNS
    for name in attack.names(turn[0])
    if turn[0] == FIRST or name.startswith(ANSWERS)
]


Trials = Callable[[tuple[str, int]], Trial]


@pytest.fixture(scope="module")
def trials() -> Iterator[Trials]:
    """Give the trial of a turn; one is kept until another turn is asked for.

    A fixture with the turn as its parameter would be made anew for each test.
    """
    kept: dict[tuple[str, int], Trial] = {}
    with ExitStack() as running:

        def of(turn: tuple[str, int]) -> Trial:
            if turn not in kept:
                running.close()
                kept.clear()
                assignment, level = turn
                need_level(level)
                kept[turn] = running.enter_context(trial.start(level, assignment))
            return kept[turn]

        yield of


@pytest.mark.parametrize(("turn", "name"), NAMES)
def test_it_gets_nothing_and_the_next_one_is_unharmed(
    trials: Trials, turn: tuple[str, int], name: str
) -> None:
    at_level = trials(turn)
    tried = attack.load(name, at_level.world.subject.name)
    if tried.letter_box:
        assert trial.with_box(at_level.grader.pool.highest, tried) == []
    else:
        assert at_level.complaints(name) == []


@pytest.mark.parametrize("turn", TURNS)
def test_what_is_told_first_depends_on_visible_cases_alone(
    trials: Trials, turn: tuple[str, int]
) -> None:
    """Of hidden ones an exit code told something, and the choice of a mistake."""
    at_level = trials(turn)
    subject = at_level.world.subject
    report = at_level.grade(attack.load("feedback_exit", subject.name))
    reasons = report.question(subject.one.id).told()
    assert reasons
    assert "code" not in " ".join(reasons)
    assert len({early.told(at_level, hidden) for hidden in early.HIDDEN}) == 1


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with open_house() as made:
        yield made


@pytest.mark.long
@pytest.mark.parametrize(("assignment", "level"), USERS)
def test_none_gets_anything_from_an_ordinary_user(
    house: House, assignment: str, level: int
) -> None:
    need_level(level)
    done = house.run("-m", "tests.hostile", assignment, str(level))
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == {}
    assert found["tried"] == len(attack.names(assignment))
    assert found["user"] != 0
