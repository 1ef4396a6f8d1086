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
from typing import IO, NamedTuple

MOST_ENTRIES = 50_000
MOST_DIRECTORY = 16 << 20  # bytes of a zip file's table of contents
MOST_TAR = 64 << 20
# Bytes of what a tar file says about one file, and about all. Python's reader takes a
# time that grows with the square of the one, and gives each file a copy of the other.
MOST_ABOUT, MOST_ABOUT_ALL = 4 << 10, 1 << 10
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


class Entry(NamedTuple):
    """What an archive says of one of its entries, and a function that opens it."""

    name: str
    folder: bool
    regular: bool
    opened: Callable[[], IO[bytes] | None]


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
def failures() -> Iterator[None]:
    """Turn whatever goes wrong in the with block into a BadArchive."""
    try:
        yield
    except BadArchive:
        raise
    except (Exception, MemoryError) as error:
        # zipfile, zlib and tarfile raise a dozen kinds for what nobody should pack.
        text = " ".join(str(error).split())[:100] or type(error).__name__
        raise BadArchive(f"it cannot be read: {text}") from None


def contents(file: IO[bytes], name: str) -> Contents:
    """Return what an archive holds; the file has to stay open while it is read."""
    entries = _zip_entries if name.lower().endswith(ZIPS) else _tar_entries
    found = Contents([], [])
    with failures():
        for number, entry in enumerate(entries(file, name)):
            if number == MOST_ENTRIES:
                raise BadArchive(f"it has more than {MOST_ENTRIES} files")
            path = parts(entry.name)
            if entry.folder:
                continue
            if not path:
                found.left_out.append(f"{shown(entry.name)}: its name leads elsewhere")
            elif not entry.regular:
                found.left_out.append(f"{shown(entry.name)}: a link or a device")
            else:
                found.members.append(Member(path, reader(entry.opened)))
    return found


def parts(name: str) -> Path:
    """Return the steps of a path in an archive; none if it leads elsewhere."""
    slashes = name.replace("\\", "/")
    steps = tuple(step for step in slashes.split("/") if step not in {"", "."})
    elsewhere = slashes.startswith("/") or ".." in steps or "\0" in name
    if elsewhere or DRIVE.match(slashes) or len(name) > LONGEST_NAME:
        return ()
    return steps


def _zip_entries(file: IO[bytes], _: str) -> Iterator[Entry]:
    # Before zipfile makes objects of all of it.
    end = zipfile._EndRecData(file)  # type: ignore[attr-defined]
    if not end or end[5] > MOST_DIRECTORY:
        raise BadArchive("it is damaged, or has too many files")
    archive = zipfile.ZipFile(file)
    for entry in archive.infolist():
        name = _name(entry)
        folder = entry.is_dir() or name.endswith("\\")
        regular = stat.S_IFMT(entry.external_attr >> 16) in (0, stat.S_IFREG)
        yield Entry(name, folder, regular, partial(_open, archive, entry))


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
        with failures():
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


class _Terse(tarfile.TarInfo):
    """An entry that says little about itself."""

    def _proc_pax(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        about_all = self.type == tarfile.XGLTYPE
        most = MOST_ABOUT_ALL - len(repr(archive.pax_headers))
        if not 0 <= self.size <= (most if about_all else MOST_ABOUT):
            raise BadArchive("it says too much about its files")
        made: tarfile.TarInfo = super()._proc_pax(archive)  # type: ignore[misc]
        return made


def _tar_entries(file: IO[bytes], name: str) -> Iterator[Entry]:
    packed = not name.lower().endswith(".tar")
    plain = io.BufferedReader(gzip.GzipFile(fileobj=file)) if packed else file
    data = io.BytesIO(_at_most(plain, MOST_TAR))
    archive = tarfile.TarFile(fileobj=data, tarinfo=_Terse)
    for entry in archive:
        regular = entry.isreg() and not entry.issparse()
        opened = partial(archive.extractfile, entry)
        yield Entry(entry.name, entry.isdir(), regular, opened)


def shown(name: str) -> str:
    """Return a name as one short line of a terminal can hold it."""
    plain = name if name.isprintable() else ascii(name)[1:-1]
    return plain if len(plain) <= 80 else f"{plain[:77]}..."
