"""How is one file of a student read without trusting it?

No link is followed at any step of the path, nothing is opened that could block, and
the size is capped before a byte is read.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

# The folders of a course whose files no student may hand in.
OF_THE_COURSE = ("mytorch", "source", "tests", "autograder")


@dataclass(frozen=True)
class Problem:
    """Why a file could not be read, in one line."""

    text: str


@dataclass(frozen=True)
class FileReader:
    """Reads files of the folder `inside` another; `unread` says why none is read."""

    folder: Path
    inside: tuple[str, ...]
    course: Path | None = None
    unread: str = ""
    remarks: list[str] = field(default_factory=list)

    def read(self, path: tuple[str, ...], limit: int) -> bytes | Problem:
        name = "/".join(path)
        if self.unread:
            return Problem(self.unread)
        try:
            with _opened(self.folder, (*self.inside, *path)) as handle:
                return self._linked(handle, name) or _checked(handle, name, limit)
        except FileNotFoundError as error:
            folder = error.filename == path[0] and len(path) > 1
            missing = f"{path[0]}/" if folder else name
            return Problem(f"{missing} is missing: hand in the whole folder")
        except OSError as error:
            if error.errno in {errno.ELOOP, errno.ENOTDIR, errno.ENXIO}:
                return Problem(f"{name} is not a regular file: links are not followed")
            reason = os.strerror(error.errno or 0)
            return Problem(f"{name} cannot be read: {reason}")

    def _linked(self, handle: int, name: str) -> Problem | None:
        """Return why a hard link is refused; add a remark about a harmless one."""
        status = os.fstat(handle)
        if status.st_nlink == 1 or not stat.S_ISREG(status.st_mode):
            return None
        if self.course is None:
            return Problem(f"{name} is a hard link: hand in a file of its own")
        if (status.st_dev, status.st_ino) in course_files(self.course):
            return Problem(f"{name} is a hard link to a file of the course")
        self.remarks.append(f"{name} is a hard link: the same file lies elsewhere too")
        return None


def listed(folder: Path, inside: tuple[str, ...]) -> list[str]:
    """Return the names in a folder, sorted; none if a link leads there."""
    with suppress(OSError), _opened(folder, inside or (".",)) as handle:
        return sorted(os.listdir(handle))
    return []


def course_files(course: Path) -> set[tuple[int, int]]:
    """Return device and number of all files that belong to the course itself."""
    rooms = (path for room in OF_THE_COURSE for path in (course / room).rglob("*"))
    found = set()
    for path in (*course.iterdir(), *rooms):
        with suppress(OSError):
            status = path.stat()
            found.add((status.st_dev, status.st_ino))
    return found


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
    if status.st_size > limit:
        return Problem(
            f"{name} has {status.st_size >> 20} MiB, at most {limit >> 20} are read"
        )
    with os.fdopen(os.dup(handle), "rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        return Problem(f"{name} grew while it was read")
    return data
