"""Archives as platforms hand them out, and as nobody should make them."""

from __future__ import annotations

import io
import os
import stat
import tarfile
import zipfile
from collections.abc import Callable, Mapping

Files = Mapping[str, bytes]


def packed(files: Files) -> bytes:
    """Return a zip file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def tarred(files: Files) -> bytes:
    """Return a tar.gz file."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return data.getvalue()


def work(mark: str, folder: str = "mlp/") -> dict[str, bytes]:
    """Return the files of a submission that can be told by its mark."""
    return {
        f"{folder}mlp.ipynb": b'{"nbformat": 4, "cells": []}',
        f"{folder}mytorch/nn.py": f"MARK = '{mark}'\n".encode(),
        f"{folder}mytorch/optim.py": b"",
    }


def bomb() -> bytes:
    """Return 120 KB that unpack to 120 MB."""
    return packed({"mytorch/nn.py": bytes(120 << 20)})


def lying_bomb() -> bytes:
    """Return a bomb that says of its one file to be small."""
    size = (120 << 20).to_bytes(4, "little")
    return bomb().replace(size, (100).to_bytes(4, "little"))


def overlapping() -> bytes:
    """Return an archive whose directory names one file a thousand times."""
    data = packed({"mytorch/a.py": bytes(1 << 20)})
    start, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    entry, rest = data[start:end], bytearray(data[end:])
    rest[8:12] = (1000).to_bytes(2, "little") * 2
    rest[12:16] = (1000 * len(entry)).to_bytes(4, "little")
    return data[:start] + entry * 1000 + bytes(rest)


def link() -> bytes:
    """Return an archive with a link to a file of the system."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        entry = zipfile.ZipInfo("mytorch/nn.py")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return data.getvalue()


def broken_deflate() -> bytes:
    """Return an archive in which the packed bytes of a file make no sense."""
    data = bytearray(packed({"mytorch/nn.py": os.urandom(50) * 100}))
    start = 30 + len("mytorch/nn.py")
    data[start : start + 40] = b"\xff" * 40
    return bytes(data)


def changed(at: int, value: bytes) -> bytes:
    """Return an archive with some bytes of its directory changed."""
    data = bytearray(packed({"mytorch/nn.py": b"x = 1\n"}))
    entry = data.index(b"PK\1\2")
    data[entry + at : entry + at + len(value)] = value
    return bytes(data)


def bad_name() -> bytes:
    """Return an archive with a name that says it is UTF-8, and is not."""
    data = changed(8, (0x800).to_bytes(2, "little"))
    return data.replace(b"mytorch/nn.py", b"mytorch/\xff\xfe.py")


def commented() -> bytes:
    """Return an archive whose comment holds the end of another one."""
    data = bytearray(packed({"mytorch/nn.py": b"x = 1\n"}))
    comment = b"PK\5\6" + b"\xff" * 18
    data[-2:] = len(comment).to_bytes(2, "little")
    return bytes(data + comment)


def tar_bomb() -> bytes:
    return tarred({"mytorch/nn.py": bytes(100 << 20)})


BAD: dict[str, Callable[[], bytes]] = {
    "bomb.zip": bomb,
    "lying.zip": lying_bomb,
    "overlapping.zip": overlapping,
    "link.zip": link,
    "deflate.zip": broken_deflate,
    "name.zip": bad_name,
    "version.zip": lambda: changed(6, b"\xff\xff"),
    "encrypted.zip": lambda: changed(8, b"\1\0"),
    "method.zip": lambda: changed(10, b"\x63\0"),
    "comment.zip": commented,
    "upwards.zip": lambda: packed({"../../planted.py": b"x"}),
    "absolute.zip": lambda: packed({"/tmp/planted-by-zip.py": b"x"}),
    "backslash.zip": lambda: packed({"..\\planted.py": b"x"}),
    "drive.zip": lambda: packed({"C:\\mytorch\\nn.py": b"x"}),
    "nul.zip": lambda: packed({"mytorchXnn.py": b"x"}).replace(b"hXn", b"h\0n"),
    "garbage.zip": lambda: b"PK\3\4" + bytes(range(256)) * 2,
    "empty.zip": lambda: b"",
    "cut.zip": lambda: packed({"a.py": bytes(range(256)) * 9})[:200],
    "long.zip": lambda: packed({"a" * 5000: b"x"}),
    "many.zip": lambda: packed({f"{i}/mytorch/a.py": b"" for i in range(3_000)}),
    "nested.zip": lambda: packed({f"{i}.zip": bomb() for i in range(3)}),
    "tar.tar.gz": tar_bomb,
    "cut.tar.gz": lambda: tarred({"mytorch/nn.py": bytes(range(256)) * 99})[:80],
    "seven.7z": lambda: b"7z\xbc\xaf'\x1c",
}
