"""What hostile archives do at `nbgrader zip_collect`: nothing."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.nbgrader_steps import extractor
from tests.hostile.harness.classes import released


def packed(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def bomb() -> bytes:
    """Return 300 KB that unpack to 300 MB."""
    return packed({"mytorch/nn.py": bytes(300 << 20)})


def lying_bomb() -> bytes:
    """Return a bomb that says of its one file to be small."""
    size = (300 << 20).to_bytes(4, "little")
    return bomb().replace(size, (100).to_bytes(4, "little"))


def nested_bomb() -> bytes:
    return packed({f"{i}.zip": bomb() for i in range(3)})


def many() -> bytes:
    return packed({f"{i}.py": b"" for i in range(5_000)})


def overlapping() -> bytes:
    """Return an archive whose directory names one file a thousand times."""
    data = packed({"a" * 4: bytes(1 << 20)})
    start = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    entry, rest = data[start:end], bytearray(data[end:])
    rest[8:12] = (1000).to_bytes(2, "little") * 2
    rest[12:16] = (1000 * len(entry)).to_bytes(4, "little")
    return data[:start] + entry * 1000 + bytes(rest)


def link() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        entry = zipfile.ZipInfo("mytorch/nn.py")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return data.getvalue()


REFUSED: dict[str, Callable[[], bytes]] = {
    "bomb": bomb,
    "lying": lying_bomb,
    "many": many,
    "overlapping": overlapping,
    "upwards": lambda: packed({"../../planted.py": b"x"}),
    "absolute": lambda: packed({"/tmp/planted-by-zip.py": b"x"}),
    "backslash": lambda: packed({"..\\planted.py": b"x"}),
    "garbage": lambda: b"PK\3\4" + os.urandom(500),
    "empty": lambda: b"",
    "cut": lambda: packed({"a.py": os.urandom(5000)})[:3000],
    "twice": lambda: packed({"a": b"x", "a/b": b"x"}),
    "long": lambda: packed({"a" * 5000: b"x"}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_archive_is_left_out_and_the_next_is_not(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / f"in/{name}.zip").write_bytes(REFUSED[name]())
    (tmp_path / "in/zz.zip").write_bytes(packed({"mytorch/nn.py": b"x = 1\n"}))
    extractor.Extractor().extract(str(tmp_path / "in"), str(tmp_path / "out"))
    found = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    assert found == {f"in/{name}.zip", "in/zz.zip", "out/zz/mytorch/nn.py"}
    assert not Path("/tmp/planted-by-zip.py").exists()


def test_a_link_is_not_made_and_archives_within_stay_packed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/link.zip").write_bytes(link())
    (tmp_path / "in/nested.zip").write_bytes(nested_bomb())
    extractor.Extractor().extract(str(tmp_path / "in"), str(tmp_path / "out"))
    found = [p for p in (tmp_path / "out").rglob("*") if not p.is_dir()]
    assert sorted(p.name for p in found) == ["0.zip", "1.zip", "2.zip"]
    assert sum(p.stat().st_size for p in found) < 2 << 20


def test_nbgrader_uses_it() -> None:
    with released() as made:
        archives = made.course / "downloaded/mlp/archive"
        archives.mkdir(parents=True)
        (archives / "alice.zip").write_bytes(bomb())
        pattern = r"(?P<student_id>\w+)/(?P<file_id>.*)"
        done = made.nbgrader(
            "zip_collect", "mlp", f"--FileNameCollectorPlugin.named_regexp={pattern}"
        )
        assert (
            "autograder.nbgrader_steps.extractor" in done.stderr
            or "Extractor" in done.stderr
        )
        assert "'alice.zip' is not collected" in done.stderr
