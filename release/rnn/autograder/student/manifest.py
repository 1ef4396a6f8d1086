"""Which files does a release give, as its `release.json` says?"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.student.check_failed import CheckFailed
from autograder.student.version import MANIFEST

MOST_FILES, MOST_BYTES = 1_000, 64 << 20
USUAL = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Cell = Mapping[str, Any]


class UpdateError(CheckFailed):
    """The update cannot be made; nothing was changed. One line."""


@dataclass(frozen=True)
class Manifest:
    """The contents of release.json.

    `modules` are those that students fill in, `cells` has the digest of each given
    cell's source, `files` that of each given file but the notebook. The version is a
    digest of these. `had` are the versions that a student's folder had before.
    """

    assignment: str
    version: str
    modules: tuple[str, ...]
    cells: Mapping[str, str]
    files: Mapping[str, str]
    had: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        assignment: str,
        modules: Iterable[str],
        cells: Iterable[Cell],
        files: Mapping[str, bytes],
    ) -> Manifest:
        """Return the manifest of a release with these cells and files."""
        given = {cell["id"]: digest(source(cell).encode()) for cell in cells}
        digests = {path: digest(data) for path, data in sorted(files.items())}
        everything = json.dumps([assignment, list(given.items()), digests]).encode()
        version = digest(everything)[:8]
        return cls(assignment, version, tuple(modules), given, digests)

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """Return the manifest that `data` holds; UpdateError if it holds none."""
        try:
            row = json.loads(data)
            lists = {name: tuple(row[name]) for name in ("modules", "had")}
            made = cls(**{**row, **lists})
            dict(made.cells)
            # These name a folder and files of the student's: none may lead elsewhere.
            if any(map(_leads_elsewhere, (made.version, *made.files))):
                raise ValueError
        except (ValueError, TypeError, KeyError, RecursionError):
            raise UpdateError(
                f"{MANIFEST} is damaged: download the release again"
            ) from None
        return made

    def to_bytes(self) -> bytes:
        return (json.dumps(asdict(self), indent=1, sort_keys=True) + "\n").encode()


def digest(data: bytes) -> str:
    """Return a short name for a file, whatever ends its lines."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()[:16]


def source(cell: Cell) -> str:
    """Return a cell's text, which a notebook may keep as a list of lines."""
    return "".join(cell["source"])


def read_release(new: Path) -> dict[str, bytes]:
    """Return the files of a release, a zip or a folder, by their paths in it.

    Raises UpdateError if it has no manifest, or holds what no release holds.
    """
    try:
        files = _from_folder(new) if new.is_dir() else _from_zip(new)
    except (OSError, zipfile.BadZipFile, ValueError, RuntimeError) as error:
        raise UpdateError(f"{new.name} cannot be read: {error}") from None
    top = [path for path in files if PurePosixPath(path).name == MANIFEST]
    if not top:
        raise UpdateError(
            f"{new.name} holds no {MANIFEST}: it is no release of this course"
        )
    inside = min(top, key=len).removesuffix(MANIFEST)
    found = {
        p.removeprefix(inside): b for p, b in files.items() if p.startswith(inside)
    }
    manifest = Manifest.from_bytes(found[MANIFEST])
    missing = {f"{manifest.assignment}.ipynb", *manifest.files} - set(found)
    if missing:
        raise UpdateError(f"{new.name} is not complete: {min(missing)} is missing")
    return found


def _from_folder(new: Path) -> dict[str, bytes]:
    paths = [path for path in islice(new.rglob("*"), MOST_FILES) if path.is_file()]
    return {path.relative_to(new).as_posix(): path.read_bytes() for path in paths}


def _from_zip(new: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(new) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        size = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_FILES or size > MOST_BYTES:
            raise zipfile.BadZipFile("it is far larger than a release")
        found = {}
        for entry in entries:
            if _leads_elsewhere(entry.filename):
                raise zipfile.BadZipFile("a name in it leads elsewhere")
            if entry.compress_type not in USUAL:
                raise zipfile.BadZipFile("it is packed in an unusual way")
            # No more than its archive says, which zipfile would read by itself.
            with archive.open(entry) as file:
                found[entry.filename] = file.read(entry.file_size)
    return found


def _leads_elsewhere(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in name or "\0" in name
