"""Can one run leave anything for a later one: another student's, or the same one's?"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.hostile.harness import channels, trial
from tests.hostile.harness.house import House, open_house
from tests.hostile.harness.need import need_level
from tests.hostile.harness.trial import Trial

pytestmark = pytest.mark.long

TURNS = [("mlp", 3), ("miniflow", 4)]


@pytest.fixture(scope="module", params=TURNS, ids=lambda turn: f"{turn[0]}-{turn[1]}")
def at_level(request: pytest.FixtureRequest) -> Iterator[Trial]:
    assignment, level = request.param
    need_level(level)
    with trial.start(level, assignment) as started:
        yield started


@pytest.mark.parametrize("channel", channels.names())
def test_nothing_is_left(at_level: Trial, channel: str) -> None:
    assert channels.complaints(at_level, channel) == []


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with open_house() as made:
        yield made


@pytest.mark.parametrize(("assignment", "level"), [("mlp", 3), ("miniflow", 4)])
def test_nothing_is_left_by_an_ordinary_user(
    house: House, assignment: str, level: int
) -> None:
    """In a library whose files seem never to have been read: reading could show."""
    need_level(level)
    house.age()
    done = house.run("-m", "tests.hostile", "pairs", assignment, str(level), "aged")
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    # Named in docs/threat-model.md: at level 3, `stat` tells when a file was read, or a
    # link was followed.
    known = {"access_times", "link_times"} if level == 3 else set()
    assert found["wrong"].keys() <= known, found["wrong"]
    assert found["tried"] == len(channels.names(aged=True))
