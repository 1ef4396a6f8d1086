"""A corrected release in mid-term: the course's part is renewed, the student's kept."""

import json

import pytest

from autograder.student.__main__ import main
from autograder.student.manifest import UpdateError
from autograder.student.update import hints, update
from autograder.student.version import MANIFEST, version_of
from tests.support.small_release import (
    NEW,
    OLD,
    at_work,
    cell,
    release,
    zipped,
)


@pytest.fixture
def mine(tmp_path):
    return at_work(tmp_path / "mine")


def sources(folder):
    cells = json.loads((folder / "mlp.ipynb").read_text())["cells"]
    return {c["id"]: c["source"] for c in cells}


@pytest.mark.parametrize("packed", [False, True])
def test_given_parts_are_renewed_and_the_students_own_stay(tmp_path, mine, packed):
    new = release(tmp_path / "new", NEW, **{"tests/mlp/visible.json": "[2]"})
    before = version_of(mine)
    lines = update(zipped(new) if packed else new, mine)
    assert lines[0] == f"Updated from version {before} to {version_of(new)}."
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
    assert version_of(mine) == version_of(new)
    assert "nothing to do" in update(new, mine)[0]


def test_a_given_cell_that_the_student_changed_stays_beside_the_new_one(tmp_path, mine):
    text = (mine / "mlp.ipynb").read_text()
    text = text.replace("An idea.", "My idea.").replace("The end.", "My end.")
    (mine / "mlp.ipynb").write_text(text)
    lines = update(release(tmp_path / "new", NEW), mine)
    found = sources(mine)
    assert list(found.values())[:3] == ["A better idea.", "My idea.", "My thoughts."]
    assert found["end"] == "My end."  # which the course left as it was
    assert [line for line in lines if "'idea'" in line]
    assert not [line for line in lines if "'end'" in line]
    text = (mine / "mlp.ipynb").read_text()
    update(release(tmp_path / "third", [*NEW, cell("last", "!")]), mine)
    assert sources(mine) == {**found, "last": "!"}


def test_what_a_student_did_to_a_graded_cell_is_kept_beside_it(tmp_path, mine):
    text = (mine / "mlp.ipynb").read_text().replace("check('q')", "my_check()")
    (mine / "mlp.ipynb").write_text(text)
    update(release(tmp_path / "new", NEW), mine)
    cells = json.loads((mine / "mlp.ipynb").read_text())["cells"]
    at = [c["source"] for c in cells].index("my_check()")
    assert cells[at - 1]["source"] == "check('q')  # 2"
    assert cells[at]["metadata"] == {}
    assert "nbgrader" in cells[at - 1]["metadata"]


def test_cells_are_known_without_their_ids_as_some_tools_leave_them(tmp_path, mine):
    book = json.loads((mine / "mlp.ipynb").read_text())
    for row in book["cells"]:
        del row["id"]
    (mine / "mlp.ipynb").write_text(json.dumps(book))
    update(release(tmp_path / "new", NEW), mine)
    assert list(sources(mine).values()) == [
        "A better idea.", "My thoughts.", "check('q')  # 2", "A hint.", "Because.",
        "The end.",
    ]  # fmt: skip


def test_own_cells_stay_where_the_course_took_a_cell_away(tmp_path, mine):
    book = json.loads((mine / "mlp.ipynb").read_text())
    book["cells"].insert(0, cell("first", "My first."))
    (mine / "mlp.ipynb").write_text(json.dumps(book))
    update(release(tmp_path / "new", NEW[1:]), mine)
    assert list(sources(mine).values())[:3] == [
        "My first.", "My thoughts.", "check('q')  # 2"
    ]  # fmt: skip


def test_a_changed_stub_is_laid_where_the_student_can_compare(tmp_path, mine):
    lines = update(release(tmp_path / "new", NEW, stub="better stub"), mine)
    assert (mine / "mytorch/nn.py").read_text() == "my work"
    assert (mine / "new/mytorch/nn.py").read_text() == "better stub"
    assert any("new/mytorch/nn.py" in line for line in lines)


def test_a_module_that_nobody_worked_on_is_replaced(tmp_path, mine):
    (mine / "mytorch/nn.py").write_bytes(b"stub")
    update(release(tmp_path / "new", NEW, stub="better stub"), mine)
    assert (mine / "mytorch/nn.py").read_text() == "better stub"
    assert not (mine / "new").exists()


def test_what_is_replaced_can_be_had_back(tmp_path, mine):
    before, work = version_of(mine), (mine / "mlp.ipynb").read_bytes()
    (mine / "tests/mlp/visible.json").write_text("mine")
    new = release(tmp_path / "new", NEW, **{"tests/mlp/visible.json": "[2]"})
    lines = update(new, mine)
    kept = mine / f"before-{before}"
    assert (kept / "mlp.ipynb").read_bytes() == work
    assert (kept / "tests/mlp/visible.json").read_text() == "mine"
    assert (kept / "images/old.svg").exists()
    assert "You had changed tests/mlp/visible.json: it is the course's." in lines


def test_other_ends_of_lines_are_no_change(tmp_path, mine):
    given = mine / "images/old.svg"
    release(mine, OLD, **{"images/old.svg": "two\nlines\n"})
    given.write_bytes(b"two\r\nlines\r\n")
    assert hints(mine) == []


def test_going_back_by_mistake_is_refused(tmp_path, mine):
    first = release(tmp_path / "first", OLD, **{"images/old.svg": "x"})
    update(release(tmp_path / "new", NEW), mine)
    with pytest.raises(UpdateError, match="had before"):
        update(first, mine)
    assert "Updated" in update(first, mine, back=True)[0]
    assert version_of(mine) == version_of(first)


def test_a_folder_from_before_there_were_versions_is_brought_up(tmp_path, mine):
    (mine / MANIFEST).unlink()
    update(release(tmp_path / "new", NEW), mine)
    assert (mine / "mytorch/nn.py").read_text() == "my work"
    assert sources(mine)["words"] == "Because."
    assert sources(mine)["idea"] == "A better idea."


def test_a_new_release_renews_an_old_folder_from_outside(tmp_path, mine, capsys):
    (mine / MANIFEST).unlink()
    new = release(tmp_path / "new", NEW)
    assert main(["update", str(new), "--of", str(mine)]) == 0
    assert version_of(mine) == version_of(new)
    assert "from version unnamed to" in capsys.readouterr().out
    assert main(["update", str(new), "--of", str(tmp_path)]) == 1
    assert "another assignment" in capsys.readouterr().out


def test_hints_name_a_newer_release_and_a_changed_file(tmp_path, mine, monkeypatch):
    assert hints(mine) == []
    new = zipped(release(tmp_path / "releases/mlp", NEW))
    monkeypatch.setenv("AUTOGRADER_RELEASES", str(new.parent))
    [line] = hints(mine)
    assert version_of(mine) in line
    assert f"update {new.parent / 'mlp'}`" in line
    update(new, mine)
    assert hints(mine) == []
    (mine / "tests/mlp/visible.json").write_text("damaged")
    [line] = hints(mine)
    assert line.startswith("tests/mlp/visible.json is not as version")
    update(new, mine)
    assert (mine / "tests/mlp/visible.json").read_text() == "{}"


def test_a_notebook_that_cannot_be_read_is_replaced_and_this_is_said(tmp_path, mine):
    (mine / "mlp.ipynb").write_text("{")
    lines = update(release(tmp_path / "new", NEW), mine)
    assert sources(mine)["hint"] == "A hint."
    assert any("could not be read" in line for line in lines)
