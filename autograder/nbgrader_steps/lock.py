"""Who may change the course's folder now? One at a time; others wait."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
from pathlib import Path

FILE = ".lock"
_own = threading.local()


@contextmanager
def locked(folder: Path, wait: bool = True) -> Iterator[None]:
    """Keep others out of such a block for the same folder.

    Who is in one may enter another. Without `wait`, BlockingIOError is raised if
    anybody is in one, or may be. Who cannot write there, and a system without locks,
    keep nobody out.
    """
    held: set[tuple[int, Path]] = vars(_own).setdefault("held", set())
    this = os.getpid(), folder.resolve()
    with ExitStack() as stack:
        if this not in held and _taken(folder, wait, stack):
            held.add(this)
            stack.callback(held.discard, this)
        elif not wait:
            raise BlockingIOError
        yield


def _taken(folder: Path, wait: bool, stack: ExitStack) -> bool:
    """Take the folder's lock until the stack is closed; return False if we cannot."""
    # Another of the group, who cannot write the file, can lock it nevertheless.
    for flags in (os.O_RDWR | os.O_CREAT, os.O_RDONLY):
        with suppress(OSError):
            handle = os.open(folder / FILE, flags, 0o600)
            stack.callback(os.close, handle)
            _share(handle, folder.stat())
            flock(handle, LOCK_EX if wait else LOCK_EX | LOCK_NB)
            # Not by closing alone: a process forked meanwhile has it open, too.
            stack.callback(flock, handle, LOCK_UN)
            return True
    return False


def _share(handle: int, folder: os.stat_result) -> None:
    """Let the group lock a folder in which it may write; whoever made the file can."""
    if folder.st_mode & stat.S_IWGRP:
        with suppress(PermissionError):
            os.fchown(handle, -1, folder.st_gid)
            os.fchmod(handle, 0o660)
