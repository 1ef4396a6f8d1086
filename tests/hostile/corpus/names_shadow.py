"""Puts numpy.py, ipykernel_launcher.py and others beside the notebook.

Nobody imports from a student's folder, so they never run.
"""

from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""
NAMES = [
    "numpy",
    "ipykernel_launcher",
    "sitecustomize",
    "usercustomize",
    "json",
    "conftest",
    "nbgrader_config",
    "jupyter_config",
    "tests/__init__",
    "autograder/judge",
    "mytorch/__init__",
]


def plant(folder: Path, world: World) -> None:
    for name in NAMES:
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"open({str(world.place / 'shadow')!r}, 'w').close()\n")
    (folder / "pyvenv.cfg").write_text(f"home = {world.place}\n")
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --version\n")
