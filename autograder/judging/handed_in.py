"""Read a student's folder without trusting it.

Only the files that an assignment names are read, and only regular ones: no link is
followed at any step of the path, nothing is opened that could block, and sizes are
capped before a byte is read. Nothing of it is parsed here.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MODULE_LIMIT = 1 << 20
NOTEBOOK_LIMIT = 32 << 20
STAMP_LIMIT = 1 << 10
# What formgrader's pages would take for HTML or JavaScript, and patterns for theirs.
NOT_IN_NAMES = frozenset('<>&"`\\*?[]{}')


@dataclass(frozen=True)
class Problem:
    """Why a file could not be taken in, in one line."""

    text: str


@dataclass(frozen=True)
class Submission:
    """What a student handed in: bytes, or the reason why there are none."""

    modules: Mapping[str, bytes | Problem]
    notebook: bytes | Problem
    timestamp: bytes | Problem

    @property
    def sources(self) -> dict[str, bytes]:
        """The modules that could be read."""
        return {k: v for k, v in self.modules.items() if isinstance(v, bytes)}

    def digest(self) -> str:
        """Return a name for the content: equal submissions have equal digests."""
        whole = hashlib.sha256()
        for name, part in [
            *sorted(self.modules.items()),
            ("notebook", self.notebook),
            ("timestamp", self.timestamp),
        ]:
            data = part if isinstance(part, bytes) else part.text.encode()
            whole.update(f"{name} {type(part).__name__} {len(data)}\n".encode() + data)
        return whole.hexdigest()


def is_name(folder: str) -> bool:
    """Return whether a folder's name may stand for a student on every page."""
    odd = folder.startswith((".", "-")) or not NOT_IN_NAMES.isdisjoint(folder)
    return folder.isprintable() and not odd


def read(
    folder: Path,
    assignment: str,
    modules: tuple[str, ...],
    inside: tuple[str, ...] = (),
) -> Submission:
    """Return what lies in `folder`, or in the folder `inside` it.

    No step of `inside` may be a link. Problems are values; nothing is raised.
    """
    base = _Reader(folder, inside)
    return Submission(
        modules={
            name: base.read(("mytorch", f"{name}.py"), MODULE_LIMIT) for name in modules
        },
        notebook=base.read((f"{assignment}.ipynb",), NOTEBOOK_LIMIT),
        timestamp=read_stamp(folder, inside),
    )


def read_stamp(folder: Path, inside: tuple[str, ...]) -> bytes | Problem:
    """Return what timestamp.txt of a submission holds."""
    return _Reader(folder, inside).read(("timestamp.txt",), STAMP_LIMIT)


@dataclass(frozen=True)
class _Reader:
    folder: Path
    inside: tuple[str, ...]

    def read(self, path: tuple[str, ...], limit: int) -> bytes | Problem:
        name = "/".join(path)
        try:
            with _opened(self.folder, (*self.inside, *path)) as handle:
                return _checked(handle, name, limit)
        except FileNotFoundError as error:
            folder = error.filename == path[0] and len(path) > 1
            missing = f"{path[0]}/" if folder else name
            return Problem(f"{missing} is missing: hand in the whole folder")
        except OSError as error:
            if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.ENXIO}:
                return Problem(f"{name} is not a regular file: links are not followed")
            reason = os.strerror(error.errno or 0)
            return Problem(f"{name} cannot be read: {reason}")


@contextmanager
def _opened(folder: Path, path: tuple[str, ...]) -> Iterator[int]:
    """Open a file step by step, so that no part of its path can be a link."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
    handles = [os.open(folder, flags | os.O_DIRECTORY)]
    try:
        for step in path[:-1]:
            handles.append(os.open(step, flags | os.O_DIRECTORY, dir_fd=handles[-1]))
        handles.append(os.open(path[-1], flags, dir_fd=handles[-1]))
        yield handles[-1]
    finally:
        for handle in handles:
            os.close(handle)


def _checked(handle: int, name: str, limit: int) -> bytes | Problem:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        return Problem(f"{name} is not a regular file")
    if status.st_nlink != 1:
        return Problem(f"{name} is a hard link: hand in a file of its own")
    if status.st_size > limit:
        return Problem(
            f"{name} has {status.st_size >> 20} MiB, at most {limit >> 20} are read"
        )
    with os.fdopen(os.dup(handle), "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        return Problem(f"{name} grew while it was read")
    return data
