"""What does only the judge know? The reference, the hidden cases, the secret seed."""

from __future__ import annotations

import importlib
import math
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from autograder.judging.limited import LONGEST, Endless, limited
from autograder.judging.mistakes import Mistake, collected
from autograder.judging.random_arrays import case_inputs
from autograder.judging.seed import read_seed
from autograder.judging.source import SourceError, library
from autograder.sandbox.exchange import Limits
from autograder.student.assignment import Assignment, load
from autograder.student.marking import Trial
from autograder.student.naming import Mistakes
from autograder.student.probing import Driven, Unusable, drive
from autograder.student.questions import Case, Inputs, Library, Probe, Question, Rule
from autograder.student.typed import rows

# So many times as long as the reference may an answer compute, where that is more
# than the usual limit.
SLOWER = 20


class AnswerError(RuntimeError):
    """The reference, or a row of the assignment, is not as it should be."""


@dataclass
class Course:
    """An assignment with its answers; never in a process that runs students' code.

    `sources` are the reference's modules by name. Cases are drawn once.
    """

    assignment: Assignment
    hidden: tuple[Case, ...]
    known: tuple[Mistake, ...]
    sources: dict[str, str]
    seed: bytes
    _trials: dict[str, list[Trial]] = field(default_factory=dict)
    _took: dict[str, float] = field(default_factory=dict)
    _mistakes: dict[str, list[Mistakes]] = field(default_factory=dict)
    _libraries: dict[Mistake, Library] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @classmethod
    def load(cls, root: Path, name: str, seed: bytes | None = None) -> Course:
        """Return the course in `root` for one assignment.

        Without `seed`, that of the course is used. Raises ModuleNotFoundError if there
        is no assignment of that name, SeedError if the seed cannot be used.
        """
        assignment = load(root, name)
        hidden = rows(importlib.import_module(f"tests.{name}.hidden"), "CASES", Case)
        known = collected(importlib.import_module(f"tests.{name}.mistakes"))
        sources = {}
        for module in assignment.modules:
            path = root / f"mytorch/{module}.py"
            try:
                sources[module] = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                mend = 'MODULES is a tuple of modules of mytorch, as in ("nn",)'
                raise AnswerError(f"mytorch/{module}.py: {error}; {mend}") from error
        seed = seed or read_seed(root)
        return cls(assignment, hidden, tuple(known), sources, seed)

    @cached_property
    def lib(self) -> Library:
        """The reference, loaded apart from what this process has of `mytorch`."""
        return library(self.sources)

    def trials(self, question: str) -> list[Trial]:
        """Return the cases of a question, the visible ones first."""
        with self._lock:
            if question not in self._trials:
                visible = self.assignment.visible_of(question)
                hidden = [case for case in self.hidden if case.question == question]
                started = time.thread_time()
                self._trials[question] = [
                    *(self._trial(case, True, len(visible) > 1) for case in visible),
                    *(self._trial(case, False, True) for case in hidden),
                ]
                self._took[question] = time.thread_time() - started
            return self._trials[question]

    def limits(self, question: Question) -> Limits | None:
        """Return the limits of a question, None for the usual.

        Its author may set its seconds, or those of the assignment. Otherwise they
        follow from what the reference computes for its cases.
        """
        usual = Limits()
        seconds = question.seconds or self.assignment.seconds
        if not seconds:
            self.trials(question.id)
            seconds = math.ceil(SLOWER * self._took[question.id])
            if seconds <= usual.computing_seconds:
                return None
        return Limits(seconds, max(seconds, usual.seconds))

    def _trial(self, case: Case, visible: bool, named: bool) -> Trial:
        with limited():
            inputs = case_inputs(case, self.assignment.name, self.seed, visible)
        about = f" ({case.about})" if named else ""
        label = f"{'visible' if visible else 'hidden'} case{about}"
        probe = self.assignment.probe(case)
        right = self._answer(case, probe, inputs)
        return Trial(case, label, visible, probe, inputs, right.outputs, right.rules)

    def _answer(self, case: Case, probe: Probe, inputs: Inputs) -> Driven:
        """Return what the reference gives; AnswerError if it fails at the case."""
        driven = self.driven(case, probe, self.lib, inputs, LONGEST)
        what = ""
        for name, out in driven.outputs.items():
            if isinstance(out, Unusable):
                what = f"its {name} is no plain value"
            if not isinstance(name, str) or not isinstance(driven.rules[name], Rule):
                what = "its probe yields (name, value), or (name, value, Rule)"
        if driven.error:
            what = f"{type(driven.error).__name__}: {driven.error}"
        if what:
            raise AnswerError(
                f"the reference must pass every case, but fails {case.question} "
                f"({case.about}): {what}"
            )
        return driven

    def driven(
        self,
        case: Case,
        probe: Probe,
        lib: Library,
        inputs: Inputs,
        limits: Limits | None = None,
    ) -> Driven:
        """Return what `drive` does; the error is what ended it, by time or exit."""
        limits = limits or self.limits(self.assignment.question(case.question))
        try:
            with limited(limits or Limits()), np.errstate(all="ignore"):
                return drive(probe, lib, inputs)
        except Endless as error:
            return Driven({}, {}, TimeoutError(str(error)))
        except SystemExit:
            return Driven({}, {}, RuntimeError("ends the process: exit() or quit()"))

    def mistaken(self, mistake: Mistake) -> Library:
        """Return the library of somebody who makes this mistake.

        Raises SourceError, which names the mistake, if it cannot be made.
        """
        if mistake not in self._libraries:
            target = self.assignment.question(mistake.question).target
            try:
                changed = mistake.applied(target, self.sources)
            except SourceError as error:
                place = f"tests/{self.assignment.name}/mistakes.py"
                raise SourceError(f"{place}, '{mistake.sentence}': {error}") from error
            self._libraries[mistake] = library(changed)
        return self._libraries[mistake]

    def mistakes(self, question: str) -> list[Mistakes]:
        """Return what each known mistake gives, for each of the question's trials."""
        with self._lock:
            if question not in self._mistakes:
                known = [m for m in self.known if m.question == question]
                made = [(m.sentence, self.mistaken(m)) for m in known]
                trials = self.trials(question)
                self._mistakes[question] = [self._given(t, made) for t in trials]
            return self._mistakes[question]

    def _given(self, trial: Trial, made: Sequence[tuple[str, Library]]) -> Mistakes:
        """Return what each mistake gives in a case, if it gives finite plain values.

        Raises AnswerError if one never ends.
        """
        found = []
        for sentence, lib in made:
            driven = self.driven(trial.case, trial.probe, lib, trial.inputs)
            if isinstance(driven.error, TimeoutError):
                name, place = self.assignment.name, f"({trial.case.question})"
                where = f"tests/{name}/mistakes.py, '{sentence}' {place}"
                raise AnswerError(f"{where}: {driven.error}")
            outputs = driven.outputs.values()
            arrays = [out for out in outputs if isinstance(out, np.ndarray)]
            # NaN and infinity equal no output of a student's.
            if not driven.error and all(np.isfinite(array).all() for array in arrays):
                found.append((sentence, driven.outputs))
        return found
