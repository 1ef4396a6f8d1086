"""Hands in JSON nested 100,000 deep.

The notebook is supplied, the report says so, and the code counts.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    (folder / world.notebook).write_text("[" * 100_000 + "]" * 100_000)
