"""Synthetic classes: many students, no two of whom hand in the same bytes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from autograder.judging.handed_in import Submission
from autograder.nbgrader_steps.release import write_release
from tests.support.demo import copy_course
from tests.support.programs import apply, known, of_mistake
from tests.support.samples import ENDLESS, UNWRITTEN

MODULES = ("nn", "optim")
Sources = dict[str, str]
HALF_DONE = {
    "nn.Linear.backward": UNWRITTEN.format("backward"),
    "nn.ReLU.backward": UNWRITTEN.format("backward"),
    "nn.Sequential.backward": UNWRITTEN.format("backward"),
    "nn.CrossEntropyLoss.backward": UNWRITTEN.format("backward"),
    "optim.SGD.step": UNWRITTEN.format("step"),
}
# Who is what: the student's number, modulo 4.
RIGHT, MISTAKEN = (0, 2), 1
HOSTILE = {"nn.ReLU.forward": ENDLESS.format("forward")}


def programs(size: int, hostile: int = 0) -> list[Sources]:
    """Return the modules of `size` students, `hostile` of them with an endless loop.

    Of four others two have everything right, one has made a known mistake and one
    is half done.
    """
    every = size // hostile if hostile else size + 1
    endless = apply(HOSTILE)
    found = []
    for number, sources in enumerate(islice(_programs(), size)):
        chosen = endless if number % every == every - 1 else sources
        mark = f"\n# student {number}\n"
        found.append({name: chosen[name] + mark for name in MODULES})
    return found


def _programs() -> Iterator[Sources]:
    right, half_done = apply({}), apply(HALF_DONE)
    wrong = cycle([of_mistake("mlp", mistake) for mistake in known("mlp")])
    while True:
        yield from (right, next(wrong), right, half_done)  # as RIGHT and MISTAKEN say


def submissions(size: int, hostile: int = 0) -> list[Submission]:
    """Return a class as it is once it has been read, without notebooks."""
    return [
        Submission({k: text.encode() for k, text in sources.items()}, b"", b"")
        for sources in programs(size, hostile)
    ]


def make_course(folder: Path, *, reduced: bool = False) -> Path:
    """Return a new copy of the course with mlp released.

    If `reduced`, its notebook is nothing but imports, graded cells and headings.
    """
    course = copy_course(folder)
    if reduced:
        reduce(course / "source/mlp")
    write_release(course, "mlp")
    return course


def reduce(source: Path) -> None:
    """Leave nothing in the notebook but its imports, graded cells and headings."""
    path = source / f"{source.name}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            lines = "".join(cell["source"]).splitlines()
            cell["source"] = "\n".join(line for line in lines if line.startswith("#"))
    notebook["cells"] = [cell for cell in notebook["cells"] if _is_kept(cell)]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    for folder in source.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)


def _is_kept(cell: dict[str, Any]) -> bool:
    """Return whether a cell is graded, imports the checker, or begins a question."""
    text = "".join(cell["source"])
    graded = cell["metadata"].get("nbgrader", {}).get("grade", False)
    heading = cell["cell_type"] == "markdown" and text.startswith("#")
    return graded or heading or "from autograder import" in text


def hand_in(course: Path, size: int, *parts: str, hostile: int = 0) -> None:
    """Let `size` students hand in their modules, with these parts of the release."""
    release = course / "release/mlp"
    for number, sources in enumerate(programs(size, hostile)):
        folder = course / "submitted" / f"s{number:05}" / "mlp"
        (folder / "mytorch").mkdir(parents=True)
        for name, text in sources.items():
            (folder / "mytorch" / f"{name}.py").write_text(text, encoding="utf-8")
        shutil.copy(release / "mytorch/__init__.py", folder / "mytorch")
        shutil.copy(release / "mlp.ipynb", folder)
        for part in parts:
            shutil.copytree(release / part, folder / part)
