"""What cells does a notebook file hold? Read from bytes that anybody may have made.

A JSON parser makes objects that are hundreds of times as large as their text. So the
brackets are counted before it runs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

MOST_CELLS = 2_000
MOST_BRACKETS = 100_000
DEEPEST = 100
# A bracket; or a string, from its quote to the next or to the end of the file.
TOKEN = re.compile(rb'[\[\]{}]|"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
STEP = {b"[": 1, b"{": 1, b"]": -1, b"}": -1}


def read_cells(data: bytes) -> list[Mapping[str, Any]]:
    """Return the cells of a notebook file; ValueError says what is wrong with it."""
    if not data.strip():
        raise ValueError("the file is empty")
    _bounded(data)
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("it is not encoded in UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("it is not valid JSON") from None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise ValueError("it is not a notebook of format 4")
    cells = notebook.get("cells")
    if not isinstance(cells, list) or len(cells) > MOST_CELLS:
        raise ValueError(f"it has no list of at most {MOST_CELLS} cells")
    return [cell for cell in cells if isinstance(cell, dict)]


def _bounded(data: bytes) -> None:
    """Raise ValueError if parsing would cost much more than the file's size."""
    depth = opened = 0
    for token in TOKEN.finditer(data):
        step = STEP.get(token[0][:1], 0)
        depth += step
        opened += step > 0
        if depth > DEEPEST:
            raise ValueError(f"its lists and objects are more than {DEEPEST} deep")
        if opened > MOST_BRACKETS:
            raise ValueError(f"it has more than {MOST_BRACKETS} lists and objects")
