"""Which files of what a student uploaded are the submission?

The notebook and the Python files directly in mytorch/ are, and the release.json that
says on which release they were made. All else, a virtual environment or the rest of
the release, is left out by name and never decompressed.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from autograder.judging.handed_in import MODULE_LIMIT, MOST_HELPERS, NOTEBOOK_LIMIT
from autograder.platforms.archives import (
    BadArchive,
    Member,
    Path,
    contents,
    is_other,
    shown,
    stem_of,
)
from autograder.student.version import MANIFEST

MOST_ARCHIVE = 64 << 20  # of one student, packed
MOST_OPENED = 8  # archives of one student, nested ones too
DEEPEST = 3  # a platform's archive is no part of it
# Made by operating systems and tools: left out without a note.
NOBODYS = {"__MACOSX", "__pycache__", ".ipynb_checkpoints"}
NOBODYS |= {".DS_Store", "Thumbs.db", "desktop.ini"}
# Folders that never hold a submission. An environment may have any name, but its
# packages lie in site-packages.
OTHERS = {"site-packages", "node_modules", "autograder", "tests", "venv"}
PACKAGE = "mytorch"


@dataclass
class HandIn:
    """The files of one submission, by their place in it, and what was left out."""

    files: dict[str, bytes] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    opened: int = 0  # archives


def gather(
    uploads: Sequence[Member], assignment: str, modules: Sequence[str]
) -> HandIn:
    """Return the submission in the uploads of one student. Nothing is raised."""
    made = HandIn()
    found = [file for upload in uploads for file in _expanded(upload, made)]
    notebook = f"{assignment}.ipynb"
    wanted = dict(_wanted(found, notebook, modules, made))
    taken = {id(member) for member in wanted.values()}
    for place, member in sorted(wanted.items()):
        limit = NOTEBOOK_LIMIT if place == notebook else MODULE_LIMIT
        try:
            made.files[place] = member.read(limit)
        except BadArchive as error:
            made.left_out.append(f"{shown('/'.join(member.path))}: {error}")
    made.left_out += _named(member for member in found if id(member) not in taken)
    places = [notebook, *(f"{PACKAGE}/{module}.py" for module in modules)]
    made.missing = [place for place in places if place not in made.files]
    return made


def _expanded(upload: Member, made: HandIn, depth: int = 0) -> Iterator[Member]:
    """Yield the files of an upload, and of archives within it."""
    name = upload.path[-1]
    if NOBODYS & set(upload.path) or name.startswith("._"):
        return
    if is_other(name):
        made.left_out.append(f"{shown(name)}: only zip and tar.gz are unpacked")
        return
    stem = stem_of(name)
    if not stem or depth == DEEPEST:
        yield upload
        return
    made.opened += 1
    try:
        if made.opened > MOST_OPENED:
            raise BadArchive(f"only {MOST_OPENED} archives are opened")
        # Held in memory: of one student, and of a size that is capped.
        inside = contents(io.BytesIO(upload.read(MOST_ARCHIVE)), name)
    except BadArchive as error:
        made.left_out.append(f"{shown(name)}: {error}")
        return
    made.left_out += inside.left_out
    for member in inside.members:
        path = (*upload.path[:-1], stem, *member.path)
        yield from _expanded(Member(path, member.read), made, depth + 1)


def _wanted(
    found: Sequence[Member], notebook: str, modules: Sequence[str], made: HandIn
) -> Iterator[tuple[str, Member]]:
    """Yield each file of the submission with its place in it."""
    useful = [m for m in found if not any(map(_is_hidden, m.path[:-1]))]
    homes = {m.path[:-2] for m in useful if _is_module(m.path)}
    books = {m.path[:-1] for m in useful if m.path[-1] == notebook}
    home = _best(homes, books, f"{PACKAGE}/", made)
    loose = {f"{module}.py" for module in modules}
    if home is None:
        lying = {m.path[:-1] for m in useful if m.path[-1] in loose}
        home = _best(lying, books, " and ".join(sorted(loose)), made)
    book = home if home in books else _best(books, homes, notebook, made)
    helpers, paths = 0, {member.path for member in useful}
    for member in useful:
        path = member.path
        if path == (*(book or ()), notebook):
            yield notebook, member
        elif home is not None and path == (*home, MANIFEST):
            yield MANIFEST, member
        elif home is None or path[:-1] not in {home, (*home, PACKAGE)}:
            continue
        elif path[-1] in loose:
            if path[:-1] == home and (*home, PACKAGE, path[-1]) in paths:
                continue
            yield f"{PACKAGE}/{path[-1]}", member
        elif _is_module(path) and helpers < MOST_HELPERS:
            helpers += 1
            yield f"{PACKAGE}/{path[-1]}", member


def _is_module(path: Path) -> bool:
    stem = path[-1].removesuffix(".py")
    named = stem != path[-1] and stem.isascii() and stem.isidentifier()
    return named and path[-2:-1] == (PACKAGE,)


def _is_hidden(step: str) -> bool:
    """Return whether a folder of that name, and what is in it, is no submission."""
    return step.startswith(".") or step in OTHERS


def _best(
    folders: set[Path], beside: set[Path], what: str, made: HandIn
) -> Path | None:
    """Return the folder to read: one with the rest beside it, and the shallowest."""
    if not folders:
        return None
    order = sorted(folders, key=lambda f: (f not in beside, len(f), f))
    if len(order) > 1:
        others = ", ".join(shown("/".join(f)) or "the top" for f in order[1:4])
        first = shown("/".join(order[0])) or "the top"
        made.left_out.append(
            f"{what} lies in {first} and in {others}: the first is taken"
        )
    return order[0]


def _named(members: Iterator[Member]) -> list[str]:
    """Return what is left out: folders with the number of their files."""
    folders = Counter(_group(member.path) for member in members)
    return [
        f"{shown(name)} ({number} files)" if number > 1 else shown(name)
        for name, number in sorted(folders.items())
    ]


def _group(path: Path) -> str:
    """Return the name under which a file is left out."""
    for depth, step in enumerate(path[:-1]):
        if _is_hidden(step):
            return "/".join(path[: depth + 1]) + "/"
    return "/".join(path[:-1]) + "/" if len(path) > 3 else "/".join(path)
