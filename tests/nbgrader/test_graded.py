"""What "graded" means: whatever decides a score changes, the scores follow."""

import json
import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.api import Gradebook

from autograder.judging import fingerprint
from autograder.judging.fingerprint import JudgedBy
from autograder.nbgrader_steps.deadlines import extend, set_due
from tests.support.classes import autograder, hand_in, nbgrader, scores
from tests.support.samples import ROOT, code

WRONG_RELU = code({"nn.ReLU.forward": "def forward(self, x):\n    return x\n"})
COMMANDS = {
    "nbgrader": lambda course: nbgrader(course, "autograde", "mlp"),
    "autograder": lambda course: autograder(course, "grade", "mlp", "--jobs", "1"),
}


@pytest.fixture(scope="module")
def once(scratch):
    """Return a course with a class of two that has been graded."""
    course = scratch()
    nbgrader(course, "generate_assignment", "mlp")
    hand_in(course, "mlp", "ada", code({}))
    hand_in(course, "mlp", "bob", WRONG_RELU)
    # As `cp -al submitted backup` does.
    shutil.copytree(course / "submitted", course / "backup", copy_function=os.link)
    nbgrader(course, "autograde", "mlp")
    return course


@pytest.fixture
def course(once, tmp_path):
    return shutil.copytree(once, tmp_path / "course", symlinks=True)


@pytest.fixture(params=COMMANDS)
def again(request):
    """Grade what is to be graded, by each of the commands."""
    return COMMANDS[request.param]


def points_of(course, question, points):
    path = course / "source/mlp/mlp.ipynb"
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        if mark.get("grade_id") == question:
            mark["points"] = points
    path.write_text(json.dumps(notebook))


def written(course):
    """Return which file each graded notebook is: judged again, it is another."""
    found = course.glob("autograded/*/mlp/*.ipynb")
    return {path.parts[-3]: path.stat().st_ino for path in found}


def test_what_is_graded_is_left_alone(course, again):
    before = written(course)
    again(course)
    assert written(course) == before
    assert scores(course) == {"ada": 100.0, "bob": 90.0}


def test_a_lost_gradebook_is_filled_again(course, again):
    (course / "gradebook.db").unlink()
    nbgrader(course, "generate_assignment", "mlp")
    assert scores(course) == {}
    again(course)
    assert scores(course) == {"ada": 100.0, "bob": 90.0}


def test_another_gradebook_is_filled(course, tmp_path):
    url = f"sqlite:///{tmp_path}/other.db"
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"c.CourseDirectory.db_url = {url!r}\n")
    nbgrader(course, "generate_assignment", "mlp")
    COMMANDS["autograder"](course)
    assert scores(course, url=url) == {"ada": 100.0, "bob": 90.0}


def test_a_student_who_was_removed_comes_back(course):
    nbgrader(course, "db", "student", "remove", "bob", "--force")
    assert scores(course) == {"ada": 100.0}
    COMMANDS["nbgrader"](course)
    assert scores(course) == {"ada": 100.0, "bob": 90.0}


@pytest.mark.parametrize(("points", "bob"), [(15.0, 85), (5.0, 95)])
def test_changed_points_count_and_the_move_is_named(course, again, points, bob):
    points_of(course, "relu_forward", points)
    points_of(course, "sgd", 20.0 - points)  # together they stay 100
    refusal = nbgrader(course, "autograde", "mlp", ok=False)
    assert "'relu_forward' are 10.0" not in refusal
    assert f"'relu_forward' are {points} in the source notebook and 10.0" in refusal
    assert "run nbgrader generate_assignment mlp" in refusal
    assert "Traceback" not in refusal
    assert scores(course) == {"ada": 100.0, "bob": 90.0}
    nbgrader(course, "generate_assignment", "mlp")
    log = again(course)
    assert scores(course) == {"ada": 100.0, "bob": bob}
    assert f"bob: the score moved from 90 to {bob}" in log
    assert "ada: the score moved" not in log


def test_a_changed_reference_counts_and_the_move_is_named(course):
    path = course / "mytorch/optim.py"
    path.write_text(path.read_text().replace("np.reshape(", "2.0 * np.reshape("))
    log = COMMANDS["nbgrader"](course)
    assert scores(course) == {"ada": 90.0, "bob": 80.0}
    assert "ada: the score moved from 100 to 90" in log
    assert "bob: the score moved from 90 to 80" in log


def test_marks_given_by_hand_stay(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        gradebook.find_grade("relu_forward", "mlp", "mlp", "bob").manual_score = 7.0
        gradebook.db.commit()
    (course / ".course_seed").write_text("ab" * 32)
    before = written(course)
    COMMANDS["autograder"](course)
    assert written(course).keys() == before.keys()
    assert not set(written(course).values()) & set(before.values())
    assert scores(course) == {"ada": 100.0, "bob": 97.0}


def late_by(course, days, percent=10):
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(
            "from autograder.nbgrader_steps.late import LatePenalty\n"
            "c.AssignLatePenalties.plugin_class = LatePenalty\n"
            f"c.LatePenalty.percent_per_day = {percent}\n"
        )
    set_due(course, "mlp", datetime.now(UTC) - timedelta(days=days, hours=-1))


def test_due_dates_extensions_and_penalties_count_without_judging(course):
    stamp = datetime.now(UTC)
    for name in ("ada", "bob"):
        path = course / f"submitted/{name}/mlp/timestamp.txt"
        path.write_text(f"{stamp:%Y-%m-%d %H:%M:%S} UTC")
    COMMANDS["nbgrader"](course)
    before = written(course)
    late_by(course, days=2)
    log = COMMANDS["nbgrader"](course)
    assert scores(course) == {"ada": 80.0, "bob": 72.0}
    assert "ada: the score moved from 100 to 80" in log
    extend(course, "mlp", "ada", timedelta(days=1))
    COMMANDS["nbgrader"](course)
    assert scores(course) == {"ada": 90.0, "bob": 72.0}
    late_by(course, days=2, percent=50)
    COMMANDS["nbgrader"](course)
    assert scores(course) == {"ada": 50.0, "bob": 0.0}
    assert written(course) == before


def test_a_time_that_is_gone_is_forgotten(course):
    path = course / "submitted/ada/mlp/timestamp.txt"
    path.write_text("2026-01-02 03:04:05 UTC")
    COMMANDS["nbgrader"](course)
    path.unlink()
    COMMANDS["nbgrader"](course)
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        assert gradebook.find_submission("mlp", "ada").timestamp is None


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("tests/mlp/hidden.py", "questions"),
        ("tests/mlp/probes.py", "questions"),
        ("tests/mlp/mistakes.py", "questions"),
        ("mytorch/nn.py", "reference"),
        ("autograder/student/naming.py", "engine"),
        ("autograder/student/reasons/array.py", "engine"),
        ("autograder/sandbox/untrusted/worker.py", "engine"),
        ("points", "points"),
        ("seed", "seed"),
    ],
)
def test_the_fingerprint_names_what_changed(tmp_path, monkeypatch, file, part):
    for room in ("tests/mlp", "mytorch", "autograder"):
        shutil.copytree(ROOT / room, tmp_path / room)
    monkeypatch.setattr(fingerprint, "ENGINE", tmp_path / "autograder")
    seed, points = bytes(32), {"sgd": 10.0}
    before = JudgedBy.now(tmp_path, "mlp", seed, points)
    assert JudgedBy.now(tmp_path, "mlp", seed, points) == before
    if part == "points":
        points = {"sgd": 20.0}
    elif part == "seed":
        seed = bytes(31) + b"1"
    else:
        with (tmp_path / file).open("a") as text:
            text.write("# another\n")
    after = JudgedBy.now(tmp_path, "mlp", seed, points)
    changed = [k for k, v in vars(before).items() if v != getattr(after, k)]
    assert changed == [part]
    assert after.of("a submission") != before.of("a submission")
