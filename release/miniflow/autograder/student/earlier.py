"""Where is the module of an earlier assignment, and does it load?"""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path
from typing import Any

from autograder.student.apart import can_start_processes
from autograder.student.check_failed import CheckFailed
from autograder.student.workplace import find_assignment, load_library

LONGEST_LOAD = 20.0


class NotHere:
    """In place of a missing module: every use of it says why it is missing."""

    def __init__(self, why: str) -> None:
        self._why = why

    def __getattr__(self, name: str) -> Any:
        raise NotImplementedError(f"not yet written, or not here: {self._why}")


def bring(assignment: str, module: str) -> Any:
    """Return your module of an earlier assignment, copied into this `mytorch`.

    It is taken from the folder of that assignment beside this one, unless `mytorch`
    has a file of that name already. If it is missing, one line says so; a cell under
    `attempt` that needs it says so too. No question needs it.
    """
    try:
        root = load_library(find_assignment()).assignment.root
    except CheckFailed as error:
        print(error)
        return NotHere(str(error))
    why = _fetch(root, assignment, module) or _problem(root, module)
    if why:
        print(why)
        return NotHere(why)
    return importlib.import_module(f"mytorch.{module}")


def _fetch(root: Path, assignment: str, module: str) -> str:
    """Copy the module into `mytorch` if it is not there; return why that failed."""
    file = f"mytorch/{module}.py"
    beside = root.parent / assignment / file
    if (root / file).exists():
        return ""
    if not beside.is_file():
        return (
            f"{file} is not here: copy the one of your assignment {assignment} into "
            "the folder mytorch beside this notebook, and run this cell again"
        )
    shutil.copyfile(beside, root / file)
    importlib.invalidate_caches()
    print(f"{file} was copied from your assignment {assignment}.")
    return ""


def _problem(root: Path, module: str) -> str:
    """Return why the module does not load, tried in another process."""
    if not can_start_processes():
        return ""  # as in a browser: importing it will show
    import subprocess

    load = [sys.executable, "-c", f"import mytorch.{module}"]
    try:
        done = subprocess.run(
            load, cwd=root, capture_output=True, text=True, timeout=LONGEST_LOAD
        )
    except subprocess.TimeoutExpired:
        return f"mytorch/{module}.py takes too long to load: does a loop never end?"
    said = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
    return f"mytorch/{module}.py does not load: {said[-1]}" if done.returncode else ""
