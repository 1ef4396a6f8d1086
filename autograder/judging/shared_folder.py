"""Who may change what is made in the course's folder?

Whoever may write the folder: an account's own umask would keep the next instructor from
appending to a log or renewing a table.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path


def let_group_write(course: Path) -> None:
    """Let what this process makes be the group's, if the course's folder is."""
    if course.is_dir() and course.stat().st_mode & stat.S_IWGRP:
        os.umask(os.umask(0o077) & ~0o070)
