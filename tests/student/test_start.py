"""The first minute: an old Python, another folder, missing packages, and `start`."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.student import start
from tests.support.students import Kernel, copy_release, python

ROOT = Path(__file__).resolve().parents[2]
# What Python reads before it knows that it is too old.
READ_FIRST = ("__init__.py", "start.py")


@pytest.fixture
def mine(released, tmp_path):
    return copy_release(released, "mlp", tmp_path)


def first_cell(folder):
    cells = json.loads((folder / "mlp.ipynb").read_text())["cells"]
    return next(t for c in cells if "autoreload" in (t := "".join(c["source"])))


def old_pythons():
    """Return the Pythons on this machine that are too old, where they can run."""
    places = os.environ["PATH"].split(os.pathsep)
    names = [f"python3.{minor}" for minor in range(6, start.OLDEST[1])]
    found = [shutil.which(name, path=place) for name in names for place in places]
    found += map(str, Path.home().glob(".pyenv/versions/3.[6-9].*/bin/python"))
    return [path for path in found if path and ran(path, "-c", "").returncode == 0]


def ran(path, *arguments, cwd=None):
    return subprocess.run(
        [path, *arguments],
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


@pytest.mark.parametrize("name", READ_FIRST)
def test_what_is_read_first_is_read_by_old_pythons(name):
    source = (ROOT / "autograder/student" / name).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 6))
    early = [
        node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not [n for n in early if getattr(n, "module", "") == "__future__"]
    with pytest.raises(SyntaxError):
        ast.parse("match 1:\n    case 1: pass", feature_version=(3, 6))


def test_an_old_python_is_told_in_one_line_by_the_first_import(mine):
    for path in old_pythons():
        done = ran(path, "-m", "autograder", "start", cwd=mine)
        assert done.returncode == 1
        assert done.stdout.startswith("This course needs Python 3.11 or newer, and ")
        assert len(done.stdout.splitlines()) == 1
        done = ran(path, "-c", "import autograder", cwd=mine)
        assert "CannotStart: This course needs Python" in done.stdout.splitlines()[-1]


PRETEND_OLD = "import sys\nsys.version_info = (3, 9, 18, 'final', 0)\n"


def test_a_kernel_with_an_old_python_says_so_in_one_line(mine):
    with Kernel(mine) as kernel:
        shown = kernel.run(PRETEND_OLD + first_cell(mine))
    assert shown.error.startswith("This course needs Python 3.11 or newer, and this is")
    assert len(shown.error.splitlines()) == 1


# The course, which a student's Python does not have.
FORGET_THE_COURSE = """
import sys
from pathlib import Path
sys.path[:] = [p for p in sys.path if not (Path(p) / "autograder").is_dir()]
sys.meta_path[:] = [f for f in sys.meta_path if "editable" not in repr(f)]
"""


def test_a_kernel_in_another_folder_says_where_it_runs(mine):
    with Kernel(mine.parent) as kernel:
        kernel.run(FORGET_THE_COURSE)
        shown = kernel.run(first_cell(mine))
    assert f"This kernel runs in {mine.parent}, where no folder" in shown.printed
    assert "Open the notebook from the folder that holds autograder" in shown.printed


WITHOUT = """
import sys
for name in {}:
    sys.modules[name] = None
sys.argv = ["autograder", "start", "--look"]
import runpy
runpy.run_module("autograder", run_name="__main__")
"""


def test_start_says_what_is_there_and_writes_nothing(mine):
    before = sorted(mine.rglob("*"))
    done = python(mine, "-B", "-m", "autograder", "start", "--look")
    assert done.stdout.splitlines() == [
        f"Folder: {mine} holds the assignment mlp.",
        f"Python: {sys.version.split()[0]} ({sys.executable}) is new enough.",
        "Packages: all that the notebook needs are there.",
        f"Next: {sys.executable} -m jupyterlab mlp.ipynb",
    ]
    assert done.returncode == 0
    assert sorted(mine.rglob("*")) == before


def test_start_opens_the_notebook(mine, tmp_path):
    (tmp_path / "jupyterlab.py").write_text("import sys\nprint('opens', sys.argv[1])")
    done = python(mine, "-m", "autograder", "start", PYTHONPATH=str(tmp_path))
    assert done.stdout.splitlines()[-1] == "opens mlp.ipynb"


def test_start_names_missing_packages_and_files(mine):
    (mine / "mytorch/optim.py").unlink()
    done = python(mine, "-c", WITHOUT.format(["sklearn", "tqdm"]))
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == [
        f"mytorch/optim.py is missing in {mine}: put it back, under that name.",
        "This Python has no scikit-learn and no tqdm: run "
        f"`{sys.executable} -m pip install -r requirements.txt`.",
    ]


def test_without_jupyterlab_another_program_opens_it(mine):
    done = python(mine, "-c", WITHOUT.format(["jupyterlab"]))
    assert done.stdout.splitlines()[-1].startswith("Open mlp.ipynb in the program")


def test_without_numpy_the_first_import_says_so(mine):
    done = python(mine, "-c", WITHOUT.format(["numpy"]))
    assert "CannotStart: This Python has no numpy: run `" in done.stdout


def test_start_elsewhere_says_where_to_go(mine, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = python(elsewhere, "-m", "autograder", "start", PYTHONPATH=str(mine))
    assert done.returncode == 1
    assert done.stdout.startswith(f"No assignment in {elsewhere}: ")
