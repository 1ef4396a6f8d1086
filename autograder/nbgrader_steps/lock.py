"""Who may change the course's folder now? One at a time; others wait."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_UN, flock
from pathlib import Path

FILE = ".lock"


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep others out of such a block for the same course; not to be nested."""
    try:
        handle = os.open(root / FILE, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:  # who cannot write there changes nothing there
        yield
        return
    try:
        flock(handle, LOCK_EX)
        yield
    finally:
        # Not by closing alone: a process that was forked meanwhile has it open too.
        flock(handle, LOCK_UN)
        os.close(handle)
