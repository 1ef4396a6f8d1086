"""What should each visible case give? Reads and writes `visible.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.student.assignment import FROZEN, Assignment
from autograder.student.naming import Mistakes
from autograder.student.probing import Output, Unusable
from autograder.student.questions import Value

# In visible.json a mistake has only what it gets wrong, null for an output that is not
# there. A number or a list of numbers is an array. These are the others.
INSTEAD = "instead of an array"
PLAIN = "value"
TUPLE = "tuple"


@dataclass(frozen=True)
class Frozen:
    """What one visible case gives: on the reference, and for each known mistake."""

    expected: Mapping[str, Value]
    mistakes: Mistakes

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Frozen:
        right = row["expected"]
        mistakes = [
            (said, thawed({n: v for n, v in (right | wrong).items() if v is not None}))
            for said, wrong in row["mistakes"]
        ]
        return cls(thawed(right), mistakes)


def frozen_cases(assignment: Assignment) -> dict[str, list[Frozen]]:
    """Return what the visible cases should give, per question and case."""
    text = (assignment.folder / FROZEN).read_text(encoding="utf-8")
    return {
        question: [Frozen.from_json(row) for row in rows]
        for question, rows in json.loads(text).items()
    }


def thawed(rows: Mapping[str, Any]) -> dict[str, Output]:
    """Return the outputs that `frozen_value` wrote."""
    return {name: _output(value) for name, value in rows.items()}


def _output(value: Any) -> Output:
    if not isinstance(value, dict):
        return np.array(value)
    [(kind, what)] = value.items()
    if kind == INSTEAD:
        return Unusable(what)
    if kind in (PLAIN, TUPLE) and isinstance(what, list):
        items = [_output(item) for item in what]
        return tuple(items) if kind == TUPLE else items
    return what if kind == PLAIN else np.array(what, kind)


def frozen_value(output: Output) -> Any:
    """Return an output as visible.json has it."""
    if isinstance(output, Unusable):
        return {INSTEAD: output.what}
    if isinstance(output, list | tuple):
        items = [frozen_value(item) for item in output]
        return {TUPLE if isinstance(output, tuple) else PLAIN: items}
    if not isinstance(output, np.ndarray):
        return {PLAIN: output}
    numbers = output.tolist()
    plain = np.array(numbers).dtype == output.dtype or not output.size
    return numbers if plain else {output.dtype.name: numbers}
