"""`pack`: what a student hands in, from the folder to the points."""

import os
import zipfile
from pathlib import Path

import pytest

from autograder.judging.submission import grade
from tests.support.programs import apply
from tests.support.students import Kernel, copy_release, python, solve

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "mlp": ["mlp.ipynb", "mytorch/nn.py", "mytorch/optim.py"],
    "miniflow": ["miniflow.ipynb", "mytorch/miniflow.py"],
}
GIVEN = "mytorch/__init__.py"
UNWRITTEN = "def step(self):\n    raise NotImplementedError\n"


def packed(folder):
    """Pack as a student does in a terminal; return the exit code and what it says."""
    done = python(folder, "-m", "autograder", "pack")
    return done.returncode, done.stdout


@pytest.mark.parametrize("name", FILES)
def test_the_zip_holds_what_is_graded_and_gets_the_points(released, tmp_path, name):
    folder = copy_release(released, name, tmp_path / "student")
    solve(folder)
    code, said = packed(folder)
    assert code == 0
    assert "questions pass their visible cases" in said
    assert said.splitlines()[-1].endswith(f"into {name}.zip. Hand in this file.")
    with zipfile.ZipFile(folder / f"{name}.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            f"{name}/{path}" for path in [*FILES[name], GIVEN, "release.json"]
        ]
        archive.extractall(tmp_path / "submitted/student")
    report = grade(tmp_path / "submitted/student" / name, name, root=ROOT)
    assert (report.points, report.lost, report.notes) == (100.0, [], ())


def test_an_unfinished_folder_is_packed_and_the_gaps_are_named(released, tmp_path):
    folder = copy_release(released, "mlp", tmp_path)
    solve(folder, {"optim.SGD.step": UNWRITTEN})
    code, said = packed(folder)
    assert code == 0
    assert "8 of 9 questions pass. Next: sgd." in said
    assert "sgd                  not yet written" in said
    assert (folder / "mlp.zip").exists()


@pytest.mark.parametrize("path", FILES["mlp"])
def test_a_missing_file_is_named_and_nothing_is_packed(released, tmp_path, path):
    folder = copy_release(released, "mlp", tmp_path)
    (folder / path).unlink()
    code, said = packed(folder)
    assert code == 1
    assert said == (
        f"{path} is missing in {folder}: put it back, under that name. Nothing is "
        "packed.\n"
    )
    assert not (folder / "mlp.zip").exists()


def test_what_counts_stands_in_the_files_not_in_the_kernel(released, tmp_path):
    folder = copy_release(released, "mlp", tmp_path)
    solve(folder)
    with Kernel(folder) as kernel:
        kernel.run("from autograder import pack\nfrom mytorch import nn, optim")
        solve(folder, {"optim.SGD.step": UNWRITTEN})
        kernel.run("optim.SGD.step = lambda self: None")
        shown = kernel.run("pack()")
    assert "8 of 9 questions pass. Next: sgd." in shown.printed
    assert (shown.text, shown.error) == ("", "")


def test_an_endless_loop_does_not_keep_the_zip_back(released, tmp_path):
    folder = copy_release(released, "mlp", tmp_path)
    source = apply(
        {"optim.SGD.step": "def step(self):\n    while True:\n        pass\n"}
    )
    (folder / "mytorch/optim.py").write_text(source["optim"])
    code = (
        "import autograder; from autograder.student import apart; "
        "apart.SECONDS = 2; autograder.pack()"
    )
    said = python(folder, "-c", code).stdout
    assert "took more than 2 s: is there an endless loop?" in said
    assert (folder / "mlp.zip").exists()


def test_what_is_not_ascii_and_an_old_date_do_no_harm(released, tmp_path):
    folder = copy_release(released, "mlp", tmp_path / "Übung 1")
    solve(folder)
    path = folder / "mytorch/optim.py"
    path.write_text(path.read_text() + "\nraise ValueError('ε ✗ 価')\n")
    os.utime(path, (0, 0))
    code, said = packed(folder)
    assert code == 0
    assert "raise" not in said
    assert "ValueError: ε ✗ 価" in said


@pytest.mark.parametrize("name", FILES)
def test_in_the_course_itself_there_is_nothing_to_pack(name):
    folder = ROOT / "source" / name
    before = sorted(folder.iterdir())
    done = python(
        folder, "-c", "import autograder; autograder.pack()", PYTHONPATH=str(ROOT)
    )
    assert done.stdout == (
        "This is the course itself, not a student's folder: nothing to pack.\n"
    )
    assert sorted(folder.iterdir()) == before


def test_outside_of_an_assignment_pack_says_where_to_go(released, tmp_path):
    done = python(
        tmp_path,
        "-c",
        "import autograder; autograder.pack()",
        PYTHONPATH=str(released / "mlp"),
    )
    assert f"No assignment in {tmp_path}" in done.stdout
