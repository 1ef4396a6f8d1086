"""`pack`: the zip file to hand in, after a last look."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from autograder.student.assignment import Assignment
from autograder.student.workplace import CheckFailed, open_workplace

PATIENCE = 60


class PackError(CheckFailed):
    """The folder is not complete, in one line."""


def pack() -> None:
    """Write `<assignment>.zip` beside the notebook.

    The folder must hold the notebook and all modules of `mytorch` that the assignment
    asks for. The visible cases run first, in a fresh process, so that what counts is
    what stands in the files; questions that do not pass yet are named, and the file
    is written all the same. Raises PackError if something is missing. In the course
    itself there is nothing to pack, and nothing is written.
    """
    assignment = _assignment()
    root, name = assignment.root, assignment.name
    if (root / "source" / name).is_dir():
        print("This is the course itself, not a student's folder: nothing to pack.")
        return
    wanted = [f"{name}.ipynb", *(f"mytorch/{m}.py" for m in assignment.modules)]
    missing = [path for path in wanted if not (root / path).is_file()]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise PackError(
            f"{', '.join(missing)} {verb} missing in {root}: put it back, under that "
            "name. Nothing is packed."
        )
    print(_fresh_check(root))
    target = root / f"{name}.zip"
    # A date before 1980, as some systems give, would be an error.
    with zipfile.ZipFile(
        target, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False
    ) as archive:
        for path in wanted:
            archive.write(root / path, f"{name}/{path}")
    print(f"Packed {', '.join(wanted)} into {target.name}. Hand in this file.")


def _assignment() -> Assignment:
    try:
        return open_workplace().assignment
    except CheckFailed as error:
        raise PackError(str(error)) from None


def _fresh_check(root: Path) -> str:
    """Return what the visible cases say, run in a process of its own."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "autograder", "check"],
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired:
        return (
            f"The visible cases took more than {PATIENCE} seconds: is there an endless "
            "loop?"
        )
    return done.stdout[-6000:].strip()
