"""Who may change the course's folder now? One at a time; others wait."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
from pathlib import Path

FILE = ".lock"


@contextmanager
def locked(folder: Path, wait: bool = True) -> Iterator[None]:
    """Keep others out of such a block for the same folder; not to be nested.

    Raises BlockingIOError if another is in one and we do not `wait`.
    """
    try:
        handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o660)
    except OSError:  # who cannot write there changes nothing there
        yield
        return
    try:
        flock(handle, LOCK_EX if wait else LOCK_EX | LOCK_NB)
        yield
    finally:
        # Not by closing alone: a process that was forked meanwhile has it open too.
        flock(handle, LOCK_UN)
        os.close(handle)
