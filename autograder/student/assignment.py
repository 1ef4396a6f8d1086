"""An assignment as it lies in a folder: its questions, probes and visible cases.

The same files lie in the course and in a release: `tests/<assignment>/` holds
`questions.py`, `probes.py`, `visible.py` and, frozen from the reference,
`visible.json` with what each visible case should give.
"""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.student.marking import Mistakes
from autograder.student.probing import Output, Unusable
from autograder.student.questions import Array, Case, Probe, Question, find

Expected = Mapping[str, Array]
SHIPPED_PARTS = ("__init__.py", "questions.py", "probes.py", "visible.py")
FROZEN = "visible.json"
INSTEAD = "instead of an array"


@dataclass(frozen=True)
class Assignment:
    """What students may know of an assignment."""

    name: str
    root: Path
    modules: tuple[str, ...]
    questions: tuple[Question, ...]
    visible: tuple[Case, ...]
    probes: Mapping[str, Probe]

    @property
    def folder(self) -> Path:
        return self.root / "tests" / self.name

    def question(self, question_id: str) -> Question:
        """Return the question with that id; KeyError if there is none."""
        return find(self.questions, question_id)

    def visible_of(self, question_id: str) -> list[Case]:
        """Return the visible cases of a question."""
        return [case for case in self.visible if case.question == question_id]

    def frozen(self) -> dict[str, list[Frozen]]:
        """Return what the visible cases should give, per question and case."""
        text = (self.folder / FROZEN).read_text(encoding="utf-8")
        return {
            question: [Frozen.from_json(row) for row in rows]
            for question, rows in json.loads(text).items()
        }


@dataclass(frozen=True)
class Frozen:
    """What one visible case gives: on the reference, and for each known mistake."""

    expected: Expected
    mistakes: Mistakes

    @classmethod
    def from_json(cls, row: Mapping[str, object]) -> Frozen:
        expected, mistakes = row["expected"], row["mistakes"]
        assert isinstance(expected, dict)
        assert isinstance(mistakes, list)
        arrays = {name: np.array(value) for name, value in expected.items()}
        return cls(arrays, [(sentence, _outputs(o)) for sentence, o in mistakes])


def _outputs(rows: Mapping[str, Any]) -> dict[str, Output]:
    return {name: _output(value) for name, value in rows.items()}


def _output(value: Any) -> Output:
    """Return an output: numbers are an array; a mistake's may be of another type."""
    if not isinstance(value, dict):
        return np.array(value)
    [(kind, what)] = value.items()
    return Unusable(what) if kind == INSTEAD else np.array(what, kind)


def load(root: Path, name: str) -> Assignment:
    """Return the assignment `name` of the course or release in `root`.

    Raises ModuleNotFoundError if it has none of that name.
    """
    put_first(root)
    questions = importlib.import_module(f"tests.{name}.questions")
    visible = importlib.import_module(f"tests.{name}.visible")
    probes = importlib.import_module(f"tests.{name}.probes")
    return Assignment(
        name=name,
        root=root,
        modules=questions.MODULES,
        questions=questions.QUESTIONS,
        visible=visible.CASES,
        probes=vars(probes),
    )


def put_first(root: Path) -> None:
    """Let imports look in `root` first, for its own `tests` and `mytorch`."""
    if sys.path[:1] != [str(root)]:
        sys.path.insert(0, str(root))
