"""A right program never loses a point, a wrong one loses just its own questions.

Right programs are tried in this process, on many seeds of the course; then both
kinds are graded as a submission is, each by a confined worker.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.submission import Grader
from autograder.sandbox.untrusted.imports import (
    PACKAGE,
    Placeholder,
    Placeholders,
    StudentModules,
)
from autograder.student.marking import mark
from autograder.student.probing import CaseResult, drive
from autograder.student.workplace import describe
from tests.mlp.programs import EVERY, RIGHT, WRONG
from tests.support.programs import apply

ROOT = Path(__file__).resolve().parents[2]
MODULES = ("nn", "optim")
IDS = {"ids": lambda program: program.name}
COURSES: dict[bytes, Course] = {}

seeds = st.binary(min_size=32, max_size=32)
many = settings(max_examples=24, deadline=None, derandomize=True, database=None)


class Absent(Placeholders):
    """Finds in place of these packages what a worker finds, there or not."""

    names = frozenset({"matplotlib", "pandas", "scipy", "torch"})

    def find_spec(self, fullname, path, target=None):
        if fullname.partition(".")[0] in self.names:
            return super().find_spec(fullname, path, target)
        return None


@contextlib.contextmanager
def imports_of(sources):
    """Let `mytorch` be these sources inside the block."""
    finder = StudentModules(
        {name: text.encode() for name, text in sources.items()},
        frozenset(),
        lambda name: None,
        lambda name, raised: None,
        lambda error: describe(error, MODULES),
    )
    ours = loaded()
    before = list(sys.meta_path)
    for name in ours:
        del sys.modules[name]
    sys.meta_path[:] = [finder, Absent(frozenset(MODULES)), *before]
    try:
        yield
    finally:
        sys.meta_path[:] = before
        for name in loaded():
            del sys.modules[name]
        sys.modules.update(ours)


def loaded():
    """Return what of `mytorch` is imported, and what stands in for a package."""
    return {
        name: module
        for name, module in sys.modules.items()
        if name.partition(".")[0] == PACKAGE or isinstance(module, Placeholder)
    }


@contextlib.contextmanager
def quiet():
    """Prints go nowhere, warnings cost nothing, as in a worker."""
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield


def library(sources):
    """Return the modules of a program, as a worker imports them."""
    with quiet(), imports_of({name: sources[name] for name in MODULES}):
        found = {name: importlib.import_module(f"mytorch.{name}") for name in MODULES}
    return SimpleNamespace(**found)


LIBRARIES = [(program.name, library(apply(program.replacements))) for program in RIGHT]


def failures(course, lib):
    """Return question, case and reason of each case that `lib` does not pass."""
    found = []
    for question in course.assignment.questions:
        for trial in course.trials(question.id):
            probe = course.assignment.probes[trial.case.probe_name]
            with quiet():
                outputs, error = drive(probe, lib, trial.inputs)
            raised = describe(error, MODULES) if error else None
            result = CaseResult(tuple(outputs), raised)
            verdict = mark(
                trial.case, "", trial.inputs, trial.expected, result, visible=True
            )
            if not verdict.passed:
                found.append((question.id, trial.label, verdict.reason))
    return found


def open_course(seed):
    """Return the course with that seed; its trials are worked out once."""
    course = Course.load(ROOT, "mlp", seed)
    trials = {q.id: course.trials(q.id) for q in course.assignment.questions}
    course.trials = trials.__getitem__
    return course


@many
@given(seeds)
@example(bytes(32))
@example(b"\xff" * 32)
def test_right_programs_pass_every_case_for_any_seed(seed):
    course = open_course(seed)
    for name, lib in LIBRARIES:
        assert (name, failures(course, lib)) == (name, [])


def test_a_program_is_judged_by_its_own_modules():
    """The program above must not be the reference under another name."""
    course = open_course(bytes(32))
    text = "def forward(self, x):\n    self.x = x\n    return x @ self.weight"
    lib = library(apply({"nn.Linear.forward": text}))
    assert {question for question, _, _ in failures(course, lib)} == {"linear_forward"}
    lib = library(apply({"optim.SGD.step": "def step(self):\n    pass"}))
    assert {question for question, _, _ in failures(course, lib)} == {"sgd"}
    assert failures(course, course.lib) == []


def test_there_are_enough_programs():
    assert len(WRONG) >= 25
    assert len(RIGHT) >= 14
    assert len({program.name for program in [*WRONG, *RIGHT]}) == len(WRONG + RIGHT)
    assert set().union(*(program.loses for program in WRONG)) == EVERY
    assert all(program.loses for program in WRONG)


# ---- as submissions


@pytest.fixture(scope="module")
def grader():
    course = open_course(b"\x05" * 32)
    with Grader(course) as grader:
        yield grader


def graded(grader, program):
    sources = apply(program.replacements)
    modules = {name: sources[name].encode() for name in MODULES}
    return grader.grade(Submission(modules, notebook=b"", timestamp=b""))


@pytest.mark.parametrize("program", RIGHT, **IDS)
def test_right_program_gets_full_marks(grader, program):
    report = graded(grader, program)
    assert [(q.id, q.reason) for q in report.questions if q.lost] == []
    assert report.points == report.max_points


@pytest.mark.parametrize("program", WRONG, **IDS)
def test_wrong_program_loses_just_these_questions(grader, program):
    report = graded(grader, program)
    assert set(report.lost) == program.loses
    for question in report.questions:
        assert bool(question.reason) == (question.id in program.loses)
        assert "\n" not in question.reason
