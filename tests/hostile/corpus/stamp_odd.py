"""Hands in a time made of numbers that libraries for dates cannot hold.

It is named as no time; nobody's grading and no list of submissions fails for it.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    (folder / "timestamp.txt").write_text(f"2026-11-25 10h{'9' * 400}m")
