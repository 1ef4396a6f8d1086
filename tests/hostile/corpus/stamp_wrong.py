"""Hands in a timestamp from the year 1 that is no date and holds escapes.

It is taken as on time, the report says so, and the code counts.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    stamp = "0001-01-01 00:00:00 +9999\x1b[2J <script>"
    (folder / "timestamp.txt").write_text(stamp)
