"""Write down what visible cases give: on the reference, and for known mistakes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from autograder.judging.answer_key import Course
from autograder.student.assignment import FROZEN, INSTEAD
from autograder.student.marking import mark
from autograder.student.probing import CaseResult, Output, Unusable


def freeze(root: Path, name: str) -> Path:
    """Write `visible.json` of an assignment and return its path."""
    path = root / "tests" / name / FROZEN
    path.write_text(frozen_text(root, name), encoding="utf-8")
    return path


def frozen_text(root: Path, name: str) -> str:
    """Return the visible arrays as JSON, a line for each output."""
    course = Course.load(root, name, seed=bytes(32))
    rows = {
        question.id: _rows(course, question.id)
        for question in course.assignment.questions
    }
    return dump(rows) + "\n"


def _rows(course: Course, question: str) -> list[dict[str, Any]]:
    return [
        {"expected": _lists(trial.expected), "mistakes": _mistakes(course, question, i)}
        for i, trial in enumerate(course.trials(question))
        if trial.visible
    ]


def _mistakes(course: Course, question: str, index: int) -> list[list[Any]]:
    """Return the mistakes that show in this case, each with what it gives."""
    trial = course.trials(question)[index]
    found = []
    for sentence, outputs in course.mistakes(question)[index]:
        result = CaseResult(tuple(outputs.items()))
        expected, inputs = trial.expected, trial.inputs
        verdict = mark(trial.case, "", inputs, expected, result, visible=True)
        if not verdict.passed:
            found.append([sentence, _lists(outputs)])
    return found


def _lists(outputs: Mapping[str, Output]) -> dict[str, Any]:
    return {name: _list(output) for name, output in outputs.items()}


def _list(output: Output) -> Any:
    """Return what `student.assignment` reads back as this output."""
    if isinstance(output, Unusable):
        return {INSTEAD: output.what}
    numbers = output.tolist()
    plain = np.array(numbers).dtype == output.dtype or not output.size
    return numbers if plain else {output.dtype.name: numbers}


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
