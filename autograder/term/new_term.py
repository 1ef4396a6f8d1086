"""How does a term end and the next begin? What is a term's goes into one folder.

The archive is a course folder by itself: `autograder --root terms/NAME report mlp`
reads it. Only its owner can open it, since the secret seed is inside.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from autograder.nbgrader_steps import groups
from autograder.nbgrader_steps.course_folder import open_folder
from autograder.nbgrader_steps.hold import FILE as HELD
from autograder.nbgrader_steps.lock import locked
from autograder.nbgrader_steps.staging import WORK, remove_abandoned

TERMS = "terms"
SEED = ".course_seed"
# What is copied, so that the archive says by what it was judged.
COPIED = ("nbgrader_config.py", "pyproject.toml", "mytorch", "tests", "source")
# What the commands leave beside the gradebook: logs, reports, exports. The last is
# where docs/together.md has students' code written. Without the journal of a grader
# that was killed, the gradebook is damaged.
LEFT = ("regrades*", "report-*", "*-marks.csv", "*-gradescope.zip", "grades.csv",
        "own-code", "gradebook.db-journal")  # fmt: skip


@dataclass(frozen=True)
class Archiving:
    """What a new term would do: what moves away, what is copied, and where to."""

    root: Path
    target: Path
    moved: tuple[Path, ...]
    copied: tuple[Path, ...]

    def lines(self) -> list[str]:
        """Return what will happen, a line each."""
        place = self.target.relative_to(self.root)
        moved = [f"move {path.relative_to(self.root)}" for path in self.moved]
        copied = [f"copy {path.relative_to(self.root)}" for path in self.copied]
        return [
            f"Into {place}, which only you can open:",
            *(f"  {line}" for line in (*moved, *copied)),
            "The next release or grading makes a new secret seed.",
        ]


def plan(root: Path, name: str) -> Archiving:
    """Return what `begin` would do; RuntimeError, in one line, if it cannot."""
    if not name or name != Path(name).name or name.startswith("."):
        raise RuntimeError(f"'{name}' is no name for a term: write it like 2026-autumn")
    target = root / TERMS / name
    if target.exists():
        raise RuntimeError(f"{TERMS}/{name} is there already: choose another name")
    coursedir = open_folder(root)
    if not str(coursedir.db_url).startswith("sqlite:///"):
        raise RuntimeError(
            "the gradebook is no file here: dump its database by its own tools, empty "
            "it, set db_url to a new one, and run this again"
        )
    folders = (
        groups.FILE,
        coursedir.submitted_directory,
        coursedir.autograded_directory,
        coursedir.feedback_directory,
        "downloaded",
    )
    named = [str(coursedir.db_url).removeprefix("sqlite:///"), SEED, *folders]
    named += [HELD, *_left(root)]
    moved = tuple(filter(Path.exists, map(root.joinpath, named)))
    if not moved:
        raise RuntimeError("nothing of a term is here: no gradebook, nothing handed in")
    outside = [path for path in moved if not path.resolve().is_relative_to(root)]
    if outside:
        raise RuntimeError(f"{outside[0]} lies outside of the course: move it by hand")
    copied = tuple(root / part for part in COPIED if (root / part).exists())
    return Archiving(root, target, moved, copied)


def _left(root: Path) -> list[str]:
    """Return what the commands, and those of docs/corrections.md (mlp.zip), left."""
    releases = [f"{path.name}.zip" for path in root.glob("source/*/")]
    return [p.name for part in (*LEFT, *releases) for p in sorted(root.glob(part))]


def begin(planned: Archiving) -> Path:
    """Do what was planned; return the archive.

    It is built beside its place and renamed when it is complete. What is a term's is
    moved last and by renaming, so that an interruption loses nothing.
    """
    with locked(planned.root):
        remove_abandoned(planned.root)
        for work in planned.root.glob(f"{WORK}*"):
            raise RuntimeError(f"a command is at work in {work.name}: try again later")
        return _archive(plan(planned.root, planned.target.name))


def _archive(planned: Archiving) -> Path:
    making = planned.target.with_name(f".{planned.target.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700, parents=True)
    for path in planned.copied:
        _copy(path, making / path.name)
    facts = {"archived": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"}
    (making / "term.json").write_text(json.dumps(facts, indent=1))
    os.rename(making, planned.target)
    for path in planned.moved:
        place = planned.target / path.relative_to(planned.root)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, place)
    return planned.target


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        ignore = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, target, symlinks=True, ignore=ignore)
    else:
        shutil.copy2(source, target)


def zipped(archive: Path) -> Path:
    """Return the archive as one zip that only its owner can read, in its place."""
    target = archive.with_suffix(".zip")
    target.touch(mode=0o600)
    shutil.make_archive(str(archive), "zip", archive)
    target.chmod(0o600)
    shutil.rmtree(archive)
    return target
