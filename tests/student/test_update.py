"""A corrected release in mid-term: the course's part is renewed, the student's kept."""

import json
import zipfile

import pytest

from autograder.student.update import (
    MANIFEST,
    Manifest,
    UpdateError,
    digest,
    update,
    version_of,
)

GRADED = {"nbgrader": {"grade": True, "solution": False, "grade_id": "q"}}
ANSWER = {"nbgrader": {"grade": True, "solution": True, "grade_id": "words"}}


def cell(name, source, **metadata):
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": source}


def release(folder, version, cells, *, stub="stub", assignment="mlp", **files):
    """Write a small release into a folder; return the folder."""
    files = {"tests/mlp/visible.json": "{}", **files}
    files["mlp.ipynb"] = json.dumps({"cells": cells, "nbformat": 4})
    files["mytorch/nn.py"] = stub
    manifest = Manifest(
        assignment,
        version,
        {"nn": digest(stub)},
        {c["id"]: digest(c["source"]) for c in cells},
        tuple(sorted(files)),
    )
    for path, text in {**files, MANIFEST: manifest.to_bytes().decode()}.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return folder


def zipped(folder):
    target = folder.with_suffix(".zip")
    with zipfile.ZipFile(target, "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, f"mlp/{path.relative_to(folder).as_posix()}")
    return target


OLD = [cell("idea", "An idea."), cell("check", "check('q')", **GRADED),
       cell("words", "Write here.", **ANSWER), cell("end", "The end.")]  # fmt: skip
NEW = [cell("idea", "A better idea."), cell("check", "check('q')  # 2", **GRADED),
       cell("hint", "A hint."), cell("words", "Write here, please.", **ANSWER),
       cell("end", "The end.")]  # fmt: skip


@pytest.fixture
def mine(tmp_path):
    """Return a student's folder, at work: module, answer, and a cell of their own."""
    folder = release(tmp_path / "mine", "1", OLD, **{"images/old.svg": "x"})
    (folder / "mytorch/nn.py").write_text("my work")
    (folder / "notes.txt").write_text("my notes")
    cells = [OLD[0], cell("own", "My thoughts."), OLD[1],
             {**OLD[2], "source": "Because."}, OLD[3]]  # fmt: skip
    (folder / "mlp.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    return folder


def sources(folder):
    cells = json.loads((folder / "mlp.ipynb").read_text())["cells"]
    return {c["id"]: c["source"] for c in cells}


@pytest.mark.parametrize("packed", [False, True])
def test_given_parts_are_renewed_and_the_students_own_stay(tmp_path, mine, packed):
    new = release(tmp_path / "new", "2", NEW, **{"tests/mlp/visible.json": "[2]"})
    lines = update(zipped(new) if packed else new, mine)
    assert lines[0] == "Updated from version 1 to 2."
    assert (mine / "mytorch/nn.py").read_text() == "my work"
    assert (mine / "notes.txt").read_text() == "my notes"
    assert (mine / "tests/mlp/visible.json").read_text() == "[2]"
    assert not (mine / "images/old.svg").exists()
    assert sources(mine) == {
        "idea": "A better idea.",
        "own": "My thoughts.",
        "check": "check('q')  # 2",
        "hint": "A hint.",
        "words": "Because.",
        "end": "The end.",
    }
    assert list(sources(mine)) == ["idea", "own", "check", "hint", "words", "end"]
    assert version_of(mine) == "2"
    assert "nothing to do" in update(new, mine)[0]


def test_a_cell_that_the_student_changed_stays_and_is_named(tmp_path, mine):
    text = (mine / "mlp.ipynb").read_text().replace("An idea.", "My idea.")
    (mine / "mlp.ipynb").write_text(text)
    lines = update(release(tmp_path / "new", "2", NEW), mine)
    assert sources(mine)["idea"] == "My idea."
    assert any("'idea'" in line for line in lines)


def test_a_changed_stub_is_laid_beside_the_students_module(tmp_path, mine):
    lines = update(release(tmp_path / "new", "2", NEW, stub="better stub"), mine)
    assert (mine / "mytorch/nn.py").read_text() == "my work"
    assert (mine / "mytorch/nn.new.py").read_text() == "better stub"
    assert any("nn.new.py" in line for line in lines)


def test_a_notebook_that_cannot_be_read_is_replaced_and_this_is_said(tmp_path, mine):
    (mine / "mlp.ipynb").write_text("{")
    lines = update(release(tmp_path / "new", "2", NEW), mine)
    assert sources(mine)["hint"] == "A hint."
    assert any("could not be read" in line for line in lines)


def incomplete(folder):
    (release(folder, "2", NEW) / "tests/mlp/visible.json").unlink()


def escaping(folder):
    with zipfile.ZipFile(folder, "w") as archive:
        archive.writestr("../out.txt", "x")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda folder: None, "cannot be read"),
        (lambda folder: folder.mkdir(), "no release"),
        (lambda folder: folder.write_bytes(b"PK no zip"), "cannot be read"),
        (lambda folder: release(folder, "2", NEW, assignment="cnn"), "is cnn"),
        (incomplete, "visible.json is missing"),
        (escaping, "leads elsewhere"),
    ],
)
def test_what_is_no_release_changes_nothing(tmp_path, mine, make, why):
    before = {p: p.read_bytes() for p in mine.rglob("*") if p.is_file()}
    make(tmp_path / "new")
    with pytest.raises(UpdateError, match=why) as caught:
        update(tmp_path / "new", mine)
    assert "\n" not in str(caught.value)
    assert {p: p.read_bytes() for p in mine.rglob("*") if p.is_file()} == before
