"""Programs asked and judged in this process, without a sandbox: for tests only."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType

import numpy as np

from autograder.judging.answer_key import Course
from autograder.judging.report import QuestionReport
from autograder.student.marking import Trial
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Raised, drive
from autograder.student.questions import Library

ROOT = Path(__file__).resolve().parents[2]
SEED = bytes(32)


class Court:
    """An assignment with its references and what known mistakes give.

    All that needs the reference is worked out at the start.
    """

    def __init__(self, assignment: str, seed: bytes = SEED) -> None:
        self.course = Course.load(ROOT, assignment, seed)
        questions = self.course.assignment.questions
        self.trials = {q.id: self.course.trials(q.id) for q in questions}
        for question in questions:
            self.course.mistakes(question.id)

    def question(self, lib: Library, name: str, limit: float = 1.0) -> QuestionReport:
        """Return what the grader would say of one question; a point for each."""
        trials = self.trials[name]
        results = [self.ask(trial, lib, limit) for trial in trials]
        verdicts = judge(trials, results, lambda: self.course.mistakes(name))
        return QuestionReport(name, 1.0, verdicts=tuple(verdicts))

    def lost(self, lib: Library, limit: float = 1.0) -> set[str]:
        """Return the questions of which `lib` fails a hidden case."""
        return {name for name in self.trials if self.question(lib, name, limit).lost}

    def ask(self, trial: Trial, lib: Library, limit: float) -> CaseResult:
        """Return what a library yields for a trial, in `limit` s of computing."""
        outputs, error = {}, None
        try:
            with at_most(limit), np.errstate(all="ignore"):
                driven = drive(trial.probe, lib, trial.inputs)
                outputs, error = driven.outputs, driven.error
        except SystemExit as stop:
            error = RuntimeError(str(stop))
        raised = Raised(type(error).__name__, str(error), "") if error else None
        return CaseResult(tuple(outputs.items()), raised)


@cache
def court(assignment: str, seed: bytes = SEED) -> Court:
    """Return the court of an assignment, made once."""
    return Court(assignment, seed)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block when its computing time is up, repeatedly."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("took more than a second")

    old = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old)
