"""Hands in a time with a zone as long as the file may be.

It is named as no time; nothing is opened under so long a name.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    (folder / "timestamp.txt").write_text("2026-11-25 10:00:00 " + "A" * 900)
