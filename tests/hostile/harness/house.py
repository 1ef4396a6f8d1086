"""A Python that any user of the machine may run, with numpy and the course.

Python itself may lie in a folder that only its owner enters (under root's home on
many build machines). So the interpreter and its standard library are copied to where
everybody can read them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.trusted import launch
from tests.hostile.harness.subject import ROOT

USER = 65533
UNUSED = ("site-packages", "test", "idlelib", "ensurepip", "__pycache__", "*.a")
COURSE = ("autograder", "mytorch", "source", "tests", "nbgrader_config.py")


@dataclass(frozen=True)
class House:
    folder: Path
    python: Path

    def age(self) -> None:
        """Let no file of the library have been read since 1970, as `stat` tells."""
        for path in (self.folder / "lib").rglob("*.py"):
            os.utime(path, (0, path.stat().st_mtime))

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run the house's Python as an ordinary user; by itself if this is one."""
        user = USER if os.geteuid() == 0 else None
        return subprocess.run(
            [self.python, *command],
            user=user,
            group=user,
            extra_groups=[] if user else None,
            cwd=self.folder / "course",
            env={
                "PATH": os.environ["PATH"],
                "HOME": "/nowhere",
                "PYTHONHOME": str(self.folder),
                "PYTHONPATH": f"{self.folder / 'course'}:{self.folder / 'site'}",
                "LD_LIBRARY_PATH": str(self.folder / "lib"),
                "OPENBLAS_NUM_THREADS": "1",
            },
            capture_output=True,
            text=True,
            timeout=600,
        )


@contextmanager
def open_house() -> Iterator[House]:
    """Give the copy, and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="house-"))
    try:
        yield House(folder, _furnish(folder))
    finally:
        shutil.rmtree(folder)


def _furnish(folder: Path) -> Path:
    library = Path(sysconfig.get_path("stdlib"))
    ignore = shutil.ignore_patterns(*UNUSED)
    shutil.copytree(library, folder / "lib" / library.name, ignore=ignore)
    for shared in Path(sys.base_prefix, "lib").glob("libpython*.so*"):
        shutil.copy(shared, folder / "lib")
    (folder / "bin").mkdir()
    python = folder / "bin" / library.name
    shutil.copy(os.path.realpath(sys.executable), python)
    site = launch.numpy_folder()
    for package in ("numpy", "numpy.libs"):
        if (site / package).is_dir():
            shutil.copytree(site / package, folder / "site" / package)
    for part in COURSE:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / "course" / part, ignore=ignore)
        else:
            shutil.copy(ROOT / part, folder / "course" / part)
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else path.stat().st_mode | 0o444)
    return python
