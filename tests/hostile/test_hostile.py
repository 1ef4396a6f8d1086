"""Does any hostile submission get what it tries, at any level, as any user?"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.hostile.harness import attack, trial
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
        (assignment, level),
        name,
        id=f"{assignment}-{level}-{name}",
        marks=[] if (assignment, level) == (FIRST, 4) else [pytest.mark.long],
    )
    for assignment, level in TURNS
    for name in attack.names(assignment)
    if assignment == FIRST or name.startswith(ANSWERS)
]


@pytest.fixture(scope="module")
def at_level(request: pytest.FixtureRequest) -> Iterator[Trial]:
    assignment, level = request.param
    need_level(level)
    with trial.start(level, assignment) as started:
        yield started


@pytest.mark.parametrize(("at_level", "name"), NAMES, indirect=["at_level"])
def test_it_gets_nothing_and_the_next_one_is_unharmed(
    at_level: Trial, name: str
) -> None:
    tried = attack.load(name, at_level.world.subject.name)
    if tried.letter_box:
        assert trial.with_box(at_level.grader.pool.highest, tried) == []
    else:
        assert at_level.complaints(name) == []


@pytest.mark.parametrize("at_level", TURNS, indirect=True)
def test_an_exit_code_tells_nothing_of_a_hidden_case(at_level: Trial) -> None:
    subject = at_level.world.subject
    report = at_level.grade(attack.load("feedback_exit", subject.name))
    reasons = report.question(subject.one.id).reasons
    assert reasons
    assert "code" not in " ".join(reasons)


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
