"""What does an archive hold? Read without trusting it: nothing is unpacked to disk.

Only what is asked for is decompressed, up to a size that the reader names. Whatever
is wrong with an archive is a BadArchive of this one archive.
"""

from __future__ import annotations

import gzip
import io
import re
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO

MOST_ENTRIES = 50_000
MOST_DIRECTORY = 16 << 20  # bytes of a zip file's table of contents
MOST_TAR = 64 << 20
LONGEST_NAME = 300
ZIPS = (".zip",)
TARS = (".tar.gz", ".tgz", ".tar")
OTHERS = (".7z", ".rar", ".tar.bz2", ".tar.xz", ".gz", ".bz2", ".xz", ".zst")
DRIVE = re.compile(r"[A-Za-z]:")
Path = tuple[str, ...]


class BadArchive(Exception):
    """An archive or a part of one that cannot be read, and why."""


@dataclass(frozen=True)
class Member:
    """One regular file: where it lies, and a function that reads it.

    `read(limit)` returns all of its bytes, or raises BadArchive if there are more.
    """

    path: Path
    read: Callable[[int], bytes]


@dataclass(frozen=True)
class Contents:
    """The files of an archive, and what of it is left out."""

    members: list[Member]
    left_out: list[str]


def stem_of(name: str) -> str:
    """Return an archive's name without what says that it is one; "" for no archive."""
    for end in (*ZIPS, *TARS):
        if name.lower().endswith(end):
            return name[: -len(end)] or name
    return ""


def is_other(name: str) -> bool:
    """Return whether a file is an archive of a kind that is not read here."""
    return not stem_of(name) and name.lower().endswith(OTHERS)


@contextmanager
def failures(what: str) -> Iterator[None]:
    """Turn whatever goes wrong in the with block into a BadArchive."""
    try:
        yield
    except BadArchive:
        raise
    except (Exception, MemoryError) as error:
        # zipfile, zlib and tarfile raise a dozen kinds for what nobody should pack.
        text = " ".join(str(error).split())[:100] or type(error).__name__
        raise BadArchive(f"{what} cannot be read: {text}") from None


def contents(file: IO[bytes], name: str) -> Contents:
    """Return what an archive holds; the file has to stay open while it is read."""
    with failures("it"):
        if name.lower().endswith(ZIPS):
            return _zip_contents(file)
        return _tar_contents(file, packed=not name.lower().endswith(".tar"))


def parts(name: str) -> Path:
    """Return the steps of a path in an archive; none if it leads elsewhere."""
    slashes = name.replace("\\", "/")
    steps = tuple(step for step in slashes.split("/") if step not in {"", "."})
    elsewhere = slashes.startswith("/") or ".." in steps or "\0" in name
    if elsewhere or DRIVE.match(slashes) or len(name) > LONGEST_NAME:
        return ()
    return steps


def _zip_contents(file: IO[bytes]) -> Contents:
    # Before zipfile makes objects of all of it.
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if not end or end[5] > MOST_DIRECTORY:
        raise BadArchive("it is damaged, or has too many files")
    archive = zipfile.ZipFile(file)
    found = Contents([], [])
    if len(archive.infolist()) > MOST_ENTRIES:
        raise BadArchive(f"it has more than {MOST_ENTRIES} files")
    for entry in archive.infolist():
        kind = stat.S_IFMT(entry.external_attr >> 16)
        name = _name(entry)
        if entry.is_dir() or name.endswith("\\"):
            continue
        if not parts(name):
            found.left_out.append(f"{shown(name)}: its name leads elsewhere")
        elif kind not in (0, stat.S_IFREG):
            found.left_out.append(f"{shown(name)}: a link or a device")
        else:
            found.members.append(
                Member(parts(name), reader(partial(_open, archive, entry)))
            )
    return found


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; older tools write UTF-8 without saying so."""
    if not entry.flag_bits & 0x800:
        try:
            return entry.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return entry.filename


def _open(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> IO[bytes]:
    if entry.flag_bits & 1:
        raise BadArchive("it is encrypted")
    # zipfile unpacks what is packed otherwise in one go, whatever its size.
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BadArchive("it is packed in an unusual way: pack it as a usual zip")
    return archive.open(entry)


def reader(opened: Callable[[], IO[bytes] | None]) -> Callable[[int], bytes]:
    """Return the function that reads a file, as it is opened by `opened`."""

    def read(limit: int) -> bytes:
        with failures("it"):
            file = opened()
            assert file is not None
            with file:
                return _at_most(file, limit)

    return read


def _at_most(file: IO[bytes], limit: int) -> bytes:
    data = file.read(limit + 1)
    if len(data) > limit:
        size = f"{limit >> 20} MiB" if limit >= 1 << 20 else f"{limit} bytes"
        raise BadArchive(f"it has more than {size}")
    return data


def _tar_contents(file: IO[bytes], packed: bool) -> Contents:
    plain = io.BufferedReader(gzip.GzipFile(fileobj=file)) if packed else file
    data = io.BytesIO(_at_most(plain, MOST_TAR))
    archive = tarfile.TarFile(fileobj=data)
    found = Contents([], [])
    for number, entry in enumerate(archive):
        if number == MOST_ENTRIES:
            raise BadArchive(f"it has more than {MOST_ENTRIES} files")
        if entry.isdir():
            continue
        if not parts(entry.name):
            found.left_out.append(f"{shown(entry.name)}: its name leads elsewhere")
        elif not entry.isreg() or entry.issparse():
            found.left_out.append(f"{shown(entry.name)}: a link or a device")
        else:
            opened = partial(archive.extractfile, entry)
            found.members.append(Member(parts(entry.name), reader(opened)))
    return found


def shown(name: str) -> str:
    """Return a name as one short line of a terminal can hold it."""
    plain = name if name.isprintable() else ascii(name)[1:-1]
    return plain if len(plain) <= 80 else f"{plain[:77]}..."
