"""A kind of mistake is told by its reason, whatever its numbers, names and idioms."""

import re

import pytest

from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.report import HiddenReasons
from autograder.judging.submission import Grader
from tests.engine.wrong_kinds import programs
from tests.support.judged import ROOT
from tests.support.programs import apply

ROWS = [
    pytest.param(*row[1:], id=f"{row[0]} {number}")
    for number, row in enumerate(programs())
]


@pytest.fixture(scope="module")
def grader():
    with Grader(Course.load(ROOT, "mlp", b"\x05" * 32)) as grader:
        yield grader


@pytest.mark.parametrize(("target", "words", "code"), ROWS)
def test_every_sentence_of_a_question_tells_the_kind(grader, target, words, code):
    questions = grader.course.assignment.questions
    name = next(q.id for q in questions if q.target == target)
    sources = apply({target: code})
    modules = {m: sources[m].encode() for m in grader.course.sources}
    report = grader.grade(Submission(modules, notebook=b"", timestamp=b""))
    told = report.question(name).sentences(HiddenReasons.AT_ONCE)
    assert report.lost == [name]
    assert told
    assert [text for text in told if not re.search(words, text)] == []
