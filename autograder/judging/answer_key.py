"""What only the judge knows: the reference, the hidden cases, the secret seed."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from autograder.judging.misconceptions import Misconceptions, made
from autograder.judging.random_arrays import case_inputs
from autograder.judging.seed import read_seed
from autograder.student.assignment import Assignment, load, put_first
from autograder.student.marking import Mistakes
from autograder.student.probing import drive
from autograder.student.questions import Array, Case, Inputs, Library


@dataclass(frozen=True)
class Trial:
    """One case with its inputs, and what the reference gives for them."""

    case: Case
    label: str
    visible: bool
    inputs: Inputs
    expected: Mapping[str, Array]


@dataclass
class Course:
    """An assignment with its answers. Never let it near a student's code."""

    assignment: Assignment
    hidden: tuple[Case, ...]
    misconceptions: Misconceptions
    lib: Library
    seed: bytes
    _mistakes: dict[str, list[Mistakes]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def load(cls, root: Path, name: str, seed: bytes | None = None) -> Course:
        """Return the course in `root` for one assignment.

        Without `seed`, that of the course is used. Raises ModuleNotFoundError if there
        is no assignment of that name, SeedError if the seed cannot be used.
        """
        assignment = load(root, name)
        hidden = importlib.import_module(f"tests.{name}.hidden").CASES
        known = importlib.import_module(f"tests.{name}.misconceptions").MISCONCEPTIONS
        lib = reference(root, assignment.modules)
        return cls(assignment, hidden, known, lib, seed or read_seed(root))

    def trials(self, question: str) -> list[Trial]:
        """Return the cases of a question, the visible ones first."""
        visible = self.assignment.visible_of(question)
        hidden = [case for case in self.hidden if case.question == question]
        return [
            self._trial(case, i, i < len(visible))
            for i, case in enumerate([*visible, *hidden])
        ]

    def _trial(self, case: Case, index: int, visible: bool) -> Trial:
        inputs = case_inputs(case, index, self.seed)
        label = "visible case" if visible else f"hidden case {index} ({case.about})"
        return Trial(case, label, visible, inputs, self._answer(case, inputs))

    def _answer(self, case: Case, inputs: Inputs) -> Mapping[str, Array]:
        """Return what the reference gives; RuntimeError if it fails at the case."""
        probe = self.assignment.probes[case.probe_name]
        outputs, error = drive(probe, self.lib, inputs)
        arrays = {k: out for k, out in outputs if isinstance(out, np.ndarray)}
        if error or len(arrays) < len(outputs):
            raise RuntimeError(
                f"the reference must pass every case, but fails {case.question} "
                f"({case.about}): {error or 'an output is no array'}"
            )
        return arrays

    def mistakes(self, question: str) -> list[Mistakes]:
        """Return what each known mistake gives, for each of the question's trials."""
        with self._lock:
            if question not in self._mistakes:
                self._mistakes[question] = [
                    self._mistakes_of(trial) for trial in self.trials(question)
                ]
            return self._mistakes[question]

    def _mistakes_of(self, trial: Trial) -> Mistakes:
        found = []
        probe = self.assignment.probes[trial.case.probe_name]
        for known in self.misconceptions:
            if known.question != trial.case.question:
                continue
            with made(known, self.lib), np.errstate(all="ignore"):
                outputs, error = drive(probe, self.lib, trial.inputs)
            arrays = [out for _, out in outputs if isinstance(out, np.ndarray)]
            # NaN and infinity are like nothing, themselves included.
            if not error and all(np.isfinite(array).all() for array in arrays):
                found.append((known.sentence, dict(outputs)))
        return found


def reference(root: Path, modules: tuple[str, ...]) -> SimpleNamespace:
    """Return the reference library of the course in `root`."""
    put_first(root)
    loaded = {name: importlib.import_module(f"mytorch.{name}") for name in modules}
    return SimpleNamespace(**loaded)
