"""Can an archive use up time or memory while it is looked into?"""

from __future__ import annotations

import gzip
import io
import tarfile
import tracemalloc
import zipfile

import pytest

from autograder.platforms.archives import BadArchive, contents
from tests.hostile.harness import cost


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_nothing_is_unpacked_beyond_what_is_asked_for(method: int) -> None:
    """zipfile unpacked 300 MiB of such an archive of 400 bytes to give 1 MiB."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        archive.writestr("mytorch/nn.py", bytes(32 << 20))
    tracemalloc.start()
    [member] = contents(data, "zz.zip").members
    with pytest.raises(BadArchive, match="pack it as a usual zip"):
        member.read(1 << 20)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 4 << 20


def header(kind: bytes, about: bytes = b"") -> bytes:
    entry = tarfile.TarInfo("mytorch/nn.py")
    entry.type, entry.size = kind, len(about)
    return entry.tobuf(tarfile.USTAR_FORMAT) + about + bytes(-len(about) % 512)


@pytest.mark.parametrize(
    "about",
    [
        # Some minutes of looking for a number's end, and weeks for a larger one.
        header(tarfile.XHDTYPE, b"1" * 400_000),
        # Each file got a copy of what is said about all.
        b"".join(header(tarfile.XGLTYPE, b"14 k%07d=v\n" % n) for n in range(9_000)),
        header(tarfile.XGLTYPE, b"".join(b"14 k%07d=v\n" % n for n in range(90_000))),
    ],
    ids=["digits", "many", "large"],
)
def test_a_tar_file_says_little_about_its_files(about: bytes) -> None:
    data = gzip.compress(about + header(tarfile.REGTYPE) * 1_000 + bytes(1024))
    with cost.measured() as used, pytest.raises(BadArchive, match="says too much"):
        contents(io.BytesIO(data), "zz.tar.gz")
    assert used.complaints() == []


def test_what_usual_tools_say_about_a_file_is_read() -> None:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.pax_headers = {"comment": "a" * 40}
        for n in range(50):
            entry = tarfile.TarInfo(f"mytorch/{'ä' * 120}{n}.py")
            entry.pax_headers = {"LIBARCHIVE.xattr.com.apple.quarantine": "x" * 900}
            archive.addfile(entry)
    data.seek(0)
    assert len(contents(data, "zz.tar").members) == 50
