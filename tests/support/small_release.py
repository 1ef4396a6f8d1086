"""A release of a few cells, and a student's work on it."""

import json
import zipfile

from autograder.student.manifest import Manifest
from autograder.student.version import MANIFEST

GRADED = {"nbgrader": {"grade": True, "solution": False, "grade_id": "q"}}
ANSWER = {"nbgrader": {"grade": True, "solution": True, "grade_id": "words"}}


def cell(name, source, **metadata):
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": source}


def release(folder, cells, *, stub="stub", assignment="mlp", **files):
    """Write a small release into a folder; return the folder."""
    files = {"tests/mlp/visible.json": "{}", **files, "mytorch/nn.py": stub}
    given = {path: text.encode() for path, text in files.items()}
    manifest = Manifest.of(assignment, ["nn"], cells, given)
    book = json.dumps({"cells": cells, "nbformat": 4}).encode()
    given |= {f"{assignment}.ipynb": book, MANIFEST: manifest.to_bytes()}
    for path, data in given.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder


def zipped(folder):
    with zipfile.ZipFile(target := folder.with_suffix(".zip"), "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, f"mlp/{path.relative_to(folder).as_posix()}")
    return target


OLD = [cell("idea", "An idea."), cell("check", "check('q')", **GRADED),
       cell("words", "Write here.", **ANSWER), cell("end", "The end.")]  # fmt: skip
NEW = [cell("idea", "A better idea."), cell("check", "check('q')  # 2", **GRADED),
       cell("hint", "A hint."), cell("words", "Write here, please.", **ANSWER),
       cell("end", "The end.")]  # fmt: skip


def at_work(folder):
    """Return a student's folder: a module, an answer, and a cell of their own."""
    release(folder, OLD, **{"images/old.svg": "x"})
    (folder / "mytorch/nn.py").write_text("my work")
    (folder / "notes.txt").write_text("my notes")
    cells = [OLD[0], cell("own", "My thoughts."), OLD[1],
             {**OLD[2], "source": "Because."}, OLD[3]]  # fmt: skip
    (folder / "mlp.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    return folder
