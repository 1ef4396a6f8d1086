"""A case was wrong: what is judged again, who moves, and what the log says."""

import json
import shutil

import pytest
from nbgrader.api import Gradebook

from autograder.classroom.regrade import flips
from autograder.judging.report import QuestionReport, Report
from autograder.student.marking import Verdict
from tests.support.classes import autograder, hand_in, nbgrader, scores
from tests.support.samples import code
from tests.support.wrong_case import BY_ROWS, insert, remove

# Passes a row without a batch, fails at batches of one: less remains when it is gone.
SQUEEZED = """
def forward(self, x):
    self.x = x
    return np.squeeze(x @ self.weight + self.bias)
"""


@pytest.fixture(scope="module")
def regraded(scratch):
    """Return a course in which a case was wrong, and what was said of it."""
    course = scratch()
    insert(course)
    nbgrader(course, "generate_assignment", "mlp")
    for student in ("ada", "cy"):
        hand_in(course, "mlp", student, code({"nn.Linear.forward": BY_ROWS}))
    hand_in(course, "mlp", "bob", code({"nn.Linear.forward": SQUEEZED}))
    nbgrader(course, "autograde", "mlp")
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        for name in ("sgd", "linear_forward"):
            grade = gradebook.find_grade(name, "mlp", "mlp", "cy")
            grade.manual_score, grade.needs_manual_grade = 4.0, False
        gradebook.db.commit()
    remove(course)
    before = (course / "gradebook.db").read_bytes()
    tried = autograder(course, "regrade", "mlp", "--dry-run", "--jobs", "1")
    untouched = (course / "gradebook.db").read_bytes() == before
    said = autograder(course, "regrade", "mlp", "--because", "no batch", "--jobs", "1")
    return course, tried, untouched, said


def test_a_table_says_whose_score_moved_and_by_which_case(regraded):
    course, _, _, said = regraded
    ada, bob, last = said.splitlines()[-3:]
    after = scores(course)
    assert f" to {after['ada']:g} " in ada
    assert f" to {after['bob']:g} " in bob
    gone = "linear_forward, hidden case (one row without a batch): is gone"
    assert ada.endswith(f"  {gone}")  # and no other case
    assert bob.endswith(f"  {gone}")
    assert last == "2 scores moved"


def test_many_cases_of_a_question_are_counted_and_visible_ones_left_out():
    old, new = (
        Report("mlp", (QuestionReport("sgd", 9.0, _verdicts(passed)),), 4)
        for passed in (False, True)
    )
    assert list(flips(old, new)) == ["sgd, 3 hidden cases: pass now"]


def _verdicts(passed):
    return tuple(Verdict(name, name == "a", passed) for name in "abcd")


def test_a_mark_by_hand_waits_again_only_where_the_judge_says_otherwise(regraded):
    course, *_ = regraded
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        notebook = gradebook.find_submission_notebook("mlp", "mlp", "cy")
        waiting = {
            g.name: g.manual_score for g in notebook.grades if g.needs_manual_grade
        }
    assert waiting == {"linear_forward": 4.0}


def test_a_dry_run_says_the_same_and_writes_nothing(regraded):
    _, tried, untouched, said = regraded
    assert untouched
    assert tried.splitlines()[-3:-1] == said.splitlines()[-3:-1]
    assert tried.splitlines()[-1] == "2 scores would move"


def test_the_log_says_who_when_why_and_by_what(regraded):
    course, *_ = regraded
    [line] = (course / "regrades.jsonl").read_text().splitlines()
    row = json.loads(line)
    assert row["because"] == "no batch"
    assert row["who"]
    assert row["when"].endswith("+00:00")
    [before], [after] = row["judged by before"], row["judged by after"]
    assert [part for part in before if before[part] != after[part]] == ["questions"]
    assert [moved["student"] for moved in row["moved"]] == ["ada", "bob"]


def test_a_second_regrade_moves_nobody(regraded, tmp_path):
    course = shutil.copytree(regraded[0], tmp_path / "course", symlinks=True)
    assert autograder(course, "regrade", "mlp").splitlines()[-1] == "0 scores moved"
    assert scores(course) == scores(regraded[0])
