"""Hands in a second name of the secret file in place of nn.py.

A file with more than one name is not read.
"""

import os
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "hard link"


def plant(folder: Path, world: World) -> None:
    for name in ("nn", "optim"):
        (folder / f"mytorch/{name}.py").unlink()
        os.link(world.place / "target", folder / f"mytorch/{name}.py")
