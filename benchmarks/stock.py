"""Against nbgrader as it comes: the same notebook, the same class, whole commands.

In stock nbgrader the graded cells run `check` in a kernel, with what it needs beside
the notebook. The notebook has no other cells than imports and graded ones, so that
stock pays for no training. What a run with one submission takes is the start.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.nbgrader_steps.release import write_release
from benchmarks.classes import MISTAKEN, RIGHT, hand_in, make_course
from benchmarks.measure import BIN, Figure, Row, Size, medians, run, seconds

# All else is nbgrader's default. `force` lets a release be made more than once.
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "stock"
c.GenerateAssignment.force = True
"""
# One submission: what such a run takes is the start.
ONE = ("--student", "s00000")


def make_stock(folder: Path, ours: Path) -> Path:
    """Return a course for nbgrader with its own defaults, and our notebook."""
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"  # for alembic
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text(CONFIG)
    (folder / "source/mlp").mkdir(parents=True)
    shutil.copy(ours / "source/mlp/mlp.ipynb", folder / "source/mlp")
    write_release(folder, "mlp")
    return folder


def measure(size: Size) -> list[Row]:
    students = size.of(4, 40, 100)
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        ours = make_course(Path(scratch, "ours"), reduced=True)
        stock = make_stock(Path(scratch, "stock"), ours)
        hand_in(ours, students, "autograder", "tests")
        shutil.copytree(ours / "submitted", stock / "submitted")
        for course in (ours, stock):
            shutil.copy(course / "gradebook.db", course / "fresh.db")
        plain = BIN / "nbgrader", "autograde", "mlp"
        ahead = BIN / "autograder", "grade", "mlp", "--jobs", "2"
        runs = [
            grading(course, (*command, *end))
            for course, command in ((stock, plain), (ours, plain), (ours, ahead))
            for end in ((), ONE)
        ]
        return rows(students, medians(*runs, rounds=size.of(1, 3, 2)))


def grading(course: Path, command: Sequence[str | Path]) -> Callable[[], float]:
    """Return what grades the class of a course afresh, and says how long it took."""

    def grade() -> float:
        shutil.rmtree(course / "autograded", ignore_errors=True)
        shutil.copy(course / "fresh.db", course / "gradebook.db")
        taken = seconds(lambda: run(command, course))
        check_scores(course)
        return taken

    return grade


def check_scores(course: Path) -> None:
    """Raise unless just those who have everything right, or nearly, have full marks.

    Stock has only the visible cases, so a known mistake may pass there.
    """
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        for submission in gradebook.assignment_submissions("mlp"):
            number = int(submission.student.id[1:])
            full = submission.code_score == submission.max_code_score
            if full != (number % 4 in RIGHT) and number % 4 != MISTAKEN:
                raise RuntimeError(f"{course.name}: wrong score for student {number}")


def rows(students: int, times: list[float]) -> list[Row]:
    every, one = times[::2], times[1::2]
    each = [(t - o) / (students - 1) for t, o in zip(every, one, strict=True)]
    found = []
    for number, name in ((1, "nbgrader autograde"), (2, "autograder grade --jobs 2")):
        stock, ours = Figure("stock", every[0], "s"), Figure("ours", every[number], "s")
        found.append(Row(f"`{name}`, class of {students}, whole command", stock, ours))
        stock = Figure("stock", 1000 * each[0], "ms")
        ours = Figure("ours", 1000 * each[number], "ms")
        what = f"`{name}`, each submission, without the start"
        # On a busy machine a small class may vanish behind the start.
        reached = stock.value >= 10 * ours.value if ours.value > 0 else None
        found.append(Row(what, stock, ours, "at least 10, aim 25", reached))
    return found
