"""Hands in a link to the reference in place of nn.py.

Links are not followed.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "not a regular file"


def plant(folder: Path, world: World) -> None:
    for name in world.subject.sources:
        (folder / name).unlink()
        (folder / name).symlink_to(world.course / name)
