"""A released folder as a student has it, and what a student may do in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from autograder.release import write_release
from tests.demo import copy_course
from tests.programs import apply

ASSIGNMENTS = ("miniflow", "mlp")


def make_releases(folder: Path) -> Path:
    """Return a folder that holds a fresh release of every assignment."""
    course = copy_course(folder / "course")
    for name in ASSIGNMENTS:
        write_release(course, name)
    return course / "release"


def copy_release(released: Path, name: str, target: Path) -> Path:
    """Return a student's own copy of a release."""
    return Path(shutil.copytree(released / name, target / name))


def solve(folder: Path, replacements: dict[str, str] | None = None) -> None:
    """Write the reference into a student's files, with parts replaced."""
    for module, source in apply(replacements or {}).items():
        path = folder / f"mytorch/{module}.py"
        if path.exists():
            path.write_text(source, encoding="utf-8")


def python(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run Python in a student's folder, which holds all it may find of the course."""
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=inherited | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
