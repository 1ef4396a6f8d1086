"""Hands in /dev/zero, as a device where it may be made, else as a link.

It is not a regular file.
"""

import os
import stat
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "not a regular file"


def plant(folder: Path, world: World) -> None:
    for name in world.subject.handed_in:
        (folder / name).unlink()
        try:
            mode = stat.S_IFCHR | 0o666
            os.mknod(folder / name, mode, os.makedev(1, 5))
        except PermissionError:
            (folder / name).symlink_to("/dev/zero")
