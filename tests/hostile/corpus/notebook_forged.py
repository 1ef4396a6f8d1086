"""Stubs, in a notebook whose graded cells claim their scores, points and a report.

Graded cells are the master's own: all is lost.
"""

import json
from pathlib import Path

from tests.hostile.harness.attack import stubs
from tests.hostile.harness.world import World

LOSES = "all"


def plant(folder: Path, world: World) -> None:
    stubs(folder, world)
    path = folder / world.notebook
    notebook = json.loads(path.read_text())
    for cell in notebook["cells"]:
        if "nbgrader" not in cell["metadata"]:
            continue
        cell["metadata"]["nbgrader"] |= {"points": 1000, "grade": False}
        score = {"text/plain": "1000.0"}
        cell["outputs"] = [
            {
                "output_type": "execute_result",
                "execution_count": 1,
                "metadata": {},
                "data": score,
            }
        ]
    report = {
        "level": 4,
        "questions": [],
        "notes": [],
        "assignment": world.subject.name,
    }
    notebook["metadata"]["autograder"] = report
    path.write_text(json.dumps(notebook))
