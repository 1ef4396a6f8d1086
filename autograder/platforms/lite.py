"""What is a site on which students work in their browser? All releases, in JupyterLite.

The site is files alone: any web server can hand it out. Python runs in the browser
itself (Pyodide), and what a student writes stays in that browser.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat

from autograder.judging.answer_key import Course
from autograder.nbgrader_steps.lock import locked
from autograder.nbgrader_steps.staging import put_in_place
from autograder.releasing.leaks import Secrets
from autograder.student.check_failed import CheckFailed
from autograder.student.start import PACKAGES

KERNEL = "@jupyterlite/pyodide-kernel-extension"
LEFT_OUT = {"__pycache__"}
# The files without which Pyodide does not begin.
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
PAGE = "jupyter-lite.json"


class SiteError(CheckFailed):
    """The site cannot be built: why, and what to do, in one line."""


def build_site(root: Path, target: Path, pyodide: str) -> list[str]:
    """Write the site of all releases of the course in `root`; return their names.

    `pyodide` is the folder of Pyodide's full distribution, which goes into the site,
    or the address of a `pyodide.mjs`, which students' browsers load. What stood in
    `target` is replaced. Raises SiteError if something is missing, and LeakError if
    a release holds an answer.
    """
    elsewhere = pyodide.startswith(("https://", "http://"))
    if not elsewhere:
        check_pyodide(Path(pyodide))
    if target.exists() and not (target / PAGE).is_file():
        raise SiteError(f"{target} is there and is no such site: name another folder.")
    if find_spec("jupyterlite_core") is None:
        raise SiteError("JupyterLite is not installed: `pip install -e '.[lite]'`.")
    folders = sorted(path.parent for path in root.glob("release/*/*.ipynb"))
    if not folders:
        raise SiteError(f"no release in {root / 'release'}: make one first")
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        for folder in folders:
            _add(root, folder, project / "files" / folder.name)
        if not elsewhere:
            shutil.copytree(pyodide, project / "static" / "pyodide")
        _settings(project, pyodide if elsewhere else "")
        _run(project)
        _put(root, project / "site", target)
    return [folder.name for folder in folders]


def _put(root: Path, site: Path, target: Path) -> None:
    """Let the site take its place as a whole; another may build one, too."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(root), tempfile.TemporaryDirectory(dir=target.parent) as beside:
        put_in_place(Path(shutil.copytree(site, Path(beside, "site"))), target)


def check_pyodide(folder: Path) -> None:
    """Raise SiteError unless the folder holds what the notebooks need of Pyodide."""
    missing = [name for name in (*CORE, LOCK) if not (folder / name).is_file()]
    if missing:
        raise SiteError(
            f"{folder} is no unpacked Pyodide: {', '.join(missing)} is not in it. "
            "docs/places.md says where to get one."
        )
    lock = json.loads((folder / LOCK).read_text(encoding="utf-8"))["packages"]
    files = {lock[name]["file_name"] for name in _needed(lock)}
    absent = sorted(name for name in files if not (folder / name).is_file())
    if absent:
        raise SiteError(
            f"{folder} lacks {absent[0]} and {len(absent) - 1} more packages: take "
            "Pyodide's full distribution, not its core."
        )


def _needed(lock: Mapping[str, Any]) -> set[str]:
    """Return what the notebooks import, with all that it needs, as the lock has it."""
    found, todo = set[str](), {"micropip", *PACKAGES.values()}
    while todo:
        name = todo.pop().lower().replace("_", "-")
        if name not in lock:
            raise SiteError(f"This Pyodide has no package {name}: take a newer one.")
        if name not in found:
            todo |= set(lock[name]["depends"])
        found.add(name)
    return found


def _add(root: Path, folder: Path, target: Path) -> None:
    """Copy a release, once more searched for answers."""
    data = {}
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        hidden = any(p.startswith(".") or p in LEFT_OUT for p in place.parts)
        if path.is_file() and not hidden:
            data[place.as_posix()] = path.read_bytes()
    name = f"{folder.name}.ipynb"
    others = {key: content for key, content in data.items() if key != name}
    notebook = nbformat.reads(data[name].decode(), 4)  # type: ignore[no-untyped-call]
    Secrets.of(Course.load(root, folder.name)).search(notebook, others)
    for key, content in data.items():
        path = target / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _settings(project: Path, address: str) -> None:
    """Write what JupyterLite is to do, and what its kernel is told."""
    extension = Path(sys.prefix, "share/jupyter/labextensions", KERNEL)
    build = {
        "contents": [str(project / "files")],
        "output_dir": str(project / "site"),
        "apps": ["lab"],
        "no_sourcemaps": True,
        # No other extension of this Python: they need a server.
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(extension)],
    }
    # Nothing is loaded from a place that nobody named.
    kernel: dict[str, Any] = {"disablePyPIFallback": True}
    if address:
        kernel["pyodideUrl"] = address
    page = {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "mytorch",
            "litePluginSettings": {f"{KERNEL}:kernel": kernel},
        },
    }
    files = {"jupyter_lite_config.json": {"LiteBuildConfig": build}, PAGE: page}
    for name, content in files.items():
        (project / name).write_text(json.dumps(content), encoding="utf-8")


def _run(project: Path) -> None:
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    done = subprocess.run(
        command,
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode:
        last = (done.stdout.strip().splitlines() or ["without a word"])[-1]
        raise SiteError(f"JupyterLite stopped: {last}")
