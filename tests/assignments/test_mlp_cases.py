"""The cases of mlp are tested: the reference passes, every known mistake is caught."""

from pathlib import Path

import numpy as np
import pytest
from autograder.judging.misconceptions import made

from autograder.judging.answer_key import Course
from autograder.student.marking import mark
from autograder.student.probing import CaseResult, drive

ROOT = Path(__file__).resolve().parents[2]
SEEDS = [seed.to_bytes(32, "big") for seed in range(100)]
KNOWN = Course.load(ROOT, "mlp", SEEDS[0]).misconceptions


def lost_questions(course, lib):
    """Return the questions of which `lib` fails a hidden case."""
    lost = set()
    for question in course.assignment.questions:
        for trial in course.trials(question.id):
            probe = course.assignment.probes[trial.case.probe_name]
            with np.errstate(all="ignore"):
                outputs, error = drive(probe, lib, trial.inputs)
            if error:
                lost.add(question.id)
                continue
            result = CaseResult(tuple(outputs))
            verdict = mark(
                trial.case, "", trial.inputs, trial.expected, result, visible=False
            )
            if not verdict.passed and not trial.visible:
                lost.add(question.id)
    return lost


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.name)
def test_misconception_loses_its_question_alone(known):
    course = Course.load(ROOT, "mlp", SEEDS[0])
    with made(known, course.lib):
        # The references must come from the library without the mistake.
        pass
    expected = {q.id: course.trials(q.id) for q in course.assignment.questions}
    course.trials = expected.__getitem__
    with made(known, course.lib):
        assert lost_questions(course, course.lib) == {known.question}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: str(seed[-1]))
def test_every_misconception_is_caught_for_any_seed(seed):
    course = Course.load(ROOT, "mlp", seed)
    for question in course.assignment.questions:
        trials = [t for t in course.trials(question.id) if not t.visible]
        for known in course.misconceptions:
            if known.question != question.id:
                continue
            with made(known, course.lib):
                assert any(fails(course, trial) for trial in trials), known.name


def fails(course, trial):
    probe = course.assignment.probes[trial.case.probe_name]
    with np.errstate(all="ignore"):
        outputs, error = drive(probe, course.lib, trial.inputs)
    if error:
        return True
    verdict = mark(
        trial.case,
        "",
        trial.inputs,
        trial.expected,
        CaseResult(tuple(outputs)),
        visible=False,
    )
    return not verdict.passed
