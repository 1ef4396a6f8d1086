"""Releases: complete, reproducible, able to run alone, and without an answer."""

import base64
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.converters.base import NbGraderException

from autograder.judging.answer_key import Course
from autograder.judging.seed import read_seed
from autograder.nbgrader_steps.release import write_release
from tests.support.classes import nbgrader

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENTS = ("miniflow", "mlp")


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_committed_release_is_what_nbgrader_makes(assignment, scratch):
    course = scratch()
    nbgrader(course, "generate_assignment", assignment)
    made = files(course / "release" / assignment)
    committed = files(ROOT / "release" / assignment)
    assert sorted(made) == sorted(committed), "stale: make release"
    stale = [name for name in made if made[name] != committed[name]]
    assert stale == [], "stale: make release"


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_release_runs_alone(assignment, tmp_path):
    """In an empty folder, without any module that only the course has."""
    folder = tmp_path / "alone"
    shutil.copytree(ROOT / "release" / assignment, folder)
    blocker = tmp_path / "blocker"
    blocker.mkdir()
    (blocker / "sitecustomize.py").write_text(BLOCKER)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(blocker)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "not yet written" in done.stdout
    assert "error" not in done.stdout.splitlines()[-1]
    for path in (ROOT / "mytorch").glob("*.py"):
        if (folder / "mytorch" / path.name).exists():
            shutil.copy(path, folder / "mytorch" / path.name)
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "check"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(blocker)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("passed") >= 9


BLOCKER = """
import sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"nbgrader", "nbformat", "sqlalchemy", "sklearn"}:
            raise ModuleNotFoundError(f"{name} is not in requirements.txt")
        if "editable" in name:
            raise ModuleNotFoundError(name)

sys.meta_path[:] = [f for f in sys.meta_path if "editable" not in repr(f).lower()]
sys.meta_path.insert(0, Blocker())
"""


def in_notebook(text, kind="markdown"):
    def plant(course):
        path = course / "source" / "mlp" / "mlp.ipynb"
        notebook = json.loads(path.read_text())
        cell = {"cell_type": kind, "id": "planted", "metadata": {}, "source": text}
        if kind == "code":
            cell |= {"outputs": [], "execution_count": None}
        notebook["cells"].append(cell)
        path.write_text(json.dumps(notebook))

    return plant


def beside_notebook(name, text):
    def plant(course):
        (course / "source" / "mlp" / name).write_text(text)

    return plant


def in_reference(old, new):
    def plant(course):
        path = course / "mytorch" / "nn.py"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return plant


def copied(source, target):
    def plant(course):
        shutil.copy(course / source, course / target)

    return plant


def with_hidden_numbers(course):
    trial = Course.load(course, "mlp", read_seed(course)).trials("linear_forward")[1]
    numbers = ", ".join(f"{x:.17g}" for x in trial.expected["output"].ravel())
    in_notebook(f"Compare with {numbers}.")(course)


def with_output(course):
    path = course / "source" / "mlp" / "mlp.ipynb"
    notebook = json.loads(path.read_text())
    cell = next(c for c in notebook["cells"] if c["cell_type"] == "code")
    output = {"output_type": "stream", "name": "stdout", "text": "[[39. 46.]]"}
    cell["outputs"] = [output]
    path.write_text(json.dumps(notebook))
    config = course / "nbgrader_config.py"
    config.write_text(
        config.read_text().replace("    ClearOutput,\n    Check", "    Check")
    )


def with_graded_cell_that_is_no_question(course):
    path = course / "source" / "mlp" / "mlp.ipynb"
    text = path.read_text().replace('"grade_id": "sgd"', '"grade_id": "adam"')
    path.write_text(text)


SOLUTION = "self.grad_weight = self.x.T @ grad"
LEAKS = {
    "no-end": (in_reference("### END SOLUTION", "# end of it"), "BEGIN SOLUTION"),
    "no-begin": (in_reference("### BEGIN SOLUTION", ""), "has no partner"),
    "odd-marker": (
        in_reference("### BEGIN SOLUTION", "# begin solution"),
        "has no partner",
    ),
    "in-markdown": (in_notebook(f"Try `{SOLUTION}`."), "holds a solution"),
    "in-code": (in_notebook(SOLUTION, "code"), "holds a solution"),
    "spelt-otherwise": (
        in_notebook("self.grad_weight=(\n  self.x . T\n @grad)", "code"),
        "a solution",
    ),
    "in-base64": (
        in_notebook(base64.b64encode(SOLUTION.encode()).decode()),
        "holds a solution",
    ),
    "in-hex": (in_notebook(SOLUTION.encode().hex()), "holds a solution"),
    "in-a-text": (
        beside_notebook("notes.txt", f"grad: {SOLUTION}"),
        "notes.txt holds a solution",
    ),
    "in-a-picture": (
        beside_notebook("images/extra.png", f"PNG {SOLUTION}"),
        "extra.png holds a solution",
    ),
    "whole-reference": (
        copied("mytorch/nn.py", "source/mlp/nn.py"),
        "nn.py holds a solution",
    ),
    "hidden-cases": (
        copied("tests/mlp/hidden.py", "source/mlp/cases.py"),
        "cases.py holds a hidden case",
    ),
    "hidden-case-in-text": (
        in_notebook('case("sgd", "one layer and a ReLU", lr=RATE, **linear(0, 3, 2)),'),
        "planted of the notebook holds a hidden case",
    ),
    "hidden-numbers": (
        with_hidden_numbers,
        "output of linear_forward, hidden case (five",
    ),
    "archive": (beside_notebook("all.zip", "PK"), "files of the kind '.zip'"),
    "output": (with_output, "has an output"),
    "no-question": (
        with_graded_cell_that_is_no_question,
        "one graded cell for each question",
    ),
}


@pytest.fixture(scope="module")
def released(scratch):
    course = scratch()
    write_release(course, "mlp")
    return course


def source_cells(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        notebook = gradebook.find_notebook("mlp", "mlp")
        return {c.name: (c.checksum, c.source) for c in notebook.source_cells}


@pytest.mark.parametrize("leak", LEAKS)
def test_release_refuses_what_would_tell_an_answer(leak, released, tmp_path, caplog):
    course = shutil.copytree(released, tmp_path / "course")
    before, good = source_cells(course), files(course / "release")
    plant, reason = LEAKS[leak]
    plant(course)
    with pytest.raises(NbGraderException) as refused:
        write_release(course, "mlp")
    assert all(reason in told for told in (caplog.text, str(refused.value)))
    assert files(course / "release") == good
    assert source_cells(course) == before


def test_refusal_says_why_and_exits_non_zero(released, tmp_path):
    course = shutil.copytree(released, tmp_path / "course")
    LEAKS["in-markdown"][0](course)
    log = nbgrader(course, "generate_assignment", "mlp", ok=False)
    assert "cell planted of the notebook holds a solution of mytorch/nn.py" in log


def test_release_passes_for_any_seed(scratch):
    course = scratch()
    for number in range(5):
        (course / ".course_seed").write_text(f"{number:064x}\n")
        for assignment in ASSIGNMENTS:
            write_release(course, assignment)


def test_seed_is_made_once_and_readable_by_its_owner_only(tmp_path):
    seed = read_seed(tmp_path)
    assert read_seed(tmp_path) == seed
    assert len(seed) == 32
    assert (tmp_path / ".course_seed").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [".course_seed"]
