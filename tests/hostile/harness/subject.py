"""What an attack has to know of an assignment, read from its questions."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from autograder.judging.submission import read_points
from autograder.student.questions import Case, Question, Value

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
    def master(self) -> Path:
        return ROOT / f"source/{self.name}/{self.name}.ipynb"

    @property
    def points(self) -> dict[str, float]:
        """The points of each question that is judged."""
        return {k: v for k, v in read_points(self.master).items() if k in self.ids}

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
        values = [value for case in cases for value in case.values().values()]
        return {repr(number) for value in values for number in floats(value)}


def floats(value: Value) -> list[float]:
    """Return all numbers of a value, however nested."""
    if isinstance(value, list | tuple):
        return [number for item in value for number in floats(item)]
    if value is None or isinstance(value, str) or callable(value):
        return []
    array = np.ravel(value)
    return array.astype(float).tolist() if array.dtype.kind in "biuf" else []


@cache
def subject(name: str) -> Subject:
    """Return the assignment whose material lies in tests/<name>."""
    asked = importlib.import_module(f"tests.{name}.questions")
    shown = importlib.import_module(f"tests.{name}.visible")
    return Subject(name, tuple(asked.MODULES), tuple(asked.QUESTIONS), shown.CASES)


def subjects() -> list[str]:
    """Return the names of all assignments there are."""
    return sorted(path.parent.name for path in ROOT.glob("tests/*/questions.py"))
