"""A released folder as a student has it, and what a student may do in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from jupyter_client.manager import start_new_kernel

from autograder.nbgrader_steps import release
from tests.support.demo import copy_course
from tests.support.programs import apply
from tests.support.samples import ASSIGNMENTS


def make_releases(folder: Path) -> Path:
    """Return a folder that holds a fresh release of every assignment.

    What an author got wrong is asked for in tests/assignments, and not here again.
    """
    course = copy_course(folder / "course")
    with patch.object(release, "release_faults", return_value=()):
        for name in ASSIGNMENTS:
            release.write_release(course, name)
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


@dataclass
class Shown:
    """What a cell showed: printed text, displayed text and HTML, and its error."""

    printed: str = ""
    text: str = ""
    html: str = ""
    error: str = ""


class Kernel:
    """A real notebook kernel in a student's folder. A context manager."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Kernel:
        self.manager, self.client = start_new_kernel(cwd=str(self.folder))
        return self

    def __exit__(self, *_: object) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code: str) -> Shown:
        """Run a cell and return what appears under it."""
        shown = Shown()

        def collect(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                shown.printed += content["text"]
            elif message["msg_type"] in ("display_data", "execute_result"):
                shown.text += content["data"].get("text/plain", "")
                shown.html += content["data"].get("text/html", "")
            elif message["msg_type"] == "error":
                shown.error = "\n".join(content["traceback"])

        self.client.execute_interactive(code, output_hook=collect, timeout=6000)
        return shown
