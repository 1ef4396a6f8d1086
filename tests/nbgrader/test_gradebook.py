"""Whole classes through `nbgrader autograde`, judged by what the gradebook says."""

import json
import re
import shutil
import subprocess
import sys

import nbformat
import pytest

from tests.nbgrader.bad_input import ALL, BAD_INPUT, graded_cells
from tests.support.classes import hand_in, lost_questions, nbgrader, programs
from tests.support.samples import code

ASSIGNMENTS = ("miniflow", "mlp")


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def graded(request, scratch):
    """Return a class of many programs, graded by nbgrader's own command."""
    assignment, course = request.param, scratch()
    nbgrader(course, "generate_assignment", assignment)
    found = programs(assignment)
    for student, (sample, _) in found.items():
        hand_in(course, assignment, student, sample)
    log = nbgrader(course, "autograde", assignment)
    return assignment, course, {name: lost for name, (_, lost) in found.items()}, log


def test_every_program_loses_exactly_its_questions(graded):
    assignment, course, expected, _ = graded
    found = lost_questions(course, assignment)
    wrong = {
        name: found.get(name) for name in expected if found.get(name) != expected[name]
    }
    assert wrong == {}
    assert sum(bool(lost) for lost in expected.values()) >= 15
    assert sum(name.startswith("right-") for name in expected) >= 8


def test_the_grader_says_which_isolation_is_in_force(graded):
    _, _, _, log = graded
    assert re.search(r"right: 100 of 100 points, isolation level [34]\n", log)


def test_every_lost_question_says_why_in_its_cell(graded):
    assignment, course, expected, _ = graded
    for student, lost in expected.items():
        path = course / "autograded" / student / assignment / f"{assignment}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        for cell in notebook.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if name and cell.cell_type == "code":
                text, score = cell.outputs
                assert ("cases passed." in text.text) or name in lost
                assert ("All" in text.text) == (name not in lost)
                assert float(score.data["text/plain"]) >= 0


def test_no_number_of_a_hidden_case_and_nothing_raised_there_is_told(graded):
    assignment, course, expected, _ = graded
    for student in expected:
        path = course / "autograded" / student / assignment / f"{assignment}.ipynb"
        report = json.loads(path.read_text())["metadata"]["autograder"]
        for question in report["questions"]:
            for verdict in question["verdicts"]:
                if not verdict["visible"]:
                    assert not re.search(r"\d{3,}|\d\.\d", verdict["reason"])


def test_late_penalties_export_and_feedback_stay_nbgraders_own(graded):
    assignment, course, expected, _ = graded
    nbgrader(course, "export")
    rows = (course / "grades.csv").read_text().splitlines()
    assert len(rows) == len(expected) + 1
    nbgrader(course, "generate_feedback", assignment, "--student", "nothing-written")
    page = course / "feedback" / "nothing-written" / assignment / f"{assignment}.html"
    assert "not yet written" in page.read_text()


@pytest.fixture(scope="module")
def bad(scratch):
    course = scratch()
    nbgrader(course, "generate_assignment", "mlp")
    for student, (sample, _, _) in BAD_INPUT.items():
        hand_in(course, "mlp", student, sample)
    hand_in(course, "mlp", "zz-honest", code({}))
    nbgrader(course, "autograde", "mlp")
    return course


@pytest.mark.parametrize("student", BAD_INPUT)
def test_bad_input_gets_its_score_and_its_reason(bad, student):
    _, lost, word = BAD_INPUT[student]
    assert lost_questions(bad, "mlp")[student] == lost
    path = bad / "autograded" / student / "mlp" / "mlp.ipynb"
    notebook = nbformat.read(path, as_version=4)
    judged = [c for c in graded_cells(notebook.cells) if c.cell_type == "code"]
    texts = [c.outputs[0].text for c in judged]
    assert len(texts) == len(ALL)
    assert any(word in text for text in texts)


def test_the_rest_of_the_class_is_graded_as_if_nothing_had_happened(bad):
    assert lost_questions(bad, "mlp")["zz-honest"] == set()


def test_a_folder_that_was_not_completed_is_graded_again(bad):
    path = bad / "autograded" / "zz-honest" / "mlp" / "mlp.ipynb"
    path.chmod(0o644)
    path.write_text('{"cells": [')
    nbgrader(bad, "autograde", "mlp", "--student", "zz-honest")
    assert lost_questions(bad, "mlp")["zz-honest"] == set()
    nbformat.read(path, as_version=4)


def test_a_later_submission_replaces_the_score(bad):
    sample = code({"nn.ReLU.forward": "def forward(self, x):\n    return x\n"})
    shutil.rmtree(bad / "submitted" / "zz-honest")
    hand_in(bad, "mlp", "zz-honest", sample)
    nbgrader(bad, "autograde", "mlp", "--student", "zz-honest")
    assert lost_questions(bad, "mlp")["zz-honest"] == {"relu_forward"}


def test_formgraders_button_grades_one_student(bad):
    """What the button calls, with the course's own config."""
    sample = code({"nn.ReLU.backward": "def backward(self, grad):\n    return grad\n"})
    hand_in(bad, "mlp", "by-button", sample)
    program = (
        "from pathlib import Path\n"
        "from autograder.nbgrader_steps.course_folder import load_config\n"
        "from nbgrader.apps.api import NbGraderAPI\n"
        "api = NbGraderAPI(config=load_config(Path.cwd()))\n"
        "done = api.autograde('mlp', 'by-button')\n"
        "assert done['success'], done\n"
        "submission = api.get_submission('mlp', 'by-button')\n"
        "assert submission['autograded'], submission\n"
        "assert submission['score'] < submission['max_score'], submission\n"
    )
    python = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(python, cwd=bad, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert lost_questions(bad, "mlp")["by-button"] == {"relu_backward"}


def test_grading_needs_the_release_first(scratch):
    course = scratch()
    (course / "submitted" / "somebody" / "mlp").mkdir(parents=True)
    log = nbgrader(course, "autograde", "mlp", ok=False)
    assert "generate_assignment mlp first" in log


def test_grading_refuses_below_the_required_isolation(bad):
    log = nbgrader(
        bad, "autograde", "mlp", "--force", "--Autograde.required_level=5", ok=False
    )
    assert "expected isolation level 5" in log
