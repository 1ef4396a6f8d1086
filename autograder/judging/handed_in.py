"""What did a student hand in? Reads the folder without trusting it.

Only the files that count are read, as regular files up to a size limit. Nothing in
them is parsed here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.judging.regular_files import FileReader, Problem, listed
from autograder.student.version import MANIFEST, version_in

MODULE_LIMIT = 1 << 20
NOTEBOOK_LIMIT = 4 << 20
STAMP_LIMIT = 1 << 10
MOST_HELPERS = 50
HELPERS_LIMIT = 2 << 20
STAMP, SECRET = "timestamp.txt", "submission_secret.txt"


@dataclass(frozen=True)
class Submission:
    """What a student handed in: bytes, or the reason why there are none.

    `modules` are those that the assignment asks for; `helpers` are the other Python
    files directly in mytorch/. `notes` are for everybody. `remarks` are only for those
    who grade: they say what is odd about the files.
    """

    modules: Mapping[str, bytes | Problem]
    notebook: bytes | Problem
    timestamp: bytes | Problem
    helpers: Mapping[str, bytes] = field(default_factory=dict)
    secret: bytes | Problem = b""
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    version: str = ""  # of the release, as the folder's release.json says

    @property
    def judged(self) -> dict[str, bytes]:
        """The modules that the assignment asks for and that could be read."""
        return {k: v for k, v in self.modules.items() if isinstance(v, bytes)}

    @property
    def sources(self) -> dict[str, bytes]:
        """All modules and helpers that could be read."""
        return {**self.helpers, **self.judged}

    def digest(self) -> str:
        """Return a name for the content: equal submissions have equal digests."""
        whole = hashlib.sha256()
        parts: list[tuple[str, bytes | Problem]] = [
            *sorted(self.modules.items()),
            *((f"helper {name}", data) for name, data in sorted(self.helpers.items())),
            ("notebook", self.notebook),
            ("timestamp", self.timestamp),
            ("version", self.version.encode()),
        ]
        for name, part in parts:
            data = part if isinstance(part, bytes) else part.text.encode()
            whole.update(f"{name} {type(part).__name__} {len(data)}\n".encode() + data)
        return whole.hexdigest()


def read(
    folder: Path,
    assignment: str,
    modules: tuple[str, ...],
    inside: tuple[str, ...] = (),
    *,
    course: Path | None = None,
) -> Submission:
    """Return what is in `folder`, or in the folder `inside` it.

    No step of `inside` may be a link. A hard link to a file of the `course` is
    refused; without `course` every hard link is. Problems are values; nothing is
    raised.
    """
    notes, remarks = list[str](), list[str]()
    deeper, unread = _layout(folder, inside, f"{assignment}.ipynb", remarks)
    base = FileReader(folder, (*inside, *deeper), course, unread, remarks)
    beside = FileReader(folder, inside, course, remarks=remarks)
    return Submission(
        modules={m: base.read(("mytorch", f"{m}.py"), MODULE_LIMIT) for m in modules},
        notebook=base.read((f"{assignment}.ipynb",), NOTEBOOK_LIMIT),
        timestamp=beside.read((STAMP,), STAMP_LIMIT),
        helpers=dict(_helpers(base, modules, notes)),
        secret=beside.read((SECRET,), STAMP_LIMIT),
        notes=tuple(notes),
        remarks=tuple(dict.fromkeys(remarks)),
        version=_version(base),
    )


def _version(base: FileReader) -> str:
    manifest = base.read((MANIFEST,), MODULE_LIMIT)
    return version_in(manifest) if isinstance(manifest, bytes) else ""


def _layout(
    folder: Path, inside: tuple[str, ...], notebook: str, remarks: list[str]
) -> tuple[tuple[str, ...], str]:
    """Return which folder the submission is in, and why none can be read, or ""."""
    names = listed(folder, inside)
    if folder.suffix.lower() == ".zip" and folder.is_file():
        return (), f"{folder.name} is still packed: unpack it, and name the folder"
    if {notebook, "mytorch"} & set(names):
        return (), ""
    deeper = [
        name
        for name in names
        if name != "__MACOSX"
        and {notebook, "mytorch"} & set(listed(folder, (*inside, name)))
    ]
    if len(deeper) == 1:
        where = _shown(deeper[0])
        remarks.append(f"it lies one folder too deep, in {where}/: read from there")
        return (deeper[0],), ""
    packed = [name for name in names if name.lower().endswith(".zip")]
    if packed:
        return (), f"it is still packed, in {_shown(packed[0])}: it has to be unpacked"
    return (), ""


def _helpers(
    base: FileReader, taken: tuple[str, ...], notes: list[str]
) -> Iterator[tuple[str, bytes]]:
    """Yield the other Python files directly in mytorch/, within the caps."""
    left, number = HELPERS_LIMIT, 0
    for name in listed(base.folder, (*base.inside, "mytorch")):
        stem = name.removesuffix(".py")
        if stem == name or stem in taken:
            continue
        if not (stem.isascii() and stem.isidentifier()):
            notes.append(f"mytorch/{_shown(name)} is no name for a module: left out")
            continue
        data = base.read(("mytorch", name), MODULE_LIMIT)
        if isinstance(data, Problem):
            notes.append(data.text)
        elif number == MOST_HELPERS or len(data) > left:
            most = f"{MOST_HELPERS} files and {HELPERS_LIMIT >> 20} MiB"
            notes.append(f"mytorch/ has more than {most} of its own: others are left")
            return
        else:
            left, number = left - len(data), number + 1
            yield stem, data


def _shown(name: str) -> str:
    """Return a file's name as one line of any message can hold it."""
    return name if name.isprintable() and len(name) < 80 else ascii(name)[:80]
