"""How does a student get a corrected release? `update`, which keeps their work.

The modules that they fill in, the answers and notes in the notebook, and every file
that no release has named stay as they are. The rest is the course's and is replaced.
`release.json` says which is which.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from autograder.student.manifest import Manifest, UpdateError, digest, read_release
from autograder.student.merged import Merge
from autograder.student.version import MANIFEST

# Names the folder in which a hub keeps the current releases.
RELEASES = "AUTOGRADER_RELEASES"
MOST_LOOKED_AT = 20
RESTART = "Restart the kernel, and run the first cell again."


def update(new: Path, root: Path, back: bool = False) -> list[str]:
    """Bring the folder `root` up to the release `new`, a zip or a folder.

    Return a line for each thing that the student should know. Raises UpdateError, and
    changes nothing, if `new` is no release of the same assignment, or, without
    `back`, one that the folder had before.
    """
    files = read_release(new)
    fresh = Manifest.from_bytes(files[MANIFEST])
    old = _installed(root, fresh)
    if old.version == fresh.version and not list(changed(root, old)):
        return [f"This folder has version {fresh.version} already: nothing to do."]
    if fresh.version in old.had and not back:
        raise UpdateError(
            f"{new.name} is version {fresh.version}, which this folder had before "
            f"{old.version}: is there a newer download? --back goes back all the same"
        )
    kept = root / f"before-{old.version}"
    told = _renew_notebook(root, files, fresh, old, kept)
    told += _renew_files(root, files, fresh, old, kept)
    had = dict.fromkeys((*old.had, old.version))
    had.pop(fresh.version, None)
    _write(root / MANIFEST, replace(fresh, had=tuple(had)).to_bytes())
    head = f"Updated from version {old.version} to {fresh.version}."
    return [head, *told, f"What was replaced is in {kept.name}/.", RESTART]


def _installed(root: Path, fresh: Manifest) -> Manifest:
    """Return the manifest in the folder, which must be of the same assignment."""
    try:
        old = Manifest.from_bytes((root / MANIFEST).read_bytes())
    except FileNotFoundError:
        # Released before releases had a version: every given cell may be replaced.
        there = (root / f"{fresh.assignment}.ipynb").is_file()
        name = fresh.assignment if there else "another assignment"
        old = Manifest(name, "unnamed", (), {}, {})
    if old.assignment != fresh.assignment:
        raise UpdateError(
            f"this folder is {old.assignment}, the release is {fresh.assignment}: "
            "run this in the folder of that assignment"
        )
    return old


def _renew_notebook(
    root: Path, files: dict[str, bytes], fresh: Manifest, old: Manifest, kept: Path
) -> list[str]:
    path = root / f"{fresh.assignment}.ipynb"
    told = []
    try:
        mine = json.loads(path.read_bytes())
        merge = Merge(mine, json.loads(files[path.name]), old)
        data, told = merge.notebook(), merge.told
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        data = files[path.name]
        told.append(f"{path.name} could not be read and is replaced by the new one.")
    _keep(root, path.name, kept)
    _write(path, data)
    return told


def _renew_files(
    root: Path, files: dict[str, bytes], fresh: Manifest, old: Manifest, kept: Path
) -> list[str]:
    """Replace the given files; return what to tell of those that were changed."""
    told = []
    own = {f"mytorch/{name}.py" for name in (*fresh.modules, *old.modules)}
    theirs = {path for path in changed(root, old) if path not in own}
    for path in sorted(fresh.files):
        was, mine = old.files.get(path, ""), (root / path).is_file()
        if path in own and mine and _differs(root / path, was):
            if fresh.files[path] != was:
                _write(root / "new" / path, files[path])
                told.append(
                    f"The given code of {path} has changed: the new file is "
                    f"new/{path}. Compare, and carry over what changed."
                )
        elif _differs(root / path, fresh.files[path]):
            _keep(root, path, kept)
            _write(root / path, files[path])
    for path in sorted(set(old.files) - set(fresh.files) - own):
        _keep(root, path, kept)
        (root / path).unlink(missing_ok=True)
    return told + [f"You had changed {path}: it is the course's." for path in theirs]


def changed(root: Path, old: Manifest) -> Iterator[str]:
    """Yield the given files, except the modules, that differ from what was given."""
    own = {f"mytorch/{name}.py" for name in old.modules}
    for path, was in old.files.items():
        if path not in own and _differs(root / path, was):
            yield path


def _differs(path: Path, was: str) -> bool:
    return not path.is_file() or digest(path.read_bytes()) != was


def _keep(root: Path, path: str, kept: Path) -> None:
    """Copy what will be replaced; a copy made before is not overwritten."""
    if (root / path).is_file() and not (kept / path).exists():
        (kept / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / path, kept / path)


def hints(root: Path) -> list[str]:
    """Return what is wrong with the release in a student's folder: old, or mixed."""
    try:
        mine = Manifest.from_bytes((root / MANIFEST).read_bytes())
    except (OSError, UpdateError):
        return []
    update_by = "`python -m autograder update"
    for path in changed(root, mine):
        return [
            f"{path} is not as version {mine.version} has it. To put it back: "
            f"{update_by} RELEASE.zip`."
        ]
    for other in _beside(root, mine.assignment):
        try:
            newer = Manifest.from_bytes(read_release(other)[MANIFEST])
        except UpdateError:
            continue
        known = newer.version in (mine.version, *mine.had)
        if newer.assignment == mine.assignment and not known:
            return [
                f"This folder has version {mine.version} of {mine.assignment}; "
                f"{other.name} is version {newer.version}: {update_by} {other}`."
            ]
    return []


def say_hints(root: Path) -> None:
    """Print what is wrong with the release in a student's folder, if anything is."""
    with suppress(OSError):  # a hint must not stop a check
        for hint in hints(root):
            print(f"Note: {hint}")


def _beside(root: Path, name: str) -> list[Path]:
    """Return what may be a newer release, beside the folder or on a hub."""
    places = [root.parent, *map(Path, filter(None, [os.environ.get(RELEASES)]))]
    found = [
        path for p in places for path in (p / name, *sorted(p.glob(f"{name}*.zip")))
    ]
    there = [path for path in found if path.exists() and path.resolve() != root]
    return there[:MOST_LOOKED_AT]


def _write(path: Path, data: bytes) -> None:
    """Write a file in one step, and only if it differs."""
    if path.is_file() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    os.replace(beside, path)
