"""Every hostile submission, through the real pipeline, at every level there is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest

from autograder.sandbox.trusted.pool import probe_levels
from tests.hostile.harness import attack, trial
from tests.hostile.harness.classes import Class, released
from tests.hostile.harness.house import House, open_house
from tests.hostile.harness.trial import Trial
from tests.hostile.harness.world import tree
from tests.mlp.questions import QUESTIONS

NOTHING_MISSING = os.environ.get("REQUIRE") == "all"
NAMES = attack.names()


def need_level(level: int) -> None:
    if level == 4 and probe_levels().level < 4 and not NOTHING_MISSING:
        pytest.skip("needs bubblewrap and the right to make namespaces")


@pytest.fixture(scope="module", params=[3, 4])
def at_level(request: pytest.FixtureRequest) -> Iterator[Trial]:
    need_level(request.param)
    with trial.start(request.param) as started:
        yield started


@pytest.mark.parametrize("name", NAMES)
def test_it_gets_nothing_and_the_next_one_is_unharmed(
    at_level: Trial, name: str
) -> None:
    assert at_level.complaints(name) == []


def test_an_exit_code_tells_nothing_of_a_hidden_case(at_level: Trial) -> None:
    report = at_level.grade(attack.load("feedback_exit"))
    assert report.question("linear_forward").reasons
    assert "code" not in " ".join(report.question("linear_forward").reasons)


# ---- as an ordinary user


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with open_house() as made:
        yield made


@pytest.mark.parametrize("level", [3, 4])
def test_none_gets_anything_from_an_ordinary_user(house: House, level: int) -> None:
    need_level(level)
    done = house.run("-m", "tests.hostile", str(level))
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert found["wrong"] == {}
    assert found["tried"] == len(NAMES)
    assert found["user"] != 0


# ---- all of them as one class, through nbgrader


@pytest.fixture(scope="module")
def graded() -> Iterator[Class]:
    """A class of all attacks between two honest students, graded and handed back."""
    with released() as made:
        for student in ("aa_honest", "zz_honest"):
            attack.hand_in(made.folder(student), made.world)
        for name in NAMES:
            attack.load(name).hand_in(made.folder(name), made.world)
        made.handed_in = tree(made.course / "submitted")
        made.world.before = made.world.trees()
        made.steps = [
            made.nbgrader(command, "mlp")
            for command in ("autograde", "generate_feedback")
        ]
        yield made


def test_no_attack_stops_the_class(graded: Class) -> None:
    assert [step.returncode for step in graded.steps] == [0, 0], graded.steps


def test_each_has_exactly_one_result_and_the_right_one(graded: Class) -> None:
    scores = graded.scores()
    assert set(scores) == {*NAMES, "aa_honest", "zz_honest", "other"}
    points = {question.id: 10.0 for question in QUESTIONS}
    points |= {"linear_backward": 15.0, "sequential_backward": 15.0}
    wrong = {}
    for student, rows in scores.items():
        assert len(rows) == 1, student
        assert None not in rows[0].values(), student
        lost = {name for name, score in rows[0].items() if score != points[name]}
        if student in NAMES and lost != attack.load(student).loses:
            wrong[student] = lost
    assert wrong == {}
    assert scores["aa_honest"] == scores["zz_honest"] == [points]


def test_no_stub_earned_a_point(graded: Class) -> None:
    stubs = [name for name in NAMES if attack.load(name).base == "stub"]
    rows = graded.scores()
    assert [name for name in stubs if any(rows[name][0].values())] == []


def test_no_secret_stands_in_what_people_see(graded: Class) -> None:
    logs = [(step.args[-2], step.stdout + step.stderr) for step in graded.steps]
    numbers = trial.hidden_numbers(graded.load())
    found = []
    for where, text in [*graded.texts("autograded", "feedback"), *logs]:
        if "other" in str(where):  # that student's own module holds the canary
            continue
        found += [(where, word) for word in graded.world.canaries if word in text]
        found += [(where, number) for number in trial.numbers_in(text) & numbers]
    assert found == []


def test_nothing_was_changed_planted_or_left(graded: Class) -> None:
    course = str(graded.course)
    changes = [line for line in graded.world.changes() if course not in line]
    assert changes == []
    assert tree(graded.course / "submitted") == graded.handed_in
    assert graded.world.processes() == set()
    assert list(graded.course.glob(".grading-*")) == []
