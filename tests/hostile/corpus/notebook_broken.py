"""Hands in a notebook that is no JSON.

The notebook is supplied, the report says so, and the code counts.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    (folder / world.notebook).write_bytes(b"\xff\xfe{" + bytes(range(256)) * 40)
