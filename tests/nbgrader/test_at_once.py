"""Two use the same course at the same time: both succeed, and nothing is mixed."""

import os
import stat
from errno import ENOLCK
from functools import partial
from unittest.mock import Mock

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.exportapp import ExportApp

from autograder.classroom import page
from autograder.classroom.grade import grade_class
from autograder.nbgrader_steps import autograde, feedback, lock
from autograder.nbgrader_steps.autograde import Autograde
from autograder.nbgrader_steps.course_folder import open_folder
from autograder.nbgrader_steps.export import CsvExport
from autograder.nbgrader_steps.feedback import GenerateFeedback, write_pages
from autograder.nbgrader_steps.handed_back import ReleaseFeedback
from autograder.nbgrader_steps.hold import hold, let_go
from autograder.nbgrader_steps.lock import locked
from autograder.nbgrader_steps.release import GenerateAssignment, write_release
from autograder.nbgrader_steps.staging import work_folder
from autograder.term.new_term import begin, plan
from tests.support.at_once import at_once, often
from tests.support.classes import hand_in
from tests.support.samples import code
from tests.support.waiting import until

RELU = "def forward(self, x):\n    return -x\n"


@pytest.fixture(scope="module")
def graded(scratch):
    root = scratch()
    write_release(root, "mlp")
    for student in ("ada", "bob"):
        hand_in(root, "mlp", student, code({}))
    grade_class(root, "mlp", jobs=1, feedback=True)
    return root


@pytest.mark.long
def test_two_make_the_first_release_of_a_course_that_has_no_gradebook(scratch):
    course = scratch()
    (course / "gradebook.db").unlink()
    at_once(*[partial(write_release, course, "mlp")] * 3)
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        assert [a.name for a in gradebook.assignments] == ["mlp"]
        assert len(gradebook.find_assignment("mlp").notebooks) == 1


def test_pages_are_handed_back_by_two_at_once(graded, tmp_path):
    for name in ("timestamp.txt", "submission_secret.txt"):
        (graded / "feedback/ada/mlp" / name).write_text("2026-11-20 11:22:33 UTC")

    def hand_back(number):
        exchange = ReleaseFeedback(coursedir=open_folder(graded, "mlp"))
        exchange.dest_path = str(tmp_path)
        exchange.copy_files()

    at_once(*[partial(often, hand_back)] * 2)
    assert [path.suffix for path in tmp_path.iterdir()] == [".html"]


def test_a_mark_that_is_held_back_while_its_page_is_written_stays_inside(graded):
    class Slow(GenerateFeedback):
        def convert_single_notebook(self, notebook):
            super().convert_single_notebook(notebook)
            hold(graded, "mlp", "ada", "why")

    step = Slow.of(graded, "mlp", "ada", force=True)
    step.run()
    assert (step.failed, step.written) == ([], [])
    assert not (graded / "feedback/ada").exists() or not list(
        (graded / "feedback/ada").rglob("*.html")
    )
    let_go(graded, "mlp", "ada")


@pytest.mark.long
def test_pages_are_written_and_taken_away_by_two_at_once(graded):
    def write(number):
        assert write_pages(graded, "mlp", ["ada", "bob"])[1] == []

    def change(number):
        hold(graded, "mlp", "ada", str(number))
        write(number)
        let_go(graded, "mlp", "ada")
        write(number)

    at_once(*(partial(often, act, times=3) for act in (write, change, change)))


def export(course, exporter, students=()):
    app = ExportApp()
    app.coursedir = open_folder(course, "mlp")
    table = exporter(parent=app)
    table.student = list(students)
    table.to = str(course / "grades.csv")
    url = f"sqlite:///{course}/gradebook.db"
    with Gradebook(url, "mytorch") as gradebook:
        table.export(gradebook)


def do(step, done):
    """Do a step, and say that it is over, however it ended."""
    try:
        step.run()
    finally:
        done.touch()
    assert not step.failed


def test_a_class_is_graded_while_its_release_is_made_anew(graded, tmp_path):
    begun, saved, waiting = (tmp_path / name for name in ("begun", "saved", "waiting"))

    class Release(GenerateAssignment):
        def prepare(self):
            super().prepare()
            until(begun.exists)

        def complete(self, assignment_id, student_id):
            super().complete(assignment_id, student_id)
            saved.touch()  # and the old release is still in its place
            until(waiting.exists)

    class Grade(Autograde):
        def prepare(self):
            begun.touch()
            until(saved.exists)
            super().prepare()

    def grade():
        autograde.locked = lambda root: waiting.touch() or locked(root)
        do(Grade.of(graded, "mlp"), waiting)

    path = graded / "source/mlp/mlp.ipynb"
    before = path.read_text("utf-8")
    moved = before.replace('"points": 10', '"points": 11', 1)  # 100 in all
    path.write_text(moved.replace('"points": 10', '"points": 9', 1), "utf-8")
    at_once(partial(do, Release.of(graded, "mlp", "."), saved), grade)


def test_a_page_is_of_one_grading(graded, tmp_path):
    begun, saved, waiting = (tmp_path / name for name in ("begun", "saved", "waiting"))
    code({"nn.ReLU.forward": RELU})(graded / "submitted/ada/mlp")

    class Grade(Autograde):
        def prepare(self):
            super().prepare()
            until(begun.exists)

        def complete(self, assignment_id, student_id):
            super().complete(assignment_id, student_id)
            saved.touch()  # and the old notebook is still in its place
            until(waiting.exists)

    class Feedback(GenerateFeedback):
        def init_destination(self, assignment_id, student_id):
            begun.touch()
            until(saved.exists)
            return super().init_destination(assignment_id, student_id)

    def write():
        feedback.locked = lambda root: waiting.touch() or locked(root)
        do(Feedback.of(graded, "mlp", "ada"), waiting)

    at_once(partial(do, Grade.of(graded, "mlp", "ada"), saved), write)
    assert write_pages(graded, "mlp", ["ada"]) == ([], [])


def test_a_table_of_marks_is_whole_if_two_write_it(graded):
    class Other(CsvExport):
        def _rows(self, *arguments):
            yield from super()._rows(*arguments)
            export(graded, CsvExport)

    export(graded, Other, ["ada"])
    lines = (graded / "grades.csv").read_text().splitlines()
    assert [line.split(",")[3] for line in lines] == ["student_id", "ada"]


def test_no_name_is_in_a_report_that_another_writes_with_names(graded, monkeypatch):
    parts, others = page._parts, []

    def interrupted(*known):
        if not others:
            others.append("once")
            page.write_report(graded, "mlp")
        return parts(*known)

    monkeypatch.setattr(page, "_parts", interrupted)
    written = page.write_report(graded, "mlp", anonymous=True)
    table = written.with_suffix(".csv").read_text("utf-8")
    assert "ada," not in table


def test_what_a_killed_grader_left_is_removed_and_nothing_else(tmp_path):
    (tmp_path / ".grading-elsewhere").mkdir()
    with work_folder(tmp_path) as one, work_folder(tmp_path) as other:
        assert set(tmp_path.glob(".grading-*")) == {one, other}
    # Who may not write there cannot lock others out.
    assert (tmp_path / ".lock").stat().st_mode & 0o007 == 0


@pytest.mark.parametrize(("folder", "file"), [(0o2770, 0o660), (0o755, 0o600)])
def test_the_group_of_a_shared_folder_can_lock_it(tmp_path, folder, file):
    tmp_path.chmod(folder)
    before = os.umask(0o077)
    try:
        with locked(tmp_path):
            assert stat.S_IMODE((tmp_path / ".lock").stat().st_mode) == file
    finally:
        os.umask(before)


def test_who_holds_a_folder_may_enter_again_and_others_may_not(tmp_path, monkeypatch):
    def refused():
        with pytest.raises(BlockingIOError), locked(tmp_path, wait=False):
            pass

    with locked(tmp_path):
        with locked(tmp_path):
            refused()
        at_once(refused)
    with locked(tmp_path, wait=False):
        pass
    # Where there are no locks, nobody is kept out, and nothing is known to be free.
    monkeypatch.setattr(lock, "flock", Mock(side_effect=OSError(ENOLCK, "no locks")))
    with locked(tmp_path):
        refused()


def test_a_term_does_not_end_while_somebody_grades(graded):
    planned = plan(graded, "2026-autumn")

    class Ended(Autograde):
        def prepare(self):
            with pytest.raises(RuntimeError, match="at work in"):
                begin(planned)
            super().prepare()

    Ended.of(graded, "mlp").run()
    assert (graded / "gradebook.db").exists()
    assert not (graded / "terms").exists()
