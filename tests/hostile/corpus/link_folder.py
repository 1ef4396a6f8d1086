"""Hands in a link to the folder of the reference in place of mytorch/.

No step of a path may be a link.
"""

import shutil
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "not a regular file"


def plant(folder: Path, world: World) -> None:
    shutil.rmtree(folder / "mytorch")
    (folder / "mytorch").symlink_to(world.course / "mytorch")
