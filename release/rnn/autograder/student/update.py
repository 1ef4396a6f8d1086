"""`update`: a corrected release put into a student's folder, their own work kept.

What is the student's: the modules that they fill in, the answers and notes in the
notebook, and every file that no release has named. The rest is the course's, and is
replaced. `release.json` says which is which.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.student.workplace import CheckFailed

MANIFEST = "release.json"
MOST_FILES, MOST_BYTES = 1_000, 64 << 20

Cell = dict[str, Any]


class UpdateError(CheckFailed):
    """The update cannot be made; nothing was changed. One line."""


@dataclass(frozen=True)
class Manifest:
    """What a release says of itself.

    `modules` has the digest of each stub, `cells` that of each given cell's source,
    `files` the paths of all that is given.
    """

    assignment: str
    version: str
    modules: Mapping[str, str]
    cells: Mapping[str, str]
    files: tuple[str, ...]

    @classmethod
    def from_bytes(cls, data: bytes) -> Manifest:
        """Return the manifest; UpdateError if it is none."""
        try:
            row = json.loads(data)
            return cls(**{**row, "files": tuple(row["files"])})
        except (ValueError, TypeError, KeyError):
            raise UpdateError(
                f"{MANIFEST} is damaged: download the release again"
            ) from None

    def to_bytes(self) -> bytes:
        text = json.dumps(vars(self), indent=1, sort_keys=True)
        return (text + "\n").encode()


def digest(text: str) -> str:
    """Return a short name for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def source(cell: Cell) -> str:
    """Return a cell's text, which a notebook may keep as a list of lines."""
    return "".join(cell["source"])


def version_of(root: Path) -> str:
    """Return the version of the release in a folder, "" if it does not say."""
    try:
        return Manifest.from_bytes((root / MANIFEST).read_bytes()).version
    except (OSError, UpdateError):
        return ""


def _lay_beside(root: Path, name: str, stub: bytes) -> str:
    """Write a new stub beside the student's module; return what to tell of it."""
    beside = root / f"mytorch/{name}.new.py"
    _write(beside, stub)
    return (
        f"The given code of mytorch/{name}.py has changed: the new file lies "
        f"beside it as {beside.name}. Compare, and carry over what changed."
    )


def update(new: Path, root: Path) -> list[str]:
    """Bring the folder `root` up to the release `new`, a zip or a folder.

    Return a line for each thing that the student should know. Raises UpdateError, and
    changes nothing, if `new` is no release of the same assignment.
    """
    files = read_release(new)
    fresh = Manifest.from_bytes(files[MANIFEST])
    old = _installed(root, fresh)
    if old.version == fresh.version:
        return [f"This folder has version {fresh.version} already: nothing to do."]
    notebook = f"{fresh.assignment}.ipynb"
    told: list[str] = []
    merged = _merged(root / notebook, json.loads(files[notebook]), old, told)
    own = {f"mytorch/{name}.py" for name in fresh.modules}
    for path in sorted(fresh.files):
        if path not in own and path not in (notebook, MANIFEST):
            _write(root / path, files[path])
    for name, stub in fresh.modules.items():
        if old.modules.get(name) not in (None, stub):
            told.append(_lay_beside(root, name, files[f"mytorch/{name}.py"]))
    for path in sorted(set(old.files) - set(fresh.files) - own):
        (root / path).unlink(missing_ok=True)
    _write(root / notebook, merged)
    _write(root / MANIFEST, files[MANIFEST])
    head = f"Updated from version {old.version} to {fresh.version}."
    return [head, *told, "Restart the kernel, and run the first cell again."]


def _installed(root: Path, fresh: Manifest) -> Manifest:
    """Return what the folder says of itself, which must be the same assignment."""
    try:
        old = Manifest.from_bytes((root / MANIFEST).read_bytes())
    except OSError:
        # Released before releases had a version: every given cell may be replaced.
        old = Manifest(fresh.assignment, "without a number", {}, {}, ())
    if old.assignment != fresh.assignment:
        raise UpdateError(
            f"this folder is {old.assignment}, the release is {fresh.assignment}: "
            "run this in the folder of that assignment"
        )
    return old


def _merged(path: Path, fresh: Cell, old: Manifest, told: list[str]) -> bytes:
    """Return the notebook with the course's cells renewed and the student's kept."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        mine = {cell.get("id", ""): cell for cell in notebook["cells"]}
    except (OSError, ValueError, TypeError, KeyError):
        told.append(f"{path.name} could not be read and is replaced by the new one.")
        return _as_bytes(fresh)
    cells: list[Cell] = []
    for given in fresh["cells"]:
        had = mine.pop(given["id"], None)
        cells += [given if had is None else _renewed(given, had, old, told)]
        # What the student wrote behind a cell stays behind it.
        cells += _following(notebook["cells"], given["id"], mine, old)
    return _as_bytes({**notebook, "cells": cells})


def _renewed(given: Cell, had: Cell, old: Manifest, told: list[str]) -> Cell:
    mark = given["metadata"].get("nbgrader", {})
    if source(had) == source(given) or mark.get("solution"):
        return {**had, "metadata": given["metadata"]}
    changed = digest(source(had)) != old.cells.get(given["id"], digest(source(had)))
    if changed and not mark.get("grade"):
        told.append(f"You changed the cell '{given['id']}': it stays as you have it.")
        return had
    return given


def _following(
    cells: list[Cell], name: str, mine: dict[str, Cell], old: Manifest
) -> list[Cell]:
    """Return the student's own cells that stand right behind the one of that name."""
    names = [cell.get("id", "") for cell in cells]
    found: list[Cell] = []
    if name in names:
        for cell in cells[names.index(name) + 1 :]:
            key = cell.get("id", "")
            if key not in mine or key in old.cells:
                break
            found.append(mine.pop(key))
    return found


def read_release(new: Path) -> dict[str, bytes]:
    """Return the files of a release, by their paths in it.

    Raises UpdateError if it has no manifest, or holds what no release holds.
    """
    try:
        files = _from_folder(new) if new.is_dir() else _from_zip(new)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
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
    missing = set(Manifest.from_bytes(found[MANIFEST]).files) - set(found)
    if missing:
        raise UpdateError(f"{new.name} is not complete: {min(missing)} is missing")
    return found


def _from_folder(new: Path) -> dict[str, bytes]:
    paths = [path for path in sorted(new.rglob("*")) if path.is_file()]
    return {path.relative_to(new).as_posix(): path.read_bytes() for path in paths}


def _from_zip(new: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(new) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        size = sum(entry.file_size for entry in entries)
        if len(entries) > MOST_FILES or size > MOST_BYTES:
            raise zipfile.BadZipFile("it is far larger than a release")
        for entry in entries:
            name = PurePosixPath(entry.filename)
            if name.is_absolute() or ".." in name.parts or ":" in entry.filename:
                raise zipfile.BadZipFile("a name in it leads elsewhere")
        return {entry.filename: archive.read(entry) for entry in entries}


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, and only if it differs."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    os.replace(beside, path)


def _as_bytes(notebook: Cell) -> bytes:
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()
