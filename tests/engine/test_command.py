"""`autograder`, as somebody at a terminal meets it: one line for each fault."""

import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, InvalidEntry
from sqlalchemy.exc import OperationalError

from autograder.nbgrader_steps.doctor import EXAMINATIONS
from autograder.nbgrader_steps.faults import FAULTS, explained
from tests.support.demo import copy_course

ROOT = Path(__file__).resolve().parents[2]
SEED = ".course_seed"
SECRET = "0123456789abcdef" * 4


@pytest.fixture
def course(tmp_path):
    course = copy_course(tmp_path / "course")
    (course / SEED).write_text(SECRET)
    (course / SEED).chmod(0o600)
    return course


def autograder(course, *arguments, expected=1, **environment):
    """Return what the command prints; a traceback is never among it."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *map(str, arguments)],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(course), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stdout
    assert done.returncode == expected, done.stdout
    return done.stdout


def one_line(course, *arguments):
    [line] = autograder(course, *arguments).splitlines()
    assert line.startswith("autograder: ")
    return line.removeprefix("autograder: ")


@pytest.mark.parametrize(
    "arguments", [("try", "nosuch", "."), ("freeze", "nosuch")], ids=lambda a: a[0]
)
def test_an_unknown_assignment_says_which_there_are(course, arguments):
    said = one_line(course, *arguments)
    assert said.startswith(f"no assignment 'nosuch' in {course}; there is ")
    assert "miniflow" in said
    assert "mlp" in said


def test_try_says_what_is_not_there(course, tmp_path):
    assert one_line(course, "try", "mlp", tmp_path / "no") == (
        f"there is no folder {tmp_path / 'no'}"
    )
    said = one_line(course, "try", "mlp", "nbgrader_config.py")
    assert "is a file: name the folder" in said
    (tmp_path / "empty").mkdir()
    said = one_line(course, "try", "mlp", tmp_path / "empty")
    assert said.startswith(f"nothing to grade in {tmp_path / 'empty'}: ")


def test_try_says_that_a_zip_must_be_unpacked(course, tmp_path):
    with zipfile.ZipFile(tmp_path / "mlp.zip", "w") as archive:
        archive.writestr("mlp/mytorch/nn.py", "")
    assert "still packed: unpack it" in one_line(
        course, "try", "mlp", tmp_path / "mlp.zip"
    )


def test_try_reads_a_folder_one_level_too_deep_and_says_so(course, tmp_path):
    deep = tmp_path / "hand-in/mlp"
    (deep / "mytorch").mkdir(parents=True)
    for name in ("nn.py", "optim.py"):
        source = (ROOT / "mytorch" / name).read_bytes()
        (deep / "mytorch" / name).write_bytes(source)
    said = autograder(course, "try", "mlp", tmp_path / "hand-in", expected=0)
    assert said.startswith("it lies one folder too deep, in mlp/")
    assert "100 of 100" in said


@pytest.mark.parametrize("command", ["try", "doctor"])
def test_a_seed_that_is_none_is_named(course, command):
    (course / SEED).write_text("not hexadecimal\n")
    arguments = ("mlp", ".") if command == "try" else ()
    said = autograder(course, command, *arguments)
    assert f"{course / SEED} holds no seed" in said


@pytest.mark.parametrize("path", ["tests/mlp/visible.json"])
def test_a_file_that_is_missing_or_damaged_is_named(course, path):
    folder = course / "source/mlp"
    (course / path).write_text("{")
    for _ in range(2):
        said = autograder(folder, "check", PYTHONPATH=str(course))
        assert said.startswith(f"autograder: {path} in {course} is ")
        assert "`autograder freeze mlp`" in said
        (course / path).unlink(missing_ok=True)


def test_a_course_without_its_settings_or_with_broken_ones_is_named(course):
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text() + "\nc.Nothing = = 1\n")
    assert "nbgrader_config.py cannot be run: SyntaxError" in one_line(
        course, "grade", "mlp"
    )
    config.unlink()
    said = one_line(course, "grade", "mlp")
    assert said.startswith(f"there is no nbgrader_config.py in {course}: ")


def test_a_question_file_that_is_no_python_is_named(course):
    (course / "tests/mlp/questions.py").write_text("MODULES = (\n")
    assert "questions.py line 1: " in one_line(course, "try", "mlp", ".")


def test_a_locked_gradebook_is_named(course):
    with closing(sqlite3.connect(course / "gradebook.db")) as connection:
        connection.execute("create table students (id text)")
        connection.commit()
        connection.execute("begin exclusive")
        said = autograder(course, "doctor")
    assert "FAULT: another program holds the gradebook" in said


def test_the_doctor_writes_nothing_into_a_gradebook(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch"):
        pass
    assert "0 students" in autograder(course, "doctor", expected=0)
    with closing(sqlite3.connect(course / "gradebook.db")) as connection:
        assert connection.execute("select id from course").fetchall() == [("mytorch",)]


def test_what_cannot_be_written_is_said_in_one_line():
    of_nbgrader = InvalidEntry()  # raised while it handles what the database says
    cause = Exception("attempt to write a readonly database")
    of_nbgrader.__context__ = OperationalError("insert", {}, cause)
    assert isinstance(of_nbgrader, FAULTS)
    assert "cannot be written: who owns its file?" in explained(of_nbgrader)
    denied = PermissionError(13, "Permission denied", "autograded")
    assert explained(denied).endswith(
        "Permission denied: who may read and write there?"
    )


def test_libraries_warn_nobody(course):
    config = course / "nbgrader_config.py"
    loud = "import warnings\nwarnings.warn('of a library', FutureWarning)\n"
    config.write_text(loud + config.read_text())
    assert "of a library" not in autograder(course, "grade", "mlp")


def test_where_a_failure_comes_from_can_be_asked(course):
    done = subprocess.run(
        [sys.executable, "-m", "autograder", "try", "nosuch", "."],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(course), "AUTOGRADER_TRACEBACK": "1"},
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert "Traceback" in done.stderr


# The doctor


def doctor(course, expected=0):
    lines = autograder(course, "doctor", expected=expected).splitlines()
    found = {}
    subject = ""
    for line in lines[:-1]:
        subject = line[:15].strip().removesuffix(":") or subject
        found[subject] = [*found.get(subject, []), line[15:]]
    return found, lines[-1]


def test_the_doctor_says_in_plain_lines_what_it_found(course):
    found, last = doctor(course)
    assert last == "Ready to grade."
    assert found["Isolation"][0].startswith("level ")
    assert any(line.startswith("tried: ") for line in found["Isolation"])
    assert found["Seed"][0].startswith(f"{course / SEED}, -rw-")
    assert found["Gradebook"][0].startswith("none yet: ")
    assert found["Lab's kernels"][0].startswith("start on a safe path")
    assert "Python 3." in found["Versions"][0]
    assert "schedstat" in found["Times"][0]
    assert SECRET not in str(found)
    assert not (course / "gradebook.db").exists()


def test_the_doctor_says_that_a_kernel_does_not_tell_waiting(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.nbgrader_steps.doctor.TIMES", tmp_path / "none")
    (line,) = EXAMINATIONS["Times"](tmp_path)
    assert "no schedstat" in line.text
    assert not line.is_fault


def test_the_doctor_names_what_must_be_mended(course):
    config = course / "nbgrader_config.py"
    config.write_text(config.read_text().replace("bind_kernels(Path", "print(Path"))
    (course / SEED).chmod(0o644)
    course.chmod(0o755)
    found, last = doctor(course, expected=1)
    assert last == "To mend: 2."
    assert found["Lab's kernels"][0].startswith("FAULT: import what lies beside")
    [line] = [t for t in found["Permissions"] if SEED in t]
    assert line.startswith("FAULT: others may use .course_seed")


def test_the_doctor_makes_no_seed(course):
    (course / SEED).unlink()
    found, _ = doctor(course)
    assert found["Seed"][0].startswith("none yet: ")
    assert not (course / SEED).exists()
    (course / "autograded/ada/mlp").mkdir(parents=True)
    [lost] = EXAMINATIONS["Seed"](course)
    assert "is lost, and there are grades" in lost.text
