"""Hands in files of 1 TiB that take no room on the disk.

Sizes are looked at before a byte is read.
"""

import os
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "at most"


def plant(folder: Path, world: World) -> None:
    for name in (*world.subject.handed_in, "timestamp.txt"):
        (folder / name).touch()
        os.truncate(folder / name, 1 << 40)
