"""One student's mark is held back: from exports and pages, not from grading."""

import csv
import io
import os

import pytest

from autograder.classroom.grade import grade_class
from autograder.cli import main
from autograder.nbgrader_steps.hold import FILE, held_back
from autograder.nbgrader_steps.marks import read_marks
from autograder.nbgrader_steps.release import write_release
from autograder.platforms.export import fill_canvas, table
from tests.support.classes import hand_in
from tests.support.samples import code

pytestmark = pytest.mark.long

CANVAS = "Student,ID,SIS Login ID,mlp (1)\n"


@pytest.fixture(scope="module")
def course(scratch):
    root = scratch()
    write_release(root, "mlp")
    for student in ("ada", "bob"):
        hand_in(root, "mlp", student, code({}))
    grade_class(root, "mlp", jobs=1, feedback=True)
    return root


def command(course, *words):
    return main(["--root", str(course), *words])


def test_a_mark_is_held_back_and_let_go(course, tmp_path, capsys):
    page = course / "feedback/ada/mlp/mlp.html"
    assert page.exists()
    assert command(course, "hold", "mlp", "ada", "--because", "asked twice") == 0
    assert "ada: held back (asked twice)" in capsys.readouterr().out

    grade_class(course, "mlp", jobs=1, feedback=True)
    assert not page.exists()
    assert (course / "feedback/bob/mlp/mlp.html").exists()
    marks = read_marks(course, "mlp")
    assert [m.score for m in marks if m.student in ("ada", "bob")] == [100.0, 100.0]
    rows = {row[0]: row for row in csv.reader(io.StringIO(table(marks, ["sgd"])))}
    assert "held back" in rows["ada"]
    assert "100" not in rows["ada"][:6]
    assert rows["bob"][5] == "100"
    canvas = tmp_path / "canvas.csv"
    canvas.write_text(f"{CANVAS}A,1,ada,\nB,2,bob,\n")
    filled = fill_canvas(canvas, "mlp", marks)
    assert (filled.filled, filled.absent) == (["bob"], [])

    assert command(course, "hold", "mlp", "ada", "--let-go") == 0
    assert held_back(course, "mlp") == {}
    grade_class(course, "mlp", jobs=1, feedback=True)
    assert page.exists()
    assert command(course, "hold", "mlp", "ada", "--let-go") == 1
    assert "is not held back" in capsys.readouterr().err


@pytest.mark.parametrize(("rights", "expected"), [(0o770, 0o664), (0o750, 0o644)])
def test_the_next_instructor_may_write_in_a_folder_of_the_group(
    tmp_path, rights, expected
):
    tmp_path.chmod(rights)
    before = os.umask(0o022)
    try:
        assert command(tmp_path, "hold", "mlp", "ada") == 0
    finally:
        os.umask(before)
    assert (tmp_path / FILE).stat().st_mode & 0o777 == expected


def test_a_damaged_list_is_said_in_one_line(tmp_path):
    (tmp_path / FILE).write_text("{")
    with pytest.raises(RuntimeError, match="mend it"):
        held_back(tmp_path, "mlp")
