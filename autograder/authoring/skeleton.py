"""What does a new assignment start from? One question that releases and grades."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from autograder.releasing.freeze import freeze

MODULE = '''"""What {name} is about, in one line."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def scale(x: Array, by: float) -> Array:
    """Return `x` (N, I) times `by`, same shape."""
    ### BEGIN SOLUTION
    return np.asarray(x * by)
    ### END SOLUTION
'''
QUESTIONS = '''"""What does {name} ask, in the order of the notebook?"""

from autograder.student.questions import Question

MODULES = ("{name}",)

QUESTIONS = (
    Question("scale", "{name}.scale", "Question 1"),
)
'''
PROBES = '''"""How is each question of {name} asked of any implementation?"""

from autograder.student.declared import ask

scale = ask("{name}.scale", args=("x", "by"), same="x", axes={{"x": "N I", "output": "N I"}})
'''
VISIBLE = '''"""Which case of each question do students see?"""

from autograder.student.declared import case

CASES = (
    case("scale", "the example in the notebook", x=[[1, 2], [3, 5]], by=3.0),
)
'''
HIDDEN = '''"""Which cases decide the points? Nothing of this file ever ships."""

from autograder.judging.random_arrays import both_signs, uniform
from autograder.student.declared import case

CASES = (
    case("scale", "five rows", x=both_signs(5, 3), by=uniform(low=1.5, high=4.0)),
    case("scale", "a batch of one", x=both_signs(1, 3), by=uniform(low=1.5, high=4.0)),
)
'''
MISTAKES = '''"""How do students get {name} wrong, and what are they told? Nothing of it ships."""

from autograder.judging.mistakes import mistakes

scale = mistakes("scale")
scale("is divided; the formula multiplies", ("x * by", "x / by"))
scale("x itself was changed: make a new array", ("np.asarray(x * by)", "np.multiply(x, by, out=x)"))
'''
RIGHT = '''"""Which other programs are right, and which gradients can be proved? For tests only."""

from tests.support.programs import Right

RIGHT = [
    Right("entry by entry", {{"{name}.scale": "def scale(x, by):\\n    return np.array([[by * v for v in row] for row in x])"}}),
]
# question, of which, gradient by input, the input that weighs, the output
SLOPES = ()
'''
EXAMPLE = """%load_ext autoreload
%autoreload 2
import numpy as np

from autograder import attempt, check
from mytorch import {name}"""
PARTS = {
    "mytorch/{name}.py": MODULE,
    "tests/{name}/__init__.py": '"""An assignment: {name}."""\n',
    "tests/{name}/questions.py": QUESTIONS,
    "tests/{name}/probes.py": PROBES,
    "tests/{name}/visible.py": VISIBLE,
    "tests/{name}/hidden.py": HIDDEN,
    "tests/{name}/mistakes.py": MISTAKES,
    "tests/{name}/right.py": RIGHT,
}
RESERVED = {"engine", "nbgrader", "student", "hostile", "assignments", "support"}


def new(root: Path, name: str) -> list[Path]:
    """Write the skeleton of an assignment and return its files.

    Raises RuntimeError for a name that cannot be one, or if a file is there already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in RESERVED:
        raise RuntimeError(
            f"'{name}' cannot be a name: use small letters, as in 'optim'"
        )
    files = {root / p.format(name=name): t.format(name=name) for p, t in PARTS.items()}
    notebook = root / f"source/{name}/{name}.ipynb"
    cells = _notebook(name)
    text = json.dumps(cells, indent=1, sort_keys=True, ensure_ascii=False)
    files[notebook] = text + "\n"
    for path in files:
        if path.exists():
            raise RuntimeError(f"{path} is there already: choose another name")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [*files, freeze(root, name)]


def _notebook(name: str) -> dict[str, Any]:
    file = f"[mytorch/{name}.py](mytorch/{name}.py)"
    text = f"**Your turn.** In {file}, write `scale`: every entry of `x` times `by`."
    example = (
        'with attempt("scale"):\n'
        f"    print({name}.scale(np.array([[1.0, 2.0], [3.0, 5.0]]), 3.0))"
    )
    return {
        "cells": [
            _cell("markdown", "welcome", f"# {name}\n\n## Questions"),
            _cell("code", "start", EXAMPLE.format(name=name)),
            _cell("markdown", "scale", "### Question 1: `scale`\n\n" + text),
            _cell("code", "scale-example", example),
            _cell("code", "scale-check", 'check("scale")', graded="scale"),
        ],
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(kind: str, id: str, source: str, graded: str = "") -> dict[str, Any]:
    metadata: dict[str, Any] = {}
    if graded:
        marks = {"grade": True, "grade_id": graded, "locked": True, "points": 100}
        marks |= {"schema_version": 3, "solution": False, "task": False}
        metadata = {"deletable": False, "editable": False, "nbgrader": marks}
        metadata["tags"] = ["raises-exception"]
    cell: dict[str, Any] = {"cell_type": kind, "id": id, "metadata": metadata}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    return {**cell, "source": source.splitlines(keepends=True)}
