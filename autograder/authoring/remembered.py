"""Was this very assignment checked before, by this very engine, and nothing found?

The whole check takes seconds, and a release is made again and again. So a check that
found nothing is remembered by the names of all files that it depends on.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from autograder.authoring.author_check import author_check
from autograder.authoring.faults import Fault
from autograder.judging.fingerprint import ENGINE, hash_of

ROOMS = ("authoring", "judging", "releasing", "sandbox", "student")
FOLDER = ".checked"
ELSEWHERE = "AUTOGRADER_CHECKED"  # a folder in place of the one in the course


def release_faults(root: Path, name: str, notebook: Path) -> tuple[Fault, ...]:
    """Return what stands in the way of a release; () if it was found to be nothing."""
    folder = Path(os.environ.get(ELSEWHERE) or root / FOLDER)
    mark = folder / _name(root, name, notebook)
    if mark.exists():
        return ()
    faults = author_check(root, name, seeds=1, notebook=notebook).faults
    if not faults:
        folder.mkdir(parents=True, exist_ok=True)
        mark.touch()
    return faults


def _name(root: Path, name: str, notebook: Path) -> str:
    """Return the name of all files that a check depends on, and of where they are."""
    rules = [path for room in ROOMS for path in (ENGINE / room).rglob("*.py")]
    own = [*root.glob("mytorch/*.py"), *root.glob(f"tests/{name}/*")]
    parts = (
        name,
        hash_of(ENGINE, rules),
        hash_of(root, filter(Path.is_file, own)),
        hash_of(notebook.parents[1], [notebook]),
    )
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()
