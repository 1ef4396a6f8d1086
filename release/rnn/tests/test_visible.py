"""The visible cases of every assignment here, as `check` tries them."""

from pathlib import Path

import pytest

from autograder.student.assignment import load
from autograder.student.trying import try_question
from autograder.student.workplace import load_library

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENTS = [path.parent.name for path in sorted(ROOT.glob("tests/*/questions.py"))]
QUESTIONS = [
    pytest.param(name, question, id=question.id)
    for name in ASSIGNMENTS
    for question in load(ROOT, name).questions
]


@pytest.mark.parametrize(("name", "question"), QUESTIONS)
def test_visible_case(name, question):
    place = load_library(load(ROOT, name))
    assert place.problems == {}
    for tried in try_question(question, place):
        assert tried.verdict.passed, tried.verdict.reason
