"""Whose mark is held back? A short list beside the gradebook, kept by a command.

A mark that is held back is graded like any other. It stands in no export, and no page
is written for it; a page that was there is taken away.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

FILE = "held-back.json"


def held_back(root: Path, assignment: str) -> dict[str, str]:
    """Return whose mark of an assignment is held back, and why.

    Raises RuntimeError, in one line, for a list that is damaged.
    """
    return _read(root).get(assignment, {})


def hold(root: Path, assignment: str, student: str, why: str) -> None:
    """Hold a student's mark back; `why` is for the instructors."""
    rows = _read(root)
    rows.setdefault(assignment, {})[student] = why
    _write(root, rows)


def let_go(root: Path, assignment: str, student: str) -> bool:
    """Let a student's mark out again; return whether it was held back."""
    rows = _read(root)
    found = rows.get(assignment, {}).pop(student, None)
    _write(root, rows)
    return found is not None


def _read(root: Path) -> dict[str, dict[str, str]]:
    try:
        rows = json.loads((root / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise RuntimeError(
            f"{FILE} cannot be read: mend it, or remove it and hold marks back again"
        ) from None
    return {str(name): dict(students) for name, students in rows.items()}


def _write(root: Path, rows: dict[str, dict[str, str]]) -> None:
    beside = root / f".{FILE}.new"
    beside.write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", "utf-8")
    os.replace(beside, root / FILE)
