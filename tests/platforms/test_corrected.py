"""A corrected release in mid-term, from the course to the class report."""

import json
import shutil
import zipfile

import pytest

from autograder.classroom.grade import grade_class
from autograder.classroom.page import write_report
from autograder.nbgrader_steps.release import write_release
from autograder.platforms.collect import collect, zone_of
from autograder.student.version import version_of
from tests.support.classes import lost_questions, nbgrader
from tests.support.students import copy_release, python, solve

pytestmark = pytest.mark.long

OWN = {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": "My thoughts."}
ANSWER = "Because I say so."


def edit(path, change):
    """Change the cells of a notebook, which are given by their ids."""
    book = json.loads(path.read_text(encoding="utf-8"))
    change({cell["id"]: cell for cell in book["cells"]}, book["cells"])
    path.write_text(json.dumps(book, indent=1), encoding="utf-8")


def text_of(folder):
    cells = json.loads((folder / "mlp.ipynb").read_text(encoding="utf-8"))["cells"]
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


def at_work(cells, listed):
    cells["in-words-answer"]["source"] = ANSWER
    cells["welcome"]["source"] = "My own title"
    cells["what-you-build"]["source"] = "My own words"
    listed.insert(3, OWN)


def corrected(cells, listed):
    cells["welcome"]["source"] = "# A corrected title"


def zipped(course, target):
    """Write the release as an instructor gives it out."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted((course / "release/mlp").rglob("*")):
            name = path.relative_to(course / "release").as_posix()
            archive.write(path, name)
    return target


def run(folder, *words):
    done = python(folder, "-m", "autograder", *words)
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def course(scratch):
    root = scratch()
    write_release(root, "mlp")
    return root


def at_home(course, folder):
    """Return a student's copy of the release, done, with cells of their own."""
    own = copy_release(course / "release", "mlp", folder)
    solve(own)
    edit(own / "mlp.ipynb", at_work)
    return own


def released_again(course):
    """Make the release anew as instructors do, and return its version."""
    nbgrader(course, "generate_assignment", "mlp", "--force")
    return version_of(course / "release/mlp")


def hand_in_all(course, students, handed):
    """Pack, collect and grade the folders of all students: full marks for each."""
    handed.mkdir()
    for name, folder in students.items():
        run(folder, "pack")
        shutil.copy(folder / "mlp.zip", handed / f"{name}.zip")
    collect(course, "mlp", [handed], zone=zone_of("UTC"))
    grade_class(course, "mlp", jobs=1)
    assert lost_questions(course, "mlp") == {name: set() for name in students}


def test_a_release_is_corrected_twice_and_no_work_is_lost(course, tmp_path):
    """Ada takes both corrections over, Bob the first, Cy none."""
    first = version_of(course / "release/mlp")
    students = {name: at_home(course, tmp_path / name) for name in ("ada", "bob", "cy")}
    work = (students["ada"] / "mytorch/nn.py").read_bytes()

    edit(course / "source/mlp/mlp.ipynb", corrected)
    module = course / "mytorch/nn.py"
    module.write_text(module.read_text().replace('"""', '"""Corrected. ', 1))
    second = released_again(course)
    again = (course / "release/mlp/release.json").read_bytes()
    assert released_again(course) == second
    assert (course / "release/mlp/release.json").read_bytes() == again
    for name in ("ada", "bob"):
        new = zipped(course, tmp_path / name / "mlp (1).zip")
        told = run(students[name], "check")
        assert f"has version {first} of mlp; mlp (1).zip is version {second}" in told
        told = run(students[name], "update", str(new))
        assert f"Updated from version {first} to {second}." in told
        assert "the new file is new/mytorch/nn.py" in told
        assert "'welcome'" in told
        assert "'what-you-build'" not in told
        assert "Note:" not in run(students[name], "check")
    found = text_of(students["ada"])
    assert found["welcome"] == "# A corrected title"
    assert found["welcome-2"] == "My own title"
    assert (found["what-you-build"], found["mine"]) == ("My own words", "My thoughts.")
    assert found["in-words-answer"] == ANSWER
    assert (students["ada"] / "mytorch/nn.py").read_bytes() == work

    (course / "source/mlp/README.md").write_text("Corrected again.\n")
    third = released_again(course)
    assert len({first, second, third}) == 3
    # From a folder this time, as on a hub.
    run(students["ada"], "update", str(course / "release/mlp"))
    assert (students["ada"] / "README.md").read_text() == "Corrected again.\n"
    assert text_of(students["ada"]) == found

    hand_in_all(course, students, tmp_path / "handed")
    page = write_report(course, "mlp").read_text(encoding="utf-8")
    for name, version in (("bob", second), ("cy", first)):
        line = f"worked on release {version}; now it is {third}"
        assert f"<td>{line}</td><td>{name}</td>" in page
    assert page.count("worked on release") == 2
    anonymous = write_report(course, "mlp", anonymous=True).read_text(encoding="utf-8")
    assert f"<td>worked on release {first}; now it is {third}</td><td>1</td>" in (
        anonymous
    )
    book = course / "autograded/ada/mlp/mlp.ipynb"
    assert ANSWER in book.read_text(encoding="utf-8")
