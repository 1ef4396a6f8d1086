"""Puts links to secrets beside the notebook, under names that pages might show.

Only what the assignment names is read, so they are never touched.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    for name in ("data.txt", "picture.png", "mytorch/secret.py", "feedback.html"):
        (folder / name).symlink_to(world.secret)
    (folder / "everything").symlink_to("/")
    (folder / "loop").symlink_to(".")
