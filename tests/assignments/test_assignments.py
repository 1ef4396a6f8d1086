"""Every assignment that is there: found by itself, tried in one way."""

import contextlib
import importlib

import pytest

from autograder.authoring.author_check import author_check
from autograder.authoring.matrix import matrix_faults, tried
from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.mistakes import Change, Mistake
from autograder.judging.submission import Grader
from tests.support.judged import ROOT
from tests.support.programs import apply

ASSIGNMENTS = sorted(path.parent.name for path in ROOT.glob("tests/*/questions.py"))
SEEDS = [bytes([seed]) * 32 for seed in (0, 1, 7, 255)]


def rights(name):
    return importlib.import_module(f"tests.{name}.right").RIGHT


PROGRAMS = [
    pytest.param(name, program, id=f"{name}-{program.name}")
    for name in ASSIGNMENTS
    for program in rights(name)
]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_its_author_got_nothing_wrong(name):
    checked = author_check(ROOT, name, seeds=4)
    assert [str(fault) for fault in checked.faults] == []
    assert checked.rows


@pytest.fixture(scope="module")
def graders():
    with contextlib.ExitStack() as stack:
        courses = [Course.load(ROOT, name, SEEDS[1]) for name in ASSIGNMENTS]
        yield {c.assignment.name: stack.enter_context(Grader(c)) for c in courses}


@pytest.mark.parametrize(("name", "program"), PROGRAMS)
def test_a_right_program_loses_nothing(graders, name, program):
    grader = graders[name]
    sources = apply(program.replacements)
    modules = {m: sources[m].encode() for m in grader.course.sources}
    report = grader.grade(Submission(modules, notebook=b"", timestamp=b""))
    assert [(q.id, q.reason) for q in report.questions if q.lost] == []
    assert report.points == report.max_points
    # Reports count by the names of cases.
    for question in report.questions:
        assert len({v.case for v in question.verdicts}) == len(question.verdicts)


def test_a_mistake_that_is_none_and_one_that_costs_two_questions_are_found():
    course = Course.load(ROOT, "mlp", SEEDS[0])
    same = Mistake(
        "relu_forward", "none", (Change("np.maximum(x, 0.0)", "np.maximum(0.0, x)"),)
    )
    both = """
class ReLU:
    def forward(self, x):
        return x

    def backward(self, grad):
        return grad
"""
    wide = Mistake("relu_forward", "both", whole=both, at="nn.ReLU")
    course.known = (same, wide)
    found = [str(fault) for fault in matrix_faults(tried([course]), "here")]
    assert "is equal to the reference in every case" in found[0]
    assert "costs other questions too: relu_backward" in found[1]
    assert len(found) == 2
