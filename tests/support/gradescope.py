"""A place that looks like Gradescope's, where the scripts of a zip run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.conftest import needs

ROOT = Path(__file__).resolve().parents[2]


def unpack(archive: Path, home: Path) -> Path:
    """Return what becomes /autograder, with the zip in source/."""
    for folder in ("source", "submission", "results"):
        (home / folder).mkdir(parents=True)
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            path = Path(packed.extract(entry, home / "source"))
            path.chmod(entry.external_attr >> 16 & 0o777)
    return home


def inside(home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command where `home` is /autograder; nothing else can be written."""
    shown = []
    for path in sorted(Path("/").iterdir()):
        if path.is_symlink():
            shown += ["--symlink", os.readlink(path), str(path)]
        elif path.name not in {"proc", "dev", "tmp", "autograder", "sys"}:
            shown += ["--ro-bind", str(path), str(path)]
    bwrap = needs("bwrap")
    return subprocess.run(
        [bwrap, *shown, "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
         "--ro-bind", sys.prefix, sys.prefix, "--bind", home, "/autograder",
         "--chdir", "/", *command],
        capture_output=True, text=True, timeout=900,
    )  # fmt: skip


def hand_in(
    home: Path, sources: Mapping[str, str], folder: str = "."
) -> tuple[subprocess.CompletedProcess[str], Any]:
    """Put modules into /autograder/submission, below a folder; return the results."""
    shutil.rmtree(home / "submission")
    shutil.rmtree(home / "results")
    (home / "results").mkdir()
    place = home / "submission" / folder / "mytorch"
    place.mkdir(parents=True)
    for name, text in sources.items():
        (place / f"{name}.py").write_text(text)
    shutil.copy(ROOT / "release/mlp/mlp.ipynb", place.parent)
    done = inside(home, "/autograder/source/run_autograder")
    path = home / "results" / "results.json"
    return done, json.loads(path.read_text()) if path.exists() else None
