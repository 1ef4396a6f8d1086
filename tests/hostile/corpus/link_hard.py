"""Hands in a second name of the reference in place of nn.py.

A second name of a file of the course is not read.
"""

import os
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "hard link"


def plant(folder: Path, world: World) -> None:
    for name in world.subject.sources:
        (folder / name).unlink()
        os.link(world.course / name, folder / name)
