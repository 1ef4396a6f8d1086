"""Marks on their way out: quoted, harmless, and in the platforms' own columns."""

import csv
import io
from dataclasses import replace
from types import SimpleNamespace

import pytest

from autograder.judging.report import UNTOLD, HiddenReasons, QuestionReport, Report
from autograder.nbgrader_steps.export import COLUMNS, _row, harmless
from autograder.nbgrader_steps.marks import Mark
from autograder.platforms.export import (
    fill_canvas,
    fill_moodle,
    table,
)
from autograder.student.marking import Verdict

ADA = Mark("ada", "Ada", "Lovelace", "ada@example.org", "901", 95.0, 100.0,
           questions={"sgd": 15.0}, comments={"sgd": "good, but =1+1"})  # fmt: skip
BOB = Mark("bob", "Bob", "Baker, Jr.", "bob@example.org", "", 40.5, 100.0)
CY = Mark("cy", "Cy", '=HYPERLINK("x")', "", "", None, 100.0)
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,mlp (77),Final Score
    Points Possible,,,,,100.0,
,,,,,Manual Posting,
"Lovelace, Ada",901,u1,ada,A,,95
"Baker, Jr., Bob",902,u2,bob@example.org,A,,40
"Doe, Dan",903,u3,dan,A,,1
"Student, Test",904,,x,A,,
"""
MOODLE = """Identifier,Full name,Email address,Grade,Maximum grade,Feedback comments
Participant 901,Ada Lovelace,ada@example.org,,10.00,
Participant 902,Bob Baker,bob@example.org,,10.00,
"""


def rows(text):
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", '"=1', "＝1"])
def test_a_formula_becomes_text(text):
    assert harmless(text) == f"'{text}"
    # Behind what begins a cell where a comma does not.
    assert harmless(f"x;{text}") == f"x;'{text}"
    assert harmless(f"x\n{text}") == f"x\n'{text}"


def test_a_name_in_nbgraders_own_export_is_no_formula():
    ada = SimpleNamespace(id="ada", last_name="=1+1", first_name="@x", email=None)
    done = SimpleNamespace(timestamp=None, score=1.0, late_submission_penalty=0.0)
    book = SimpleNamespace(find_submission=lambda name, student: done)
    mlp = SimpleNamespace(name="mlp", duedate=None, max_score=1.0)
    row = dict(zip(COLUMNS, _row(book, mlp, ada), strict=True))
    assert (row["last_name"], row["first_name"], row["email"]) == ("'=1+1", "'@x", "")


def test_the_table_keeps_commas_in_their_cell_and_formulas_as_text():
    head, ada, bob, cy = rows(table([ADA, BOB, CY], ["sgd"]))
    assert len(head) == len(ada) == len(bob) == len(cy)
    assert bob[head.index("last name")] == "Baker, Jr."
    assert cy[head.index("last name")].startswith("'=")
    assert cy[head.index("score")] == ""
    assert ada[head.index("sgd")] == "15"
    assert ada[head.index("sgd: reason")] == "good, but =1+1"


def test_canvas_gets_its_own_file_back_with_one_column_filled(tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text(CANVAS, encoding="utf-8-sig")
    filled = fill_canvas(path, "mlp", [ADA, BOB, CY])
    before, after = rows(CANVAS), rows(filled.text)
    at = before[0].index("mlp (77)")
    assert [row[at] for row in after] == [
        *("mlp (77)", "100.0", "Manual Posting", "95", "40.5", "", "")
    ]
    for row, old in zip(after, before, strict=True):
        assert [*row[:at], *row[at + 1 :]] == [*old[:at], *old[at + 1 :]]
    assert filled.filled == ["ada", "bob"]
    assert filled.unknown == ["Doe, Dan 903"]
    assert filled.absent == []


def test_what_canvas_gave_comes_back_as_it_was(tmp_path):
    path = tmp_path / "canvas.csv"
    for ends, encoding in (("\n", "utf-8"), ("\r\n", "utf-8-sig")):
        path.write_text(CANVAS, encoding=encoding, newline=ends)
        filled = fill_canvas(path, "mlp", [])
        path.with_suffix(".out").write_text(
            filled.text, encoding=filled.encoding, newline=""
        )
        assert path.with_suffix(".out").read_bytes() == path.read_bytes()


def test_who_is_excused_stays_so(tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text("Student,ID,SIS Login ID,mlp (77)\nL,1,ada,EX\nB,2,bob,3\n")
    filled = fill_canvas(path, "mlp", [ADA, BOB])
    assert [row[3] for row in rows(filled.text)[1:]] == ["EX", "40.5"]
    assert (filled.excused, filled.absent) == (["ada"], [])


def test_who_is_not_in_the_platforms_file_is_named(tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text(CANVAS.replace("bob@example.org", "robert"))
    assert fill_canvas(path, "mlp (77)", [ADA, BOB]).absent == ["bob"]


def test_moodle_gets_grades_on_its_own_scale(tmp_path):
    path = tmp_path / "moodle.csv"
    path.write_text(MOODLE)
    filled = fill_moodle(path, [ADA, BOB])
    assert [row[3] for row in rows(filled.text)] == ["Grade", "9.50", "4.05"]


def test_moodle_shows_feedback_as_html_and_no_more_than_students_are_told(tmp_path):
    failed = Verdict("rows", False, False, "expected <n>")
    lost = QuestionReport("relu", 10.0, (failed,))
    ada = replace(ADA, report=Report("mlp", (lost,), 4))
    (tmp_path / "moodle.csv").write_text(MOODLE.replace("Maximum g", "Maximum G"))
    told = {
        hidden: rows(
            fill_moodle(tmp_path / "moodle.csv", [replace(ada, hidden=hidden)]).text
        )[1][5]
        for hidden in HiddenReasons
    }
    comment = "sgd: good, but =1+1"
    assert told[HiddenReasons.AT_ONCE] == f"relu: rows: expected &lt;n&gt;<br>{comment}"
    assert told[HiddenReasons.NEVER] == f"relu: {UNTOLD}<br>{comment}"


def test_full_marks_are_told_where_nothing_is_lost(tmp_path):
    (tmp_path / "moodle.csv").write_text(MOODLE)
    late = replace(BOB, penalty=4.5, needs_grading=True)
    table = rows(fill_moodle(tmp_path / "moodle.csv", [ADA, late]).text)
    assert [row[5] for row in table[1:]] == [
        "sgd: good, but =1+1",
        "Being late takes off 4.5 of 100.<br>A written answer is not marked yet.",
    ]
    table = rows(fill_moodle(tmp_path / "moodle.csv", [BOB]).text)
    assert table[2][5] == "Full marks."


def test_canvas_semicolons_and_points_possible_are_kept(tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text(
        "Student;ID;SIS Login ID;mlp (77)\n    Points Possible;;;10,0\nL;1;ada;\n"
    )
    filled = fill_canvas(path, "mlp", [ADA])
    assert filled.text.splitlines()[1:] == ["    Points Possible;;;10,0", "L;1;ada;9.5"]


def test_an_id_that_names_two_names_nobody(tmp_path):
    path = tmp_path / "moodle.csv"
    path.write_text(MOODLE)
    twin = Mark("dan", "Dan", "Doe", "ada@example.org", "", 1.0, 100.0)
    filled = fill_moodle(path, [ADA, twin])
    assert filled.filled == ["ada"]  # by the participant's number
    assert filled.absent == ["dan"]


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "empty"), ("a,b\n1,2\n", "no column"), (b"\xff\xfe\x00", "not in UTF-8")],
)
def test_another_file_is_refused_in_one_line(tmp_path, text, why):
    path = tmp_path / "moodle.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(RuntimeError, match=why) as caught:
        fill_moodle(path, [ADA])
    assert "\n" not in str(caught.value)


def test_a_column_that_is_not_there_is_said(tmp_path):
    path = tmp_path / "canvas.csv"
    path.write_text(CANVAS)
    with pytest.raises(RuntimeError, match="0 columns for 'cnn'"):
        fill_canvas(path, "cnn", [ADA])
