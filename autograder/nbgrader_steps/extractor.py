"""What learning platforms hand out as zip files, unpacked without trusting it.

`nbgrader zip_collect` unpacks archives within archives, as large as they are. Here
each student's archive is unpacked once, regular files only, to a size and a number
of files that any honest submission stays under. One that passes them is left out,
by name, and the others are collected.
"""

# nbgrader has no type marker.
# mypy: disable-error-code="import-untyped, misc"
from __future__ import annotations

import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from nbgrader.plugins import ExtractorPlugin

MOST_FILES = 1_000
MOST_BYTES = 64 << 20
LONGEST_NAME = 200


class BadArchive(Exception):
    """An archive that is not unpacked, and why."""


class Extractor(ExtractorPlugin):
    """Unpacks each zip file into a folder of its name; copies other files."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Unpack all archives in one folder into another."""
        source, target = Path(archive_path), Path(extracted_path)
        for path in sorted(source.rglob("*")):
            if path.is_symlink() or not path.is_file():
                continue
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix != ".zip":
                shutil.copyfile(path, place)
                continue
            try:
                unpack(path, place.with_suffix(""))
            except (BadArchive, OSError, zipfile.BadZipFile) as error:
                shutil.rmtree(place.with_suffix(""), ignore_errors=True)
                self.log.error("%r is not collected: %s", path.name, error)


def unpack(archive: Path, folder: Path) -> None:
    """Write the files of a zip archive into a new folder, or raise BadArchive."""
    left = MOST_BYTES
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive) as packed:
        if len(packed.infolist()) > MOST_FILES:
            raise BadArchive(f"it has more than {MOST_FILES} files")
        for entry, name in _files(packed):
            place = folder.joinpath(*name.parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            left -= _write(packed, entry, place, left)


def _files(packed: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """Yield the regular files of an archive; links and folders are left out."""
    for entry in packed.infolist():
        name = PurePosixPath(entry.filename)
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if entry.is_dir() or kind not in (0, stat.S_IFREG):
            continue
        outside = name.is_absolute() or ".." in name.parts or "\\" in entry.filename
        if outside or len(entry.filename) > LONGEST_NAME or not name.parts:
            raise BadArchive("a name in it leads elsewhere, or is too long")
        if entry.flag_bits & 1:
            raise BadArchive("it is encrypted")
        yield entry, name


def _write(
    packed: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path, left: int
) -> int:
    """Write one file of at most `left` bytes, whatever the archive says of its size."""
    written = 0
    try:
        with packed.open(entry) as data, place.open("xb") as file:
            while part := data.read(1 << 16):
                written += len(part)
                if written > left:
                    raise BadArchive(f"it unpacks to more than {MOST_BYTES >> 20} MiB")
                file.write(part)
    except (NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise BadArchive(f"it cannot be unpacked: {error}") from None
    return written
