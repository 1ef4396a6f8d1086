"""Hands in a notebook of 20,000 cells with evil types in every field.

The notebook is supplied, the report says so, and the code counts.
"""

import json
from pathlib import Path

from tests.hostile.harness.world import World

LOSES = ""


def plant(folder: Path, world: World) -> None:
    odd = {"cell_type": ["code"], "metadata": 7, "source": {"a": 1}, "outputs": "x"}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}
    notebook["cells"] = [odd, None, 3, "x", []] * 4_000
    (folder / world.notebook).write_text(json.dumps(notebook))
