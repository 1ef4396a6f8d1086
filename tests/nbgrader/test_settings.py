"""nbgrader's own settings and buttons, and the course's seed, hold here too."""

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.judging.seed import SeedError, read_seed
from autograder.judging.submission import grade
from autograder.nbgrader_steps import staging
from tests.support.classes import autograder, hand_in, nbgrader, scores
from tests.support.samples import code

RELU = code({"nn.ReLU.forward": "def forward(self, x):\n    return x\n"})


@pytest.fixture(scope="module")
def once(scratch):
    course = scratch()
    nbgrader(course, "generate_assignment", "mlp")
    hand_in(course, "mlp", "ada", code({}))
    hand_in(course, "mlp", "smith, john", RELU)
    nbgrader(course, "autograde", "mlp")
    return course


@pytest.fixture
def course(once, tmp_path):
    return shutil.copytree(once, tmp_path / "course", symlinks=True)


def setting(course, line):
    with (course / "nbgrader_config.py").open("a") as config:
        config.write(f"{line}\n")


def files(folder):
    found = (path for path in folder.rglob("*") if path.is_file())
    return {str(p.relative_to(folder)): p.read_bytes() for p in found}


def test_grading_one_notebook_leaves_the_rest_of_the_folder(course):
    before = set(files(course / "autograded/ada"))
    nbgrader(course, "autograde", "mlp", "--notebook", "mlp", "--force")
    assert set(files(course / "autograded/ada")) == before
    log = nbgrader(course, "autograde", "mlp", "--notebook", "other", ok=False)
    assert "'mlp' has one notebook" in log
    assert set(files(course / "autograded/ada")) == before


def test_a_student_who_is_excluded_stays_as_graded(course):
    path = course / "submitted/ada/mlp/mytorch/nn.py"
    path.write_text("# another\n")
    before = files(course / "autograded/ada")
    exclude = "--CourseDirectory.student_id_exclude=ada"
    nbgrader(course, "autograde", "mlp", "--force", exclude)
    nbgrader(course, "generate_feedback", "mlp", exclude)
    assert files(course / "autograded/ada") == before
    assert scores(course)["ada"] == 100.0
    assert not (course / "feedback/ada").exists()
    assert (course / "feedback/smith, john").exists()


def test_a_shared_course_is_writable_by_its_group(course):
    setting(course, "c.CourseDirectory.groupshared = True")
    nbgrader(course, "autograde", "mlp", "--force")
    nbgrader(course, "generate_feedback", "mlp")
    nbgrader(course, "generate_assignment", "mlp")
    for name in ("autograded", "feedback", "release"):
        for path in (course / name, *(course / name).rglob("*")):
            wanted = 0o2770 if path.is_dir() else 0o660
            if not path.is_symlink():
                assert path.stat().st_mode & wanted == wanted, path


def test_other_folders_and_another_structure_are_used(course):
    names = ("source", "release", "submitted", "autograded", "feedback")
    for name in names:
        setting(course, f"c.CourseDirectory.{name}_directory = 'own-{name}'")
    structure = "{nbgrader_step}/{assignment_id}/{student_id}"
    setting(course, f"c.CourseDirectory.directory_structure = {structure!r}")
    for name in ("release", "autograded"):
        shutil.rmtree(course / name)
    (course / "own-source/mlp").mkdir(parents=True)
    (course / "source/mlp").rename(course / "own-source/mlp/.")
    (course / "own-submitted/mlp").mkdir(parents=True)
    for path in (course / "submitted").iterdir():
        (path / "mlp").rename(course / "own-submitted/mlp" / path.name)
    shutil.rmtree(course / "submitted")
    shutil.rmtree(course / "source")
    nbgrader(course, "generate_assignment", "mlp")
    autograder(course, "grade", "mlp", "--feedback", "--jobs", "1")
    assert (course / "own-release/mlp/mlp.ipynb").exists()
    assert (course / "own-autograded/mlp/ada/images/softmax.png").exists()
    assert (course / "own-feedback/mlp/ada/mlp.html").exists()
    assert not any((course / name).exists() for name in names)
    assert scores(course) == {"ada": 100.0, "smith, john": 90.0}


def test_a_refused_release_leaves_the_last_good_one(course):
    before = files(course / "release")
    gradebook = (course / "gradebook.db").read_bytes()
    path = course / "source/mlp/mlp.ipynb"
    notebook = json.loads(path.read_text())
    graded = [c for c in notebook["cells"] if c["metadata"].get("nbgrader")]
    graded[0]["metadata"]["nbgrader"]["points"] = 77
    notebook["cells"].append(
        {"cell_type": "markdown", "id": "x", "metadata": {}, "source": "x"}
    )
    secret = (course / ".course_seed").read_text().strip()
    notebook["cells"][-1]["source"] = f"the seed is {secret}"
    path.write_text(json.dumps(notebook))
    log = nbgrader(course, "generate_assignment", "mlp", ok=False)
    assert "holds the secret seed" in log
    assert "Traceback" not in log
    assert files(course / "release") == before
    assert (course / "gradebook.db").read_bytes() == gradebook


def test_a_folder_is_swapped_in_one_step_or_else_in_two(tmp_path, monkeypatch):
    for swap in (staging._swap, lambda one, other: False):
        monkeypatch.setattr(staging, "_swap", swap)
        made, final = tmp_path / "made", tmp_path / "final"
        for path in (made, final):
            path.mkdir(exist_ok=True)
            (path / "text").write_text(path.name)
        staging.put_in_place(made, final)
        assert (final / "text").read_text() == "made"
        for path in tmp_path.iterdir():
            shutil.rmtree(path)


def test_exported_names_stay_in_their_column(course):
    nbgrader(course, "export")
    lines = (course / "grades.csv").read_text().splitlines()
    assert 'mlp,,,"smith, john",,,,90.0,0.0,90.0,105.0' in lines
    assert "mlp,,,ada,,,,100.0,0.0,100.0,105.0" in lines
    nbgrader(course, "export", "--to", "one.csv", "--CsvExportPlugin.student=['ada']")
    assert len((course / "one.csv").read_text().splitlines()) == 2


BUTTON = """
import sys
from pathlib import Path
from autograder.nbgrader_steps.course_folder import load_config
from nbgrader.apps.api import NbGraderAPI
import tests.mlp.hidden, mytorch.optim  # as a Lab that has graded before holds them
api = NbGraderAPI(config=load_config(Path.cwd()))
for line in sys.stdin:
    done = api.autograde("mlp", "ada")
    score = api.get_submission("mlp", "ada")["score"]
    print(done["success"], score, flush=True)
done = api.autograde("mlp", "nobody")
print(done["success"], "nobody has handed in" in done["error"])
"""


def test_the_button_grades_by_the_files_as_they_are_now(course):
    """One long-lived process presses twice, and a reference changes in between."""
    lab = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", BUTTON],
        cwd=course,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with lab:
        print("press", file=lab.stdin, flush=True)
        assert lab.stdout.readline() == "True 100.0\n"
        path = course / "mytorch/optim.py"
        path.write_text(path.read_text().replace("np.reshape(", "2.0 * np.reshape("))
        print("press", file=lab.stdin, flush=True)
        assert lab.stdout.readline() == "True 90.0\n"
        lab.stdin.close()
        assert lab.stdout.readline() == "False True\n"
    assert scores(course)["ada"] == 90.0


def test_a_configured_seed_holds_everywhere(course):
    seed = "cd" * 32
    (course / ".course_seed").unlink()
    setting(course, f"c.Autograde.course_seed = {seed!r}")
    assert read_seed(course) == bytes.fromhex(seed)
    nbgrader(course, "generate_assignment", "mlp")
    log = nbgrader(course, "autograde", "mlp")
    assert "ada: 100 of 100" in log
    autograder(course, "grade", "mlp", "--jobs", "1")
    autograder(course, "try", "mlp", "submitted/ada/mlp")
    assert grade(course / "submitted/ada/mlp", "mlp", root=course).points == 100.0
    assert not (course / ".course_seed").exists()


def test_a_lost_seed_is_not_replaced_in_silence(course):
    (course / ".course_seed").unlink()
    shutil.rmtree(course / "autograded")  # the gradebook alone knows of the grades
    for command in ("generate_assignment", "autograde"):
        log = nbgrader(course, command, "mlp", ok=False)
        assert ".course_seed is lost" in log
        assert "Traceback" not in log
    said = autograder(course, "grade", "mlp", "--jobs", "1", ok=False)
    assert len(said.splitlines()) == 1
    assert not (course / ".course_seed").exists()


@pytest.mark.parametrize("text", ["", "not hex", "abcd", "ab" * 32 + "\udcff"])
def test_a_seed_that_is_none_is_one_line(tmp_path, text):
    (tmp_path / ".course_seed").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(
        SeedError, match=r"\.course_seed .*64 hexadecimal digits"
    ) as why:
        read_seed(tmp_path)
    assert "\n" not in str(why.value)


def test_a_seed_that_may_not_be_read_is_one_line(tmp_path):
    if os.getuid() != 0:
        read_seed(tmp_path)
        (tmp_path / ".course_seed").chmod(0)
    else:  # root may read all files, but no folder
        (tmp_path / ".course_seed").mkdir()
    with pytest.raises(SeedError, match="those who grade must be able to read it"):
        read_seed(tmp_path)


@pytest.mark.parametrize(
    ("course_mode", "mode"), [(0o700, 0o600), (0o755, 0o600), (0o750, 0o640),
                              (0o775, 0o640), (0o2770, 0o640)]
)  # fmt: skip
def test_a_seed_is_shared_with_the_group_whose_course_it_is(
    tmp_path: Path, course_mode: int, mode: int
):
    tmp_path.chmod(course_mode)
    read_seed(tmp_path)
    assert stat.S_IMODE((tmp_path / ".course_seed").stat().st_mode) == mode
