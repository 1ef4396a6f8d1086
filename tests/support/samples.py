"""What does a small class hand in? Each sample is named after what is the matter.

A sample changes a copy of the released folder; with it stand the questions that it
must lose. All are made from what an assignment declares.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from autograder.student.assignment import load
from autograder.student.questions import Question
from tests.support.programs import apply, known, of_mistake

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = sorted(path.parent.name for path in ROOT.glob("tests/*/questions.py"))
Sample = Callable[[Path], object]
Samples = dict[str, tuple[Sample, set[str]]]

UNWRITTEN = "def {0}(*given, **named):\n    raise NotImplementedError('{0}')\n"
ENDLESS = "def {0}(*given, **named):\n    while True:\n        pass\n"
LEAVES = "def {0}(*given, **named):\n    import os\n    os._exit(3)\n"
FLOOD = "def {0}(*given, **named):\n    print('ha' * 100_000_000)\n"
NO_PYTHON = "class Linear(:\n"
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


def samples(assignment: str) -> Samples:
    """Return the class: for each sample what it does and which questions it loses."""
    return handed_in_oddly(assignment) | planted(assignment) | mistaken(assignment)


def handed_in_oddly(assignment: str) -> Samples:
    """Return the samples in which the folder is what matters."""
    every = {q.id for q in load(ROOT, assignment).questions}
    return {
        "right": (code({}), set()),
        "nothing-written": (lambda folder: None, every),
        "no-mytorch": (lambda folder: shutil.rmtree(folder / "mytorch"), every),
        "link-to-the-course": (link_to_course, every),
        "broken-notebook": (broken_notebook, set()),
        "renamed-notebook": (renamed_notebook, set()),
    }


def planted(assignment: str) -> Samples:
    """Return samples with a fault in the first questions, or all over the modules."""
    course = load(ROOT, assignment)
    first, second, *_ = course.questions
    later = course.questions[len(course.questions) // 2 :]
    right = apply({})
    broken = dict.fromkeys(course.modules, NO_PYTHON)
    spies = {name: right[name] + SPY for name in course.modules}
    return {
        "half-done": written_as(UNWRITTEN, later),
        "endless-loop": written_as(ENDLESS, [first]),
        "leaves-python": written_as(LEAVES, [second]),
        "prints-200-MB": written_as(FLOOD, [first]),
        "syntax-error": (sources(broken), {q.id for q in course.questions}),
        "spy": (sources(right | spies), set()),
    }


def written_as(text: str, questions: Iterable[Question]) -> tuple[Sample, set[str]]:
    """Return the sample that answers these questions with such a function."""
    asked = list(questions)
    changed = {q.target: text.format(q.target.split(".")[-1]) for q in asked}
    return code(changed), {q.id for q in asked}


def mistaken(assignment: str) -> Samples:
    """Return for each question a sample that makes the first of its mistakes."""
    found: Samples = {}
    for mistake in known(assignment):
        name = "mistake-in-" + mistake.question.replace("_", "-")
        if name not in found:
            program = of_mistake(assignment, mistake)
            found[name] = (sources(program), {mistake.question})
    return found


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


def broken_notebook(folder: Path) -> None:
    code({})(folder)
    (folder / f"{folder.name}.ipynb").write_text('{"cells": [')


def renamed_notebook(folder: Path) -> None:
    code({})(folder)
    (folder / f"{folder.name}.ipynb").rename(folder / "my work.ipynb")


def link_to_course(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.symlink_to(ROOT)
