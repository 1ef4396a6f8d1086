"""Hands in pipes that would block whoever opens them.

They are not regular files, and nothing waits.
"""

import os
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "not a regular file"


def plant(folder: Path, world: World) -> None:
    for name in (*world.subject.handed_in, "timestamp.txt"):
        (folder / name).unlink(missing_ok=True)
        os.mkfifo(folder / name)
