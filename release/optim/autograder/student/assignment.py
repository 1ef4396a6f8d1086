"""What is in the folder of an assignment? Questions, probes, visible cases.

The course and a release have the same files: `tests/<assignment>/` holds
`questions.py`, `probes.py`, `visible.py` and, frozen from the reference,
`visible.json` with what each visible case should give.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.student.questions import Case, Probe, Question
from autograder.student.typed import rows

SHIPPED_PARTS = ("__init__.py", "questions.py", "probes.py", "visible.py")
FROZEN = "visible.json"


@dataclass(frozen=True)
class Assignment:
    """What students may know of an assignment.

    `seconds` is the computing time of each question that has no limit of its own.
    """

    name: str
    root: Path
    modules: tuple[str, ...]
    questions: tuple[Question, ...]
    visible: tuple[Case, ...]
    probes: Mapping[str, Any]
    seconds: float | None = None

    @property
    def folder(self) -> Path:
        return self.root / "tests" / self.name

    def question(self, question_id: str) -> Question:
        """Return the question with that id; KeyError if there is none."""
        return {question.id: question for question in self.questions}[question_id]

    def probe(self, case: Case) -> Probe:
        """Return the probe of a case; KeyError if there is none of its name."""
        found = self.probes[case.probe_name]
        return found if isinstance(found, Probe) else Probe(found)

    def visible_of(self, question_id: str) -> list[Case]:
        """Return the visible cases of a question."""
        return [case for case in self.visible if case.question == question_id]


class NoAssignment(ModuleNotFoundError):
    """There is none of that name: which there are, in one line."""


def load(root: Path, name: str) -> Assignment:
    """Return the assignment `name` of the course or release in `root`.

    Raises NoAssignment if it has none of that name.
    """
    if not (root / f"tests/{name}/questions.py").is_file():
        found = sorted(path.parent.name for path in root.glob("tests/*/questions.py"))
        there = ", ".join(found) or "none: is it the folder of the course?"
        raise NoAssignment(f"no assignment '{name}' in {root}; there is {there}")
    if sys.path[:1] != [str(root)]:  # imports take its own `tests` and `mytorch`
        sys.path.insert(0, str(root))
    questions, visible, probes = (
        importlib.import_module(f"tests.{name}.{part}")
        for part in ("questions", "visible", "probes")
    )
    return Assignment(
        name=name,
        root=root,
        modules=rows(questions, "MODULES", str),
        questions=rows(questions, "QUESTIONS", Question),
        visible=rows(visible, "CASES", Case),
        probes=vars(probes),
        seconds=getattr(questions, "SECONDS", None),
    )
