"""Hands in a link to the reference in place of nn.py.

Links are not followed.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "not a regular file"


def plant(folder: Path, world: World) -> None:
    (folder / "mytorch/nn.py").unlink()
    (folder / "mytorch/nn.py").symlink_to(world.course / "mytorch/nn.py")
    (folder / "mytorch/optim.py").unlink()
    (folder / "mytorch/optim.py").symlink_to(world.course / "mytorch/optim.py")
