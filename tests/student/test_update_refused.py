"""What is no release of this assignment changes nothing in a student's folder."""

import json
import zipfile

import pytest

from autograder.student.manifest import UpdateError
from autograder.student.update import update
from autograder.student.version import MANIFEST
from tests.support.small_release import NEW, at_work, release


@pytest.fixture
def mine(tmp_path):
    return at_work(tmp_path / "mine")


def incomplete(folder):
    (release(folder, NEW) / "tests/mlp/visible.json").unlink()


def escaping(folder):
    with zipfile.ZipFile(folder, "w") as archive:
        archive.writestr("../out.txt", "x")


def unusual(folder):
    """zipfile unpacks bzip2 in one go: some 400 bytes were 300 MiB."""
    with zipfile.ZipFile(folder, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("mlp/release.json", bytes(1 << 20))


def understated(folder):
    """The archive's table says 10 bytes of what is a million."""
    with zipfile.ZipFile(folder, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mlp/release.json", bytes(1 << 20))
    size = (1 << 20).to_bytes(4, "little")
    folder.write_bytes(folder.read_bytes().replace(size, (10).to_bytes(4, "little")))


def renamed(**changes):
    """Return what writes a release whose manifest names something elsewhere."""

    def make(folder):
        path = release(folder, NEW) / MANIFEST
        row = json.loads(path.read_text())
        path.write_text(json.dumps(row | changes))

    return make


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda folder: None, "cannot be read"),
        (lambda folder: folder.mkdir(), "no release"),
        (lambda folder: folder.write_bytes(b"PK no zip"), "cannot be read"),
        (lambda folder: release(folder, NEW, assignment="cnn"), "is cnn"),
        (incomplete, "visible.json is missing"),
        (escaping, "leads elsewhere"),
        (unusual, "unusual way"),
        (understated, "cannot be read"),
        (renamed(version="../../kept"), "is damaged"),
        (renamed(files={"../mine/notes.txt": ""}), "is damaged"),
    ],
)
def test_what_is_no_release_changes_nothing(tmp_path, mine, make, why):
    before = {p: p.read_bytes() for p in mine.rglob("*") if p.is_file()}
    make(tmp_path / "new")
    with pytest.raises(UpdateError, match=why) as caught:
        update(tmp_path / "new", mine)
    assert "\n" not in str(caught.value)
    assert {p: p.read_bytes() for p in mine.rglob("*") if p.is_file()} == before
