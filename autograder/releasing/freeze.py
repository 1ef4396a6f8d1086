"""What do visible cases give, on the reference and for known mistakes?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.judging.answer_key import Course
from autograder.judging.limited import limited
from autograder.student.assignment import FROZEN
from autograder.student.frozen import frozen_value
from autograder.student.marking import Trial, mark
from autograder.student.naming import Mistakes
from autograder.student.probing import CaseResult, Output


def freeze(root: Path, name: str) -> Path:
    """Write `visible.json` of an assignment and return its path."""
    path = root / "tests" / name / FROZEN
    with limited():
        course = Course.load(root, name, seed=bytes(32))
    text = frozen_text(course)
    path.write_text(text, encoding="utf-8")
    return path


def frozen_text(course: Course) -> str:
    """Return the visible arrays as JSON, a line for each output; no seed shows."""
    rows = {
        question.id: _rows(course, question.id)
        for question in course.assignment.questions
    }
    return dump(rows) + "\n"


def _rows(course: Course, question: str) -> list[dict[str, Any]]:
    trials = course.trials(question)
    return [
        {"expected": _outputs(trial.expected), "mistakes": _shown(trial, known)}
        for trial, known in zip(trials, course.mistakes(question), strict=True)
        if trial.visible
    ]


def _shown(trial: Trial, known: Mistakes) -> list[list[Any]]:
    """Return the mistakes that show in this case, each with what it gets wrong."""
    right = _outputs(trial.expected)
    return [
        [sentence, _wrong(right, _outputs(outputs))]
        for sentence, outputs in known
        if not mark(trial, CaseResult(tuple(outputs.items()))).passed
    ]


def _wrong(right: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the outputs that are not as in `right`, None for those not there."""
    names = dict.fromkeys([*right, *found])
    return {n: found.get(n) for n in names if found.get(n) != right.get(n)}


def _outputs(outputs: Mapping[str, Output]) -> dict[str, Any]:
    return {name: frozen_value(output) for name, output in outputs.items()}


def dump(value: Any, indent: str = "") -> str:
    """Return JSON in which a list of numbers takes one line, however it is nested."""
    inner = indent + " "
    if isinstance(value, dict) and value:
        parts = [f"{json.dumps(k)}: {dump(v, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}}}"
    if isinstance(value, list) and any(_is_deep(item) for item in value):
        parts = [dump(item, inner) for item in value]
        return "[\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}]"
    return json.dumps(value)


def _is_deep(value: Any) -> bool:
    if isinstance(value, list):
        return any(_is_deep(item) for item in value)
    return isinstance(value, dict | str)
