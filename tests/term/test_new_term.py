"""A term ends: what is its own moves into an archive, and the next one starts empty."""

import stat
import zipfile

import pytest

from autograder.classroom.grade import grade_class
from autograder.classroom.page import write_report
from autograder.nbgrader_steps.hold import held_back, hold
from autograder.nbgrader_steps.release import write_release
from autograder.term.new_term import begin, plan, zipped
from tests.support.demo import hand_in

pytestmark = pytest.mark.long

SECRETS = ("gradebook.db", ".course_seed", "submitted", "autograded")


@pytest.fixture
def course(scratch):
    """Return a course in which one assignment has been graded."""
    root = scratch()
    write_release(root, "mlp")
    hand_in(root, "mlp")
    grade_class(root, "mlp", jobs=1)
    return root


def test_a_term_is_archived_and_the_next_one_begins(course):
    old_seed = (course / ".course_seed").read_text()
    names = sorted(path.name for path in (course / "autograded").iterdir())
    hold(course, "mlp", names[0], "an interview first")
    write_report(course, "mlp")
    (course / "mlp.zip").write_bytes(b"a release, given out as one file")
    planned = plan(course, "2026-autumn")
    assert any("gradebook.db" in line for line in planned.lines())
    assert (course / "gradebook.db").exists()  # so far it was only a plan

    archive = begin(planned)
    assert stat.S_IMODE(archive.stat().st_mode) == 0o700
    assert [name for name in SECRETS if (course / name).exists()] == []
    assert [*course.glob("report-*"), *course.glob("*.json")] == []
    assert [(archive / "mlp.zip").exists(), *course.glob("*.zip")] == [True]
    assert held_back(course, "mlp") == {}  # the next term's student of that name
    assert names[0] in held_back(archive, "mlp")
    assert (archive / ".course_seed").read_text() == old_seed
    assert sorted(p.name for p in (archive / "autograded").iterdir()) == names
    assert f"<td>graded</td><td>{len(names)}</td>" in write_report(
        archive, "mlp"
    ).read_text(encoding="utf-8")

    write_release(course, "mlp")
    hand_in(course, "mlp")
    assert grade_class(course, "mlp", jobs=1).counts["graded"] == len(names)
    assert (course / ".course_seed").read_text() != old_seed
    again = begin(plan(course, "2027-spring"))
    assert (again / "gradebook.db").exists()

    packed = zipped(again)
    assert stat.S_IMODE(packed.stat().st_mode) == 0o600
    with zipfile.ZipFile(packed) as inside:
        assert ".course_seed" in inside.namelist()
    assert not again.exists()


@pytest.mark.parametrize("name", ["", "../out", "a/b", ".hidden"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, name):
    with pytest.raises(RuntimeError, match="no name for a term"):
        plan(tmp_path, name)


def test_a_course_without_a_term_is_left_alone(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n")
    with pytest.raises(RuntimeError, match="nothing of a term"):
        plan(tmp_path, "2026")
    (tmp_path / "terms/2026").mkdir(parents=True)
    with pytest.raises(RuntimeError, match="choose another name"):
        plan(tmp_path, "2026")


def test_a_gradebook_in_a_database_is_not_forgotten(tmp_path):
    url = "postgresql://grader@localhost/course"
    (tmp_path / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.db_url = {url!r}\n"
    )
    with pytest.raises(RuntimeError, match="dump its database"):
        plan(tmp_path, "2026")
