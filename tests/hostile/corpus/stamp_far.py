"""Hands in a timestamp in a year that databases cannot hold.

It is taken in or left out, and the code counts.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    (folder / "timestamp.txt").write_text("9999-12-31 23:59:59.999999 -12:00")
