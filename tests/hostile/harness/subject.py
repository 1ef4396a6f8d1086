"""What an attack has to know of an assignment, read from its questions."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from autograder.judging.submission import read_points
from autograder.student.questions import Case, Question, no_draw

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Subject:
    """An assignment, found by its folder in tests/.

    `one` is the question that an attack breaks when it breaks one, `module` the
    module of `mytorch` in which its answer stands: attacks are written behind that.
    """

    name: str
    modules: tuple[str, ...]
    questions: tuple[Question, ...]
    visible: tuple[Case, ...]

    @property
    def one(self) -> Question:
        return self.questions[0]

    @property
    def module(self) -> str:
        return self.one.module

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(question.id for question in self.questions)

    @property
    def points(self) -> dict[str, float]:
        """The points of each question that is judged."""
        return {k: v for k, v in read_points(ROOT, self.name).items() if k in self.ids}

    def targets(self, module: str) -> list[str]:
        """Return what the questions ask for in a module: "Linear.forward", ..."""
        return [q.method for q in self.questions if q.module == module]

    @property
    def handed_in(self) -> list[str]:
        """The files that the grader reads, as they lie in a submission."""
        return [*self.sources, f"{self.name}.ipynb"]

    @property
    def sources(self) -> list[str]:
        return [f"mytorch/{module}.py" for module in self.modules]

    def visible_numbers(self) -> set[str]:
        """Return the numbers that anybody knows: the visible inputs of `one`."""
        cases = [case for case in self.visible if case.question == self.one.id]
        arrays = [a for case in cases for a in case.inputs(no_draw()).values()]
        return {repr(number) for a in arrays for number in floats(a)}


def floats(array: object) -> list[float]:
    return np.ravel(np.asarray(array, dtype=float)).tolist()


@cache
def subject(name: str) -> Subject:
    """Return the assignment whose material lies in tests/<name>."""
    asked = importlib.import_module(f"tests.{name}.questions")
    shown = importlib.import_module(f"tests.{name}.visible")
    return Subject(name, tuple(asked.MODULES), tuple(asked.QUESTIONS), shown.CASES)


def subjects() -> list[str]:
    """Return the names of all assignments there are."""
    return sorted(path.parent.name for path in ROOT.glob("tests/*/questions.py"))
