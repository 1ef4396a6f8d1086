"""Hands in an empty folder.

Everything is lost, with a reason, and the student has a record.
"""

import shutil
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = "all"
REASON = "missing"


def plant(folder: Path, world: World) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
