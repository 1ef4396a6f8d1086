"""Has every graded cell twice, in another schema version, and one that is nobody's.

Each graded cell comes once, as the master has it; the code counts.
"""

import copy
import json
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    path = folder / world.notebook
    notebook = json.loads(path.read_text())
    graded = [c for c in notebook["cells"] if "nbgrader" in c["metadata"]]
    for cell in copy.deepcopy(graded):
        cell["metadata"]["nbgrader"]["schema_version"] = 99
        notebook["cells"].insert(0, cell)
    odd = copy.deepcopy(graded[0])
    odd["metadata"]["nbgrader"] |= {"grade_id": "extra_credit", "points": 500}
    notebook["cells"].append(odd)
    path.write_text(json.dumps(notebook))
