"""The Gradescope zip: its two scripts run in a namespace that looks like theirs."""

import json
import zipfile

import pytest

from autograder.platforms import gradescope
from autograder.platforms.gradescope import write_zip
from autograder.student.assignment import load
from tests.support.gradescope import ROOT, hand_in, inside, unpack
from tests.support.programs import apply


@pytest.fixture(scope="module")
def archive(scratch):
    course = scratch()
    return write_zip(course, "mlp", course / "mlp-gradescope.zip")


@pytest.fixture(scope="module")
def home(archive, tmp_path_factory):
    """Return what becomes /autograder, with setup.sh run in it."""
    home = unpack(archive, tmp_path_factory.mktemp("autograder") / "home")
    done = inside(home, "bash", "/autograder/source/setup.sh")
    assert done.returncode == 0, done.stderr
    return home


def test_the_zip_has_the_scripts_at_its_root_and_the_secrets_for_its_owner(archive):
    assert archive.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(archive) as packed:
        modes = {i.filename: i.external_attr >> 16 & 0o777 for i in packed.infolist()}
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert ".course_seed" in modes
    assert not [name for name in modes if "nbgrader" in name]


def test_the_same_course_gives_the_same_bytes(archive):
    again = write_zip(archive.parent, "mlp", archive.with_name("again.zip"))
    assert again.read_bytes() == archive.read_bytes()


def test_a_zip_that_cannot_be_finished_leaves_no_secret_behind(archive, monkeypatch):
    def full(*arguments, **named):
        raise OSError("no space left")

    before = {*archive.parent.iterdir()}
    monkeypatch.setattr(gradescope, "_add", full)
    with pytest.raises(OSError, match="no space"):
        write_zip(archive.parent, "mlp", archive.with_name("never.zip"))
    assert {*archive.parent.iterdir()} == before


def test_right_work_gets_full_points_wherever_its_folder_lies(home):
    done, found = hand_in(home, apply({}), "Ada/handed-in/mlp")
    assert found is not None, done.stdout + done.stderr
    questions = [question.id for question in load(ROOT, "mlp").questions]
    assert found["score"] == 100.0
    assert len(found["tests"]) == 2 * len(questions)
    assert {test["visibility"] for test in found["tests"]} == {
        "visible",
        "after_published",
    }
    assert "execution_time" not in found  # which a program can choose
    assert found["extra_data"]["isolation_level"] >= 3
    assert len(found["extra_data"]["fingerprint"]) == 64


def test_a_known_mistake_is_a_tag_and_costs_its_own_question(home):
    wrong = apply({"nn.ReLU.forward": "def forward(self, x):\n    return -x\n"})
    _, found = hand_in(home, wrong)
    lost = [test for test in found["tests"] if test["status"] == "failed"]
    assert {test["name"].split(":")[0] for test in lost} == {"relu_forward"}
    hidden = [test for test in lost if test["visibility"] == "after_published"]
    assert [test["score"] for test in hidden] == [0.0]


def test_nothing_handed_in_is_a_result_and_no_crash(home):
    done, found = hand_in(home, {})
    assert found["score"] == 0.0, done.stderr
    assert "missing" in found["output"]


def test_without_isolation_nothing_is_graded(home):
    settings = home / "source" / "gradescope.json"
    kept = settings.read_text()
    settings.write_text(json.dumps(json.loads(kept) | {"required_level": 5}))
    try:
        done, found = hand_in(home, apply({}))
    finally:
        settings.write_text(kept)
    assert found is None
    assert done.returncode == 1
    assert "isolation level 5" in done.stdout
    assert "Traceback" not in done.stderr
