"""Hands in code under an encoding that hides its words: rot13, with NULs after it.

It does not load.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "did not load"


def plant(folder: Path, world: World) -> None:
    rot = b"# -*- coding: rot13 -*-\nvzcbeg bf\nbf._rkvg(0)\n\0\0"
    wide = b"\xff\xfe" + "x = 1".encode("utf-16-le")
    for name, data in zip(world.subject.sources, (rot, wide), strict=False):
        (folder / name).write_bytes(data)
