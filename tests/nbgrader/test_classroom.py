"""A class at once: the same records as nbgrader's command, resumable, on machines."""

import re
import shutil
from pathlib import Path

from sqlalchemy import Engine, event

from autograder.classroom.grade import grade_class
from autograder.cli import main
from autograder.nbgrader_steps.gradebook import OpenGradebook
from autograder.nbgrader_steps.release import write_release
from tests.support.classes import lost_questions, nbgrader
from tests.support.whole_class import MASK, WANTED, make_class, records


def test_same_records_as_the_plain_command(scratch):
    course, expected = make_class(scratch)
    nbgrader(course, "autograde", "mlp")
    plain = records(course)
    for path in ("autograded", "gradebook.db"):
        target = course / path
        shutil.rmtree(target) if target.is_dir() else target.unlink()
    write_release(course, "mlp")
    summary = grade_class(course, "mlp", jobs=2)
    assert records(course) == plain
    assert summary.counts["graded"] == len(WANTED)
    assert lost_questions(course, "mlp") == expected


def test_a_second_run_does_what_is_left(scratch):
    course, _ = make_class(scratch)
    assert grade_class(course, "mlp", student="right").counts["graded"] == 1
    assert grade_class(course, "mlp").counts["graded"] == len(WANTED) - 1
    assert grade_class(course, "mlp").counts["graded"] == 0
    assert grade_class(course, "mlp", force=True).counts["graded"] == len(WANTED)


def test_a_changed_submission_or_case_is_judged_again(scratch):
    course, _ = make_class(scratch)
    grade_class(course, "mlp")
    path = course / "submitted/right/mlp/mytorch/nn.py"
    path.write_text(path.read_text() + "# a last word\n")
    assert grade_class(course, "mlp").counts["graded"] == 1
    (course / ".course_seed").write_text("ab" * 32 + "\n")
    assert grade_class(course, "mlp").counts["graded"] == len(WANTED)


def test_feedback_and_the_closing_table(scratch, capsys):
    course, _ = make_class(scratch)
    arguments = ["--root", str(course), "grade", "mlp", "--feedback", "--jobs", "1"]
    assert main([*arguments, "--student", MASK]) == 0
    table = capsys.readouterr().out
    assert "graded                     1" in table
    assert "graded before              0" in table
    assert "pages written              1" in table
    assert "isolation level" in table
    page = course / f"feedback/{MASK}/mlp/mlp.html"
    assert "the mask must come from the input x" in page.read_text()


def test_an_assignment_that_is_not_there_is_one_line(scratch, capsys):
    course = scratch()
    assert main(["--root", str(course), "grade", "rnn"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


# Tables with a row, or more, for each student: by what key a row is to be found.
KEYS = {
    "student": "id",
    "submitted_assignment": "student_id|id",
    "submitted_notebook": "assignment_id|id",
    "grade": "notebook_id|id",
    "comment": "notebook_id|id",
}


def whole_class_read(course: Path, **options) -> set[str]:
    """Grade, and return SQLite's plans that go through rows of other students."""
    plans = set()

    def explain(connection, cursor, statement, parameters, context, many):
        if statement.split()[0] in {"SELECT", "UPDATE", "DELETE"}:
            own = connection.connection.cursor()
            own.execute(
                f"EXPLAIN QUERY PLAN {statement}", parameters[0] if many else parameters
            )
            plans.update(row[3] for row in own.fetchall())

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        grade_class(course, "mlp", jobs=1, **options)
    finally:
        event.remove(Engine, "before_cursor_execute", explain)
    assert any("grade" in plan for plan in plans)
    return {
        plan
        for plan in plans
        for table, keys in KEYS.items()
        if re.match(rf"(SCAN|SEARCH) {table}\b", plan)
        and not re.search(rf"\b({keys})=\?", plan)
    }


def test_a_submission_does_not_cost_more_in_a_large_class(scratch, monkeypatch):
    course, _ = make_class(scratch)
    # nbgrader's own look-up of a comment goes by the cell, for a written question.
    found = {step for step in whole_class_read(course) if "comment" not in step}
    assert found == set()
    monkeypatch.delattr(OpenGradebook, "find_grade")  # nbgrader's own is seen
    assert whole_class_read(course, force=True)
