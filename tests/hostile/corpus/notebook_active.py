"""Fills its notebook with whatever has ever run in a browser.

Only text and images are left of it, and the code counts. A real browser looks at
the page in test_pages.py.
"""

import json
from pathlib import Path

from tests.hostile.harness.pages import cells
from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    path = folder / world.notebook
    notebook = json.loads(path.read_text())
    notebook["cells"] += cells()
    notebook["metadata"]["widgets"] = {"x": "<script>canary('widgets')</script>"}
    notebook["metadata"]["title"] = "</title><script>canary('title')</script>"
    path.write_text(json.dumps(notebook))
