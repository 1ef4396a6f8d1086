"""Hands in a socket and folders where files should be.

None of them is a regular file.
"""

import socket
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "regular file"


def plant(folder: Path, world: World) -> None:
    (folder / "mytorch/nn.py").unlink()
    (folder / "mytorch/nn.py").mkdir()
    (folder / "mytorch/optim.py").unlink()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "mytorch/optim.py"))
