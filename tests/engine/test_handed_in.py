"""What is read of a student's folder: helpers, hard links, folders within folders."""

import os
import shutil

import pytest

from autograder.judging import handed_in
from autograder.judging.handed_in import read
from autograder.judging.regular_files import Problem
from autograder.nbgrader_steps.exchange import read_stamp

NOTEBOOK = b'{"cells": []}'


@pytest.fixture
def course(tmp_path):
    """Return a course with a reference and one submission."""
    for room in ("mytorch", "tests/mlp", "submitted/ada/mlp/mytorch"):
        (tmp_path / room).mkdir(parents=True)
    (tmp_path / "mytorch/nn.py").write_bytes(b"reference = 1\n")
    (tmp_path / ".course_seed").write_text("00" * 32)
    work = tmp_path / "submitted/ada/mlp"
    (work / "mlp.ipynb").write_bytes(NOTEBOOK)
    (work / "mytorch/nn.py").write_bytes(b"mine = 1\n")
    return tmp_path


def of_ada(course):
    inside = ("ada", "mlp")
    return read(course / "submitted", "mlp", ("nn",), inside, course=course)


def test_own_files_of_the_folder_are_helpers(course):
    folder = course / "submitted/ada/mlp/mytorch"
    (folder / "__init__.py").write_bytes(b"x = 1\n")
    (folder / "tools.py").write_bytes(b"y = 1\n")
    (folder / "two words.py").write_bytes(b"z = 1\n")
    (folder / "notes.txt").write_bytes(b"no module")
    (folder / "link.py").symlink_to(course / "mytorch/nn.py")
    (folder / "deeper").mkdir()
    (folder / "deeper/more.py").write_bytes(b"")
    found = of_ada(course)
    assert found.helpers == {"__init__": b"x = 1\n", "tools": b"y = 1\n"}
    assert found.judged == {"nn": b"mine = 1\n"}
    assert found.sources == {**found.helpers, **found.judged}
    assert sorted(found.notes) == [
        "mytorch/link.py is not a regular file: links are not followed",
        "mytorch/two words.py is no name for a module: left out",
    ]


def test_a_helper_counts_in_the_digest(course):
    before = of_ada(course).digest()
    (course / "submitted/ada/mlp/mytorch/tools.py").write_bytes(b"y = 1\n")
    assert of_ada(course).digest() != before


@pytest.mark.parametrize("size", [1, 64 << 10])
def test_helpers_are_capped_by_count_and_sum(course, size):
    for i in range(60):
        path = course / f"submitted/ada/mlp/mytorch/helper{i:02}.py"
        path.write_bytes(b"#" * size)
    found = of_ada(course)
    assert len(found.helpers) == min(
        handed_in.MOST_HELPERS, handed_in.HELPERS_LIMIT // size
    )
    assert "of its own: others are left" in found.notes[0]


def test_a_hard_link_to_the_course_is_refused(course):
    module = course / "submitted/ada/mlp/mytorch/nn.py"
    for target in ("mytorch/nn.py", ".course_seed"):
        module.unlink()
        os.link(course / target, module)
        found = of_ada(course)
        assert found.modules["nn"] == Problem(
            "mytorch/nn.py is a hard link to a file of the course"
        )
        stamp = course / "submitted/ada/mlp/timestamp.txt"
        os.link(course / target, stamp)
        assert isinstance(of_ada(course).timestamp, Problem)
        inside = ("ada", "mlp")
        assert isinstance(read_stamp(course / "submitted", inside, course), Problem)
        stamp.unlink()


def test_a_hard_link_to_a_backup_is_judged_and_named(course):
    shutil.copytree(course / "submitted", course / "backup", copy_function=os.link)
    found = of_ada(course)
    assert found.judged == {"nn": b"mine = 1\n"}
    assert found.notebook == NOTEBOOK
    assert "mytorch/nn.py is a hard link" in found.remarks[0]
    assert found.notes == ()


def test_without_a_course_every_hard_link_is_refused(course):
    os.link(course / "submitted/ada/mlp/mytorch/nn.py", course / "elsewhere")
    found = read(course / "submitted/ada/mlp", "mlp", ("nn",))
    assert isinstance(found.modules["nn"], Problem)


def test_one_folder_deeper_is_read_and_said(course):
    work = course / "submitted/ada/mlp"
    work.rename(course / "submitted/ada/mine")
    work.mkdir()
    (course / "submitted/ada/mine").rename(work / "mine")
    (work / "__MACOSX/mytorch").mkdir(parents=True)
    (work / ".DS_Store").write_bytes(b"")
    (work / "timestamp.txt").write_bytes(b"2026-07-20 11:00:00 UTC")
    found = of_ada(course)
    assert found.judged == {"nn": b"mine = 1\n"}
    assert found.timestamp == b"2026-07-20 11:00:00 UTC"
    assert found.remarks == ("it lies one folder too deep, in mine/: read from there",)


def test_of_two_folders_deeper_none_is_guessed(course):
    work = course / "submitted/ada/mlp"
    for name in ("old", "new"):
        shutil.copytree(course / "submitted/ada/mlp/mytorch", work / name / "mytorch")
    shutil.rmtree(work / "mytorch")
    (work / "mlp.ipynb").unlink()
    assert of_ada(course).judged == {}


def test_a_link_deeper_is_not_followed(course):
    work = course / "submitted/ada/mlp"
    shutil.rmtree(work)
    work.mkdir()
    (work / "mlp").symlink_to(course)
    assert of_ada(course).judged == {}


def test_what_is_still_packed_is_said_in_one_line(course):
    work = course / "submitted/ada/mlp"
    shutil.rmtree(work)
    work.mkdir()
    (work / "mlp.ZIP").write_bytes(b"PK")
    found = of_ada(course)
    told = {p.text for p in (*found.modules.values(), found.notebook)}
    assert told == {"it is still packed, in mlp.ZIP: it has to be unpacked"}
    found = read(work / "mlp.ZIP", "mlp", ("nn",))
    assert "mlp.ZIP is still packed" in found.modules["nn"].text
