"""Hands in a socket and folders where files should be.

None of them is a regular file.
"""

import socket
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "regular file"


def plant(folder: Path, world: World) -> None:
    first, *rest = world.subject.sources
    (folder / first).unlink()
    (folder / first).mkdir()
    for name in rest:
        (folder / name).unlink()
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(folder / name))
