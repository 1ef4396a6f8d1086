"""Hands in a notebook in which nothing has the type that it should have.

What cannot be read is left out; graded cells come back, and the code counts.
"""

import json
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""
ODD = [None, 1e400, -1, "x", [], {}, True, {"nbgrader": {"grade_id": ["sgd"]}}]


def plant(folder: Path, world: World) -> None:
    cells = [
        {"cell_type": kind, "metadata": odd, "source": odd, "outputs": [odd, odd]}
        for kind in ("code", "markdown", "raw", None)
        for odd in ODD
    ]
    notebook = {"nbformat": 4, "metadata": None, "cells": cells, "nbformat_minor": "x"}
    (folder / world.notebook).write_text(json.dumps(notebook))
