"""All hostile submissions as one class, through nbgrader: is anybody harmed?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from autograder.nbgrader_steps.groups import write_groups
from tests.hostile.harness import attack, channels, trial
from tests.hostile.harness.classes import Class, released
from tests.hostile.harness.world import tree
from tests.support.waiting import until

pytestmark = pytest.mark.long

# One assignment is tried with every attack, another with those that reach its pages; of
# that the pairs are judged by `autograder grade`, so that two run side by side.
EVERYTHING = "mlp"
GROUP = ("zz_honest", "words_type")  # without times the first one's folder counts
GRADE = ("-m", "autograder", "grade", "--jobs", "2", "--student", "pair_*")
PAGES = ("notebook_", "stamp_", "words_", "told_", "feedback_", "see_", "flood_")
HONEST = {"aa_honest", "zz_honest"}
PAIRS = {
    f"pair_{channel}_{turn}_{part}": (channel, part)
    for channel in channels.names()
    for turn, part in enumerate(("leaves", "fetches", "own"))
}
WORD = "WordOfAStudent"
LISTING = """
from nbgrader.apps import NbGraderAPI
from autograder.nbgrader_steps.course_folder import load_config
from nbgrader.coursedir import CourseDirectory
from pathlib import Path
import sys

config = load_config(Path.cwd())
coursedir = CourseDirectory(config=config)
rows = NbGraderAPI(coursedir, config=config).get_submissions(sys.argv[1])
print(len(rows))
"""


def names(assignment: str) -> list[str]:
    found = attack.names(assignment)
    if assignment == EVERYTHING:
        return found
    return [name for name in found if name.startswith(PAGES)]


@pytest.fixture(scope="module", params=[EVERYTHING, "miniflow"])
def graded(request: pytest.FixtureRequest) -> Iterator[Class]:
    """A class of attacks between two honest students, graded and handed back."""
    with released(request.param) as made:
        for student in HONEST:
            attack.hand_in(made.folder(student), made.world)
        for name in names(request.param):
            tried = attack.load(name, request.param)
            tried.hand_in(made.folder(name), made.world)
        for student, (channel, part) in PAIRS.items():
            channels.hand_in(made.folder(student), made.world, channel, part)
        made.handed_in = tree(made.course / "submitted")
        made.world.before = made.world.trees()
        if request.param != EVERYTHING:
            write_groups(made.course, request.param, [GROUP])
            made.steps = [python(made, *GRADE, request.param)]
        made.steps += [
            made.nbgrader(command, request.param)
            for command in ("autograde", "generate_feedback")
        ]
        yield made


def test_no_attack_stops_the_class(graded: Class) -> None:
    assert {step.returncode for step in graded.steps} == {0}, graded.steps


def test_each_has_exactly_one_result_and_the_right_one(graded: Class) -> None:
    scores = graded.scores()
    attacks = names(graded.assignment)
    assert set(scores) == {*attacks, *HONEST, *PAIRS, "other"}
    points = graded.world.subject.points
    wrong = {}
    for student, rows in scores.items():
        assert len(rows) == 1, student
        judged = {name: rows[0][name] for name in points}
        assert None not in judged.values(), student
        lost = {name for name, score in judged.items() if score != points[name]}
        expected = expected_of(graded, student)
        if expected is not None and lost != expected:
            wrong[student] = lost
    assert wrong == {}


def expected_of(graded: Class, student: str) -> set[str] | None:
    """Return what a student loses; None where it may be anything."""
    if student in PAIRS:
        own = PAIRS[student][1] == "own"
        return {graded.world.subject.one.id} if own else set()
    if student == "other":  # whose modules are but a line
        return None
    if student in HONEST or (graded.assignment != EVERYTHING and student in GROUP):
        return set()
    loses = attack.load(student, graded.assignment).loses
    return None if loses is None else set(loses)


def test_no_stub_earned_a_point(graded: Class) -> None:
    tried = [attack.load(n, graded.assignment) for n in names(graded.assignment)]
    stubs = [one.name for one in tried if one.base == "stub" and one.loses_all]
    rows, points = graded.scores(), graded.world.subject.points
    assert stubs or graded.assignment != EVERYTHING
    assert [n for n in stubs if any(rows[n][0][id] for id in points)] == []


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


def test_nothing_that_one_left_stands_on_anothers_page(graded: Class) -> None:
    found = graded.texts("feedback")
    pages = {str(path): text for path, text in found if path.suffix == ".html"}
    assert len(pages) >= len(PAIRS)
    assert [path for path, text in pages.items() if channels.LOOT in text] == []


def test_no_page_has_a_link_that_a_student_wrote(graded: Class) -> None:
    live = [
        str(path)
        for path, text in graded.texts("feedback")
        if 'href="http://attacker' in text
        or 'href="mailto:x@attacker' in text
        or 'href="https://attacker' in text
        or 'href="//attacker' in text
    ]
    assert live == []


def test_formgraders_list_shows_everybody(graded: Class) -> None:
    done = python(graded, "-c", LISTING, graded.assignment)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) == len(graded.scores())


def test_a_page_without_names_has_no_word_of_a_student(graded: Class) -> None:
    own = graded.course / f"feedback/words_class/{graded.assignment}"
    assert WORD in (own / f"{graded.assignment}.html").read_text("utf-8")
    report = ("-m", "autograder", "report", graded.assignment, "--anonymous")
    done = python(graded, *report)
    assert done.returncode == 0, done.stderr[-2000:]
    page = graded.course / f"report-{graded.assignment}.html"
    assert WORD not in page.read_text("utf-8")


def python(graded: Class, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the course, as somebody at a terminal does."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=graded.course, env=graded.environment(),
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip


def test_nothing_was_changed_planted_or_left(graded: Class) -> None:
    course = str(graded.course)
    changes = [line for line in graded.world.changes() if course not in line]
    assert changes == []
    assert tree(graded.course / "submitted") == graded.handed_in
    until(lambda: graded.world.processes() == set())
    assert list(graded.course.glob(".grading-*")) == []
