"""When a student's page is written, and what it tells of hidden cases."""

import json
import re
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook

from autograder.judging.report import UNTOLD
from autograder.nbgrader_steps.deadlines import extend, set_due
from autograder.nbgrader_steps.feedback import what_stands, write_pages
from autograder.nbgrader_steps.groups import write_groups
from autograder.nbgrader_steps.marks import read_marks
from tests.support.classes import autograder, hand_in, nbgrader
from tests.support.samples import code

# Right on the shape of the visible case, and wrong in another way on every other.
RELU = {
    "nn.ReLU.forward": "def forward(self, x):\n    self.x = x\n"
    "    return x if x.shape == (2, 3) else np.maximum(x, 0) + 1\n"
}
# Right on the visible case alone.
LINEAR = {
    "nn.Linear.forward": "def forward(self, x):\n    self.x = x\n"
    "    out = x @ self.weight + self.bias\n"
    "    return out if x.shape == (2, 3) else -out\n"
}
HIDDEN = re.compile(r"hidden case \(")


@pytest.fixture(scope="module")
def once(scratch):
    course = scratch()
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("c.LatePenalty.percent_per_day = 10\n")
    nbgrader(course, "generate_assignment", "mlp")
    hand_in(course, "mlp", "ada", code(RELU | LINEAR))
    for student in ("bob", "cy"):
        hand_in(course, "mlp", student, code(RELU))
    nbgrader(course, "autograde", "mlp")
    nbgrader(course, "generate_feedback", "mlp")
    return course


@pytest.fixture
def course(once, tmp_path):
    return shutil.copytree(once, tmp_path / "course", symlinks=True)


def pages(course):
    """Return which file each page is: written again, it is another."""
    found = course.glob("feedback/*/mlp/mlp.html")
    return {path.parts[-3]: path.stat().st_ino for path in found}


def page(course, student="ada"):
    return (course / f"feedback/{student}/mlp/mlp.html").read_text()


def by_hand(course, change):
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        change(gradebook)
        gradebook.db.commit()


def rewritten(course, *command):
    before = pages(course)
    log = (autograder if command[0] == "grade" else nbgrader)(course, *command)
    after = pages(course)
    return {name for name in after if after[name] != before.get(name)}, log


WRITERS = {
    "nbgrader": ("generate_feedback", "mlp"),
    "autograder": ("grade", "mlp", "--feedback", "--jobs", "1"),
}


def be_late(course):
    """Let bob's work come on the day after the one on which it was due."""
    set_due(course, "mlp", datetime(2026, 1, 2, 23, 59, tzinfo=UTC))

    def late(gradebook):
        gradebook.find_submission("mlp", "bob").timestamp = datetime(2026, 1, 3)

    by_hand(course, late)


@pytest.mark.parametrize("writer", WRITERS)
def test_pages_follow_scores_penalties_and_what_is_missing(course, writer):
    command = WRITERS[writer]
    assert rewritten(course, *command)[0] == set()

    def give(gradebook):
        gradebook.find_grade("sgd", "mlp", "mlp", "ada").manual_score = 3.25

    by_hand(course, give)
    shutil.rmtree(course / "feedback/cy")
    if writer == "nbgrader":
        be_late(course)
        names, log = rewritten(course, *command)
        assert names == {"ada", "bob", "cy"}
        assert "bob: the score moved from 90 to 81 (late penalty 0 to 9)" in log
    else:
        names, log = rewritten(course, *command)
        assert names == {"ada", "cy"}
        assert re.search(r"graded before +3\n", log)
        assert re.search(r"pages written +2\n", log)
        assert "Warning" not in log
    assert "3.25" in page(course)
    assert rewritten(course, *command)[0] == set()


def test_a_regrade_renews_the_pages_that_it_changes(course):
    shutil.rmtree(course / "submitted/ada")
    hand_in(course, "mlp", "ada", code({}))
    nbgrader(course, "autograde", "mlp")
    assert rewritten(course, "generate_feedback", "mlp")[0] == {"ada"}
    assert "100 of 105 points" in page(course)


def test_a_page_that_fails_stops_no_other_and_stays(course):
    graded = course / "autograded/ada/mlp/mlp.ipynb"
    graded.chmod(0o644)
    graded.write_text("{}")
    before = page(course)
    shutil.rmtree(course / "feedback/cy")
    log = nbgrader(course, "generate_feedback", "mlp", ok=False)
    assert "mlp of ada is left as it was" in log
    assert "Traceback" not in log
    assert page(course) == before
    assert what_stands(course / "feedback/cy/mlp/mlp.html")


def first_part(course, student):
    return page(course, student).partition("<main>")[2].partition("Your notebook")[0]


def test_a_page_says_what_being_late_costs_and_whose_folder_counts(course):
    def mark(gradebook):
        gradebook.find_grade("sgd", "mlp", "mlp", "bob").manual_score = 0.0

    be_late(course)
    write_pages(course, "mlp", ["bob"])
    # What it costs follows a mark by hand, on the page and in the exports.
    by_hand(course, mark)
    off = {mark.student: mark.penalty for mark in read_marks(course, "mlp")}
    assert off == {"ada": 0.0, "bob": 8.0, "cy": 0.0}
    write_groups(course, "mlp", [("bob", "ada")])
    write_pages(course, "mlp", ["bob", "cy"])
    text = first_part(course, "bob")
    assert "You earned 80. Being late takes off 8." in text
    assert "72 of 105 points" in text
    assert "It was due on 2026-01-02 at 23:59 UTC." in text
    assert "Your group is bob, ada: what bob handed in counts." in text
    assert not re.search("due on|group|Being late", first_part(course, "cy"))


def test_what_stops_many_questions_is_said_once(course):
    path = course / "autograded/cy/mlp/mlp.ipynb"
    notebook = json.loads(path.read_text())
    report = notebook["metadata"]["autograder"]
    for question in report["questions"][:3]:
        question["problem"] = "nn.py did not load: a reason"
    report["notes"] = ["nn.py did not load: a reason", "a note"]
    path.chmod(0o644)
    path.write_text(json.dumps(notebook))
    write_pages(course, "mlp", ["cy"])
    text = first_part(course, "cy")
    assert text.count("a reason") == text.count("a note") == 1
    assert text.count("Not judged: see the top of the page.") == 3


def test_a_page_shows_no_score_that_stands_alone(course):
    shown = re.findall(r"<pre>\s*(.*?)\s*</pre>", page(course), re.DOTALL)
    assert any("cases passed" in text for text in shown)
    assert not any(re.fullmatch(r"\d+\.\d+", text) for text in shown)


def set_hidden(course, when, more=""):
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"c.Autograde.hidden_reasons = {when!r}\n{more}")


def test_hidden_reasons_are_told_when_the_course_says_so(course):
    assert HIDDEN.search(page(course))
    graded = course.joinpath("autograded/ada/mlp/mlp.ipynb").read_bytes()
    set_hidden(course, "never")
    assert rewritten(course, "generate_feedback", "mlp")[0] == {"ada", "bob", "cy"}
    assert not HIDDEN.search(page(course))
    assert "visible case" in page(course)
    for told in read_marks(course, "mlp")[0].reasons.values():
        assert told == UNTOLD or told.startswith("visible case")
    set_hidden(course, "after publishing")
    assert rewritten(course, "generate_feedback", "mlp")[0] == set()
    set_hidden(course, "after publishing", "c.Autograde.published = ['mlp']\n")
    nbgrader(course, "generate_feedback", "mlp")
    assert HIDDEN.search(page(course))
    assert [t for t in read_marks(course, "mlp")[0].reasons.values() if HIDDEN.match(t)]
    assert course.joinpath("autograded/ada/mlp/mlp.ipynb").read_bytes() == graded


def test_hidden_reasons_wait_for_the_last_deadline(course):
    set_hidden(course, "after the deadline")
    now = datetime.now(UTC)
    set_due(course, "mlp", now - timedelta(days=1))
    extend(course, "mlp", "bob", timedelta(days=2))
    nbgrader(course, "generate_feedback", "mlp")
    assert not HIDDEN.search(page(course))
    extend(course, "mlp", "bob", timedelta())
    nbgrader(course, "generate_feedback", "mlp")
    assert HIDDEN.search(page(course))


def test_a_setting_that_is_none_is_one_line(course):
    set_hidden(course, "sometimes")
    log = nbgrader(course, "generate_feedback", "mlp", ok=False)
    assert "expected one of 'at once', 'after the deadline'" in log
    assert "Traceback" not in log


def test_a_page_holds_nothing_of_the_report(course):
    graded = json.loads((course / "autograded/ada/mlp/mlp.ipynb").read_text())
    kept = graded["metadata"]["autograder"]
    text = page(course)
    assert kept["digest"] not in text
    assert not any(name in text for name in kept["judged_by"].values())
