"""`make verify`: the reference against PyTorch, through the very same probes.

Each assignment's library is written once more on top of torch, in float64, with every
gradient from autograd: `tests/<name>/torch_twin.py`. All cases are then put to both, on
several seeds of the course. Not collected by `make test`, for torch is large: run it
after `pip install '.[verify]'`.
"""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from autograder.judging.answer_key import AnswerError, Course
from autograder.student.marking import mark
from autograder.student.probing import CaseResult, drive
from tests.support.programs import known, planted
from tests.support.samples import ASSIGNMENTS, ROOT
from tests.support.torch_arrays import numpy_of

SEEDS = [bytes(32), *(bytes([k]) * 32 for k in (1, 2, 3, 5, 8, 13, 21, 34, 55))]
TWINS = {name: import_module(f"tests.{name}.torch_twin") for name in ASSIGNMENTS}
# A twin may compare what no probe drives, a whole network of torch's with ours.
WHOLE = [name for name in TWINS if hasattr(TWINS[name], "proofs")]


def asked(name):
    """Return the questions of an assignment that torch can answer, in order."""
    left_out = getattr(TWINS[name], "NOT_IN_TORCH", set())
    questions = import_module(f"tests.{name}.questions").QUESTIONS
    assert left_out <= {question.id for question in questions}
    return [question.id for question in questions if question.id not in left_out]


def check_against_torch(course, questions):
    """Fail unless torch gives what the reference gives; return the number of cases."""
    trials = [trial for question in questions for trial in course.trials(question)]
    for trial in trials:
        assert_torch_agrees(course, trial)
    return len(trials)


def assert_torch_agrees(course, trial):
    lib = TWINS[course.assignment.name].LIBRARY
    driven = drive(trial.probe, lib, trial.inputs)
    where = f"{trial.case.question}, {trial.label}"
    assert driven.error is None, f"{where}: {driven.error!r}"
    verdict = mark(trial, CaseResult(tuple(driven.outputs.items())))
    assert verdict.passed, f"{where}: {verdict.reason}"


@pytest.mark.parametrize("name", ASSIGNMENTS)
@pytest.mark.parametrize("seed", SEEDS, ids=range(len(SEEDS)))
def test_reference_agrees_with_torch(name, seed):
    assert check_against_torch(Course.load(ROOT, name, seed), asked(name)) >= 30


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("seed", range(20))
def test_what_no_probe_drives_agrees_with_torch(name, seed):
    lib = Course.load(ROOT, name, SEEDS[0]).lib
    for ours, twin in TWINS[name].proofs(lib, np.random.default_rng(seed)):
        np.testing.assert_allclose(ours, numpy_of(twin), rtol=1e-9, atol=1e-12)


# For each question the first and the last of its mistakes.
FAULTS = [
    pytest.param(name, mistakes[i], id=f"{name}-{question}-{i}")
    for name in ASSIGNMENTS
    for question in asked(name)
    for mistakes in [[m for m in known(name) if m.question == question]]
    for i in {0, len(mistakes) - 1}
]


@pytest.mark.parametrize(("name", "mistake"), FAULTS)
def test_a_planted_fault_fails_the_proof(name, mistake):
    course, question = Course.load(ROOT, name, SEEDS[0]), mistake.question
    with (
        planted(name, question, mistake.sentence, course.lib),
        pytest.raises((AssertionError, AnswerError), match=question),
    ):
        check_against_torch(course, [question])
