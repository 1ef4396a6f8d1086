"""What does a new assignment start from? One question that releases and grades."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.releasing.freeze import freeze

# The files as they will be, each with .txt behind its name, and NAME for the name.
FILES = Path(__file__).with_name("skeleton_files")
RESERVED = {"engine", "nbgrader", "student", "hostile", "assignments", "support"}


def new(root: Path, name: str) -> list[Path]:
    """Write the skeleton of an assignment and return its files.

    Raises RuntimeError for a name that cannot be one, or if a file is there already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in RESERVED:
        raise RuntimeError(
            f"'{name}' cannot be a name: use small letters, as in 'optim'"
        )
    files = {}
    for source in sorted(FILES.rglob("*.txt")):
        place = source.relative_to(FILES).with_suffix("").as_posix()
        path = root / place.replace("NAME", name)
        files[path] = source.read_text(encoding="utf-8").replace("NAME", name)
        if path.exists():
            raise RuntimeError(f"{path} is there already: choose another name")
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return [*files, freeze(root, name)]
