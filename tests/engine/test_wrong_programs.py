"""A program that ends, floods, or breaks out of a question loses just its own."""

import pytest

from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.submission import Grader
from tests.engine.wrong_programs import EVERY, WRONG
from tests.support.judged import ROOT
from tests.support.programs import apply


@pytest.fixture(scope="module")
def grader():
    with Grader(Course.load(ROOT, "mlp", b"\x05" * 32)) as grader:
        yield grader


@pytest.mark.parametrize("program", WRONG, ids=lambda program: program.name)
def test_wrong_program_loses_just_these_questions(grader, program):
    sources = apply(program.replacements)
    modules = {name: sources[name].encode() for name in grader.course.sources}
    report = grader.grade(Submission(modules, notebook=b"", timestamp=b""))
    assert set(report.lost) == program.loses
    for question in report.questions:
        assert bool(question.reason) == (question.id in program.loses)
        assert "\n" not in question.reason


def test_every_question_is_lost_by_one():
    assert set().union(*(program.loses for program in WRONG)) == EVERY
    assert all(program.loses for program in WRONG)
