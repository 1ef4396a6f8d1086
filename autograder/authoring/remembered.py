"""Was this very assignment checked before, by this very engine, and nothing found?

The whole check takes seconds, and a release is made again and again. So a check that
found nothing is remembered by the names of all files that it depends on.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from autograder.authoring.author_check import author_check
from autograder.authoring.faults import Fault

ENGINE = Path(__file__).resolve().parents[1]
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
    whole = hashlib.sha256(name.encode())
    files = [*_files(root, name), (notebook.parents[1], notebook)]
    for base, path in files:
        data = path.read_bytes()
        place = path.relative_to(base).as_posix()
        whole.update(f"{place} {len(data)}\n".encode() + data)
    return whole.hexdigest()


def _files(root: Path, name: str) -> Iterator[tuple[Path, Path]]:
    """Yield all files that a check depends on, each with the folder it is named by."""
    for room in ROOMS:
        yield from ((ENGINE, path) for path in sorted((ENGINE / room).rglob("*.py")))
    own = [
        *root.glob("mytorch/*.py"),
    ]
    own += [path for path in root.glob(f"tests/{name}/*") if path.is_file()]
    yield from ((root, path) for path in sorted(own))
