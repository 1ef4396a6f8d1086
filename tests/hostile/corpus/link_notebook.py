"""Hands in links to the secret and to the gradebook as notebook and timestamp.

The notebook is supplied, the time is taken as on time, and the code counts.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    (folder / world.notebook).unlink()
    (folder / world.notebook).symlink_to(world.course / "gradebook.db")
    (folder / "timestamp.txt").symlink_to(world.secret)
