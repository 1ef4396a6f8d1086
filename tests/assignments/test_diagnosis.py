"""A known mistake is told by the sentence that was written for it."""

import pytest
from autograder.judging.misconceptions import made

from tests.miniflow.misconceptions import MISCONCEPTIONS as KNOWN_IN_MINIFLOW
from tests.mlp.misconceptions import MISCONCEPTIONS as KNOWN_IN_MLP
from tests.support.judged import court

KNOWN = [
    *(("mlp", known) for known in KNOWN_IN_MLP),
    *(("miniflow", known) for known in KNOWN_IN_MINIFLOW),
]
NAMES = [f"{assignment}-{known.name}" for assignment, known in KNOWN]


def asked(assignment, known):
    """Return what the grader says of the question where this mistake is made."""
    judge = court(assignment)
    with made(known, judge.course.lib):
        return judge.question(judge.course.lib, known.question)


@pytest.mark.parametrize(("assignment", "known"), KNOWN, ids=NAMES)
def test_every_known_mistake_is_named_by_its_own_sentence(assignment, known):
    report = asked(assignment, known)
    assert report.lost
    told = {verdict.mistake for verdict in report.verdicts} - {""}
    assert told == {known.sentence}
    assert report.reason.endswith(known.sentence)
