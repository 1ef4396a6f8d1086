"""A wrong answer is told the real mistake: the known ones, and some never seen."""

import re
import textwrap

import pytest

from autograder.misconceptions import made
from tests.fresh import MINIFLOW, MLP
from tests.judged import court, written
from tests.miniflow.misconceptions import MISCONCEPTIONS as KNOWN_IN_MINIFLOW
from tests.mlp.misconceptions import MISCONCEPTIONS as KNOWN_IN_MLP

KNOWN = [
    *(("mlp", known) for known in KNOWN_IN_MLP),
    *(("miniflow", known) for known in KNOWN_IN_MINIFLOW),
]
NAMES = [f"{assignment}-{known.name}" for assignment, known in KNOWN]
ENOUGH = 0.9


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


def fresh():
    """Yield each fresh program with the reason that the grader gives."""
    for assignment, rows in (("mlp", MLP), ("miniflow", MINIFLOW)):
        lib = court(assignment).course.lib
        for row in rows:
            text = textwrap.dedent(row.text)
            known = written(lib, row.question, assignment, text)
            yield row, asked(assignment, known)


def test_most_of_sixty_fresh_programs_are_told_their_mistake(capsys):
    rows = list(fresh())
    assert len(rows) == 60
    assert all(report.lost for _, report in rows)
    misses = [
        f"{row.question}: {report.reason}\n{textwrap.dedent(row.text)}"
        for row, report in rows
        if not re.search(row.names, report.reason, re.IGNORECASE)
    ]
    with capsys.disabled():
        print(f"\n{60 - len(misses)} of 60 fresh programs are named; not these:\n")
        print("\n".join(misses))
    assert len(misses) <= (1 - ENOUGH) * 60
