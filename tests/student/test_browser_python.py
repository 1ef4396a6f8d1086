"""A browser's Python has no processes, threads, sockets or links: all works without."""

import ast
import zipfile
from pathlib import Path

import pytest

from tests.support.students import copy_release, python, solve

ROOT = Path(__file__).resolve().parents[2]
STUDENT = sorted((ROOT / "autograder/student").rglob("*.py"))
# Of the standard library: what Python in a browser has, too.
LIBRARY = {
    "__future__", "argparse", "ast", "bisect", "collections", "contextlib", "copy",
    "dataclasses", "difflib", "enum", "functools", "hashlib", "html", "importlib",
    "inspect", "io", "itertools", "json", "keyword", "math", "operator", "os",
    "pathlib", "random", "re", "shutil", "sys", "textwrap", "time", "tokenize",
    "traceback", "types", "typing", "unicodedata", "warnings", "zipfile"
}  # fmt: skip
# Run in a process of its own, and only where there are processes.
ELSEWHERE = {"as_graded.py": "tempfile", "world.py": "threading"}

TAKE_AWAY = """
import sys
import numpy
import threading, os


def refuse(*arguments, **more):
    raise RuntimeError("there is no such thing in a browser")


for name in ("subprocess", "socket", "ssl", "multiprocessing", "_posixsubprocess",
             "_socket", "fcntl", "resource", "termios", "pwd"):
    sys.modules[name] = None
for name in ("fork", "symlink", "link", "posix_spawn", "system", "execv"):
    setattr(os, name, refuse)
threading.Thread.start = refuse
sys.platform = {platform!r}
"""
RUN = "from autograder.student.__main__ import main\nraise SystemExit(main({}))"


@pytest.fixture
def mine(released, tmp_path):
    folder = copy_release(released, "mlp", tmp_path)
    solve(folder, {"nn.ReLU.forward": "def forward(self, x):\n    return x\n"})
    return folder


def in_browser(folder, *arguments, platform="emscripten"):
    code = TAKE_AWAY.format(platform=platform) + RUN.format(list(arguments))
    return python(folder, "-c", code)


def imported(path):
    """Return the top names that a file imports at once, not inside functions."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("path", STUDENT, ids=lambda p: p.name)
def test_what_is_imported_at_once_is_in_every_python(path):
    if path.name in ELSEWHERE:
        assert ELSEWHERE[path.name] in imported(path)
        return
    assert imported(path) <= LIBRARY | {"numpy", "autograder"}


@pytest.mark.parametrize("platform", ["emscripten", "linux"])
def test_check_works_in_its_own_process_and_says_so(mine, platform):
    done = in_browser(mine, "check", "linear_forward", platform=platform)
    assert done.returncode == 0, done.stdout
    first, note = done.stdout.splitlines()
    assert first == "linear_forward: passed"
    assert note.startswith("Note: this Python cannot start another one, so your code")
    done = in_browser(mine, "check", "relu_forward", platform=platform)
    assert done.returncode == 1
    assert "yours, shape" in done.stdout
    assert "Read again: Question 1.2." in done.stdout


def test_pack_writes_the_zip_and_says_where_it_tried(mine):
    done = in_browser(mine, "pack")
    assert done.returncode == 0, done.stdout
    assert "8 of 9 questions pass. Next: relu_forward." in done.stdout
    assert "Note: this Python cannot start another one" in done.stdout
    with zipfile.ZipFile(mine / "mlp.zip") as archive:
        assert "mlp/mytorch/nn.py" in archive.namelist()


def test_exit_in_a_module_ends_nothing_there(mine):
    path = mine / "mytorch/nn.py"
    path.write_text(path.read_text() + "\nexit()\n")
    done = in_browser(mine, "pack")
    assert "it ends Python (nn.py line" in done.stdout
    assert (mine / "mlp.zip").exists()


def test_what_was_taken_away_is_missed_by_what_needs_it(mine):
    code = TAKE_AWAY.format(platform="linux") + (
        "from autograder.student import apart\n"
        "from pathlib import Path\n"
        "apart.try_apart(Path.cwd(), 'mlp', ['sgd'])\n"
    )
    assert (
        "ModuleNotFoundError: import of subprocess" in python(mine, "-c", code).stdout
    )
