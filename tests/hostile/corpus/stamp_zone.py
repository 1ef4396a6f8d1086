"""Hands in a time whose zone is the path of a file.

A time is read by patterns of our own, and nothing is opened for it.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    stamp = f"2026-11-25 10:00:00 {world.bait}"
    (folder / "timestamp.txt").write_text(stamp)
