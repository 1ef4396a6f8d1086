"""A case was wrong: what is judged again, who moves, and what the log says."""

import json
import shutil

import pytest
from nbgrader.api import Gradebook

from tests.support.classes import autograder, hand_in, nbgrader, scores
from tests.support.samples import code

BIAS = "np.reshape(layer.grad_bias, layer.bias.shape)"
DOUBLED = """
def step(self):
    for layer in self.layers:
        if hasattr(layer, "weight"):
            layer.weight = layer.weight - self.lr * layer.grad_weight
            grad = layer.grad_bias.reshape(1, -1) * (2.0 if self.lr > 1.5 else 1.0)
            layer.bias = layer.bias - self.lr * grad
"""
BY_HAND = (("relu_forward", "cy"), ("sgd", "cy"))
STEP = code({"optim.SGD.step": DOUBLED})


@pytest.fixture(scope="module")
def regraded(scratch):
    """Return a course whose reference was wrong in a case, and what was said of it."""
    course = scratch()
    path = course / "mytorch/optim.py"
    right = path.read_text()
    path.write_text(right.replace(BIAS, f"(2.0 if self.lr > 1.5 else 1.0) * {BIAS}"))
    nbgrader(course, "generate_assignment", "mlp")
    for student in ("ada", "cy"):
        hand_in(course, "mlp", student, code({}))
    hand_in(course, "mlp", "bob", STEP)
    nbgrader(course, "autograde", "mlp")
    assert scores(course) == {"ada": 97.5, "bob": 100.0, "cy": 97.5}
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        for name, student in (("relu_forward", "ada"), *BY_HAND):
            grade = gradebook.find_grade(name, "mlp", "mlp", student)
            grade.manual_score, grade.needs_manual_grade = 4.0, False
        gradebook.db.commit()
    path.write_text(right)
    before = (course / "gradebook.db").read_bytes()
    tried = autograder(course, "regrade", "mlp", "--dry-run", "--jobs", "1")
    untouched = (course / "gradebook.db").read_bytes() == before
    said = autograder(course, "regrade", "mlp", "--because", "the bias", "--jobs", "1")
    return course, tried, untouched, said


def test_a_table_says_whose_score_moved_and_by_which_case(regraded):
    course, _, _, said = regraded
    most = scores(course)["ada"]
    ada, bob, last = said.splitlines()[-3:]
    assert f"{most - 2.5:g} to {most:g}" in ada
    assert "100 to 97.5" in bob
    assert "sgd, hidden case" in ada
    assert "passes now" in ada
    assert "fails now" in bob
    assert last == "2 scores moved"


def test_a_mark_by_hand_waits_again_only_where_the_judge_says_otherwise(regraded):
    course, *_ = regraded
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        notebook = gradebook.find_submission_notebook("mlp", "mlp", "cy")
        waiting = [g.name for g in notebook.grades if g.needs_manual_grade]
    assert waiting == ["sgd"]


def test_a_dry_run_says_the_same_and_writes_nothing(regraded):
    _, tried, untouched, said = regraded
    assert untouched
    assert tried.splitlines()[-3:-1] == said.splitlines()[-3:-1]
    assert tried.splitlines()[-1] == "2 scores would move"


def test_the_log_says_who_when_why_and_by_what(regraded):
    course, *_ = regraded
    [line] = (course / "regrades.jsonl").read_text().splitlines()
    row = json.loads(line)
    assert row["because"] == "the bias"
    assert row["who"]
    assert row["when"].endswith("+00:00")
    [before], [after] = row["judged by before"], row["judged by after"]
    assert [part for part in before if before[part] != after[part]] == ["reference"]
    assert [moved["student"] for moved in row["moved"]] == ["ada", "bob"]


def test_a_second_regrade_moves_nobody(regraded, tmp_path):
    course = shutil.copytree(regraded[0], tmp_path / "course", symlinks=True)
    assert autograder(course, "regrade", "mlp").splitlines()[-1] == "0 scores moved"
    assert scores(course) == scores(regraded[0])
