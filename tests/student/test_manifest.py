"""A release that somebody made to harm a folder: what is read of it?"""

import json
import zipfile

import pytest

from autograder.student.manifest import Manifest, UpdateError, read_release
from autograder.student.version import MANIFEST

ROW = json.loads(Manifest.of("mlp", ["nn"], [], {"images/a.svg": b""}).to_bytes())


def packed(path, method, data):
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr(f"mlp/{MANIFEST}", data)
    return path


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_zipfile_unpacks_in_one_go_is_refused(tmp_path, method):
    """Some 400 bytes were 300 MiB."""
    path = packed(tmp_path / "mlp.zip", method, bytes(1 << 20))
    with pytest.raises(UpdateError, match="unusual way"):
        read_release(path)


def test_no_more_is_unpacked_than_the_archive_says(tmp_path):
    path = packed(tmp_path / "mlp.zip", zipfile.ZIP_DEFLATED, bytes(1 << 20))
    said, true = (n.to_bytes(4, "little") for n in (10, 1 << 20))
    path.write_bytes(path.read_bytes().replace(true, said))
    with pytest.raises(UpdateError, match="cannot be read"):
        read_release(path)


@pytest.mark.parametrize(
    "elsewhere", ["../notes.txt", "/etc/hosts", "a/../../b", "c:d"]
)
def test_a_manifest_names_nothing_elsewhere(elsewhere):
    """The version names a folder; files that are no longer given are removed."""
    assert Manifest.from_bytes(json.dumps(ROW).encode()).files
    for change in ({"version": elsewhere}, {"files": {elsewhere: ""}}):
        with pytest.raises(UpdateError, match="is damaged"):
            Manifest.from_bytes(json.dumps(ROW | change).encode())
