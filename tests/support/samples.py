"""A small class for the demo and the tests: each named after what is the matter.

A sample changes a copy of the released folder; `LOSES` of the same name says which
questions it must lose.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from autograder.student.assignment import load
from tests.support.programs import apply, known, of_mistake

ROOT = Path(__file__).resolve().parents[2]
Sample = Callable[[Path], object]

MLP_MISTAKES = {
    "grad-bias-averaged": ("linear_backward", "averaged over the batch"),
    "mask-of-gradient": ("relu_backward", "the mask must come from"),
    "loss-summed": ("xeloss_forward", "not averaged"),
    "backward-not-reversed": ("sequential_backward", "the layers run from first"),
}
UNWRITTEN = "def {0}(self, *given):\n    raise NotImplementedError('{0}')\n"
ENDLESS = "def {0}(self, *given):\n    while True:\n        pass\n"
LEAVES = "def {0}(self, *given):\n    import os\n    os._exit(3)\n"
FLOOD = "def {0}(self, *given):\n    print('ha' * 100_000_000)\n"
SPY = """
import os
found = []
for path in ("tests/hidden.py", "../tests/hidden.py", "/etc/passwd", "gradebook.db"):
    try:
        found.append(open(path).read())
    except OSError:
        pass
if found:
    raise RuntimeError(found)
"""


def samples(assignment: str) -> dict[str, tuple[Sample, set[str]]]:
    """Return the class: for each sample what it does and which questions it loses."""
    questions = {q.id for q in load(ROOT, assignment).questions}
    common: dict[str, tuple[Sample, set[str]]] = {
        "right": (code({}), set()),
        "nothing-written": (lambda folder: None, questions),
        "no-mytorch": (lambda folder: shutil.rmtree(folder / "mytorch"), questions),
        "link-to-the-course": (link_to_course, questions),
        "broken-notebook": (broken_notebook, set()),
        "renamed-notebook": (renamed_notebook, set()),
    }
    own = {"mlp": mlp, "miniflow": miniflow}[assignment]
    return common | own(questions)


def mlp(questions: set[str]) -> dict[str, tuple[Sample, set[str]]]:
    backward = {name for name in questions if name.endswith("backward")}
    later = {
        "nn.Linear.backward": UNWRITTEN.format("backward"),
        "nn.ReLU.backward": UNWRITTEN.format("backward"),
        "nn.Sequential.backward": UNWRITTEN.format("backward"),
        "nn.CrossEntropyLoss.backward": UNWRITTEN.format("backward"),
        "optim.SGD.step": UNWRITTEN.format("step"),
    }
    relu, linear = "nn.ReLU.forward", "nn.Linear.forward"
    spy = {**apply({}), "nn": SPY + apply({})["nn"].replace("from __future__", "# ", 1)}
    return {
        "half-done": (code(later), backward | {"sgd"}),
        "endless-loop": (code({relu: ENDLESS.format("forward")}), {"relu_forward"}),
        "leaves-python": (code({linear: LEAVES.format("forward")}), {"linear_forward"}),
        "prints-200-MB": (code({relu: FLOOD.format("forward")}), {"relu_forward"}),
        "syntax-error": (sources({"nn": "class Linear(:\n"}), questions),
        "spy": (sources(spy), set()),
        **mistakes("mlp", MLP_MISTAKES),
    }


def miniflow(questions: set[str]) -> dict[str, tuple[Sample, set[str]]]:
    later = {
        f"miniflow.{name}.backward": UNWRITTEN.format("backward")
        for name in ("Add", "Mul", "Linear", "Sigmoid", "MSE", "Input")
    }
    backward = {name for name in questions if name.endswith("backward")}
    add = "miniflow.Add.forward"
    rows = list(enumerate(known("miniflow")))
    return {
        "half-done": (code(later), backward - {"forward_and_backward"}),
        "leaves-python": (code({add: LEAVES.format("forward")}), {"add_forward"}),
        "syntax-error": (sources({"miniflow": "class Node(:\n"}), questions),
        **mistakes(
            "miniflow",
            {f"mistake-{i}": (m.question, m.sentence) for i, m in rows[::32]},
        ),
    }


def code(replacements: Mapping[str, str]) -> Sample:
    """Return a sample that hands in the reference with parts replaced."""
    return sources(apply(replacements))


def sources(modules: Mapping[str, str]) -> Sample:
    """Return a sample that hands in these modules, as far as the folder has them."""

    def hand_in(folder: Path) -> None:
        for name, text in modules.items():
            path = folder / "mytorch" / f"{name}.py"
            if path.exists():
                path.write_text(text, encoding="utf-8")

    return hand_in


def mistakes(
    assignment: str, named: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[Sample, set[str]]]:
    """Return a sample for each known mistake: its question, and how it is told."""
    return {
        name: (sources(of_mistake(assignment, mistake)), {question})
        for name, (question, words) in named.items()
        for mistake in known(assignment)
        if mistake.question == question and mistake.sentence.startswith(words)
    }


def broken_notebook(folder: Path) -> None:
    code({})(folder)
    (folder / f"{folder.name}.ipynb").write_text('{"cells": [')


def renamed_notebook(folder: Path) -> None:
    code({})(folder)
    (folder / f"{folder.name}.ipynb").rename(folder / "my work.ipynb")


def link_to_course(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(ROOT)
