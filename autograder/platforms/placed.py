"""Does an attempt replace the one in submitted/? It is written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from autograder.judging.handed_in import STAMP_LIMIT
from autograder.judging.regular_files import FileReader
from autograder.nbgrader_steps.dates import decode, parse, written
from autograder.nbgrader_steps.staging import put_in_place
from autograder.platforms.names import Label
from autograder.student.version import MANIFEST

# Beside a collected submission: which attempt it is. The reader takes no notice.
NOTE = "collected.json"


def place(target: Path, files: Mapping[str, bytes], label: Label, force: bool) -> str:
    """Write a submission, unless a newer one is there; return what was done."""
    if not os.path.lexists(target):
        _write(target, files, label)
        return "new"
    if _same(target, files):
        if label.time is None or _time(target):
            return "as it was"
        _write(target, files, label)
        return "as it was, and when it came is known now"
    newer = _is_newer(target, label)
    if newer is False and not force:
        return "older than what was collected before, which is kept"
    _write(target, files, label)
    if newer is None:
        return "replaced; which is newer cannot be told"
    return "newer, replaced" if newer else "older, replaced all the same"


def _is_newer(target: Path, label: Label) -> bool | None:
    """Return whether an attempt is newer than what is there; None if nobody knows."""
    if label.time is not None:
        before = _time(target)
        return None if before is None else label.time >= before
    before_this = _order(target, label.platform)
    if not label.order or before_this is None:
        return None
    return label.order >= before_this


def _time(target: Path) -> datetime | None:
    data = _read(target, "timestamp.txt", STAMP_LIMIT)
    return parse(decode(data)) if data is not None else None


def _order(target: Path, platform: str) -> int | None:
    """Return which attempt of the same platform lies there, if it says so."""
    try:
        note = json.loads(_read(target, NOTE, STAMP_LIMIT) or b"")
    except (ValueError, RecursionError):
        return None
    same = isinstance(note, dict) and note.get("platform") == platform
    order = note.get("order") if same else None
    return order if isinstance(order, int) else None


def _same(target: Path, files: Mapping[str, bytes]) -> bool:
    lying = {
        path.relative_to(target).as_posix()
        for path in target.rglob("*")
        if path.suffix in {".py", ".ipynb"} or path.name == MANIFEST
    }
    return lying == set(files) and all(
        _read(target, place, len(data)) == data for place, data in files.items()
    )


def _read(target: Path, name: str, limit: int) -> bytes | None:
    """Return a regular file of a submission that lies there, no link followed."""
    reader = FileReader(target.parent.parent, target.parts[-2:], target)
    data = reader.read(tuple(name.split("/")), limit)
    return data if isinstance(data, bytes) else None


def _write(target: Path, files: Mapping[str, bytes], label: Label) -> None:
    """Write all files beside the old folder, then let the new one take its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".collecting-", dir=target.parent))
    try:
        new = fresh / "new"
        for place, data in files.items():
            path = new / place
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if label.time is not None:
            (new / "timestamp.txt").write_text(written(label.time))
        note = {"platform": label.platform, "order": label.order}
        (new / NOTE).write_text(json.dumps(note))
        put_in_place(new, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
