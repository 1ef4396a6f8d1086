"""Hands in 2,000 more files and folders 60 deep.

Only what the assignment names is read.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    (folder / "many").mkdir()
    for i in range(2_000):
        (folder / f"many/{i}.py").touch()
    (folder / "/".join(["deep"] * 60)).mkdir(parents=True)
