"""Whose mark is held back? A short list beside the gradebook, kept by a command.

A mark that is held back is graded like any other. It stands in no export, and no page
is written for it; a page that was there is taken away.
"""

from __future__ import annotations

from pathlib import Path

from autograder.nbgrader_steps.saved_lists import changed, read_list

FILE = "held-back.json"


def held_back(root: Path, assignment: str) -> dict[str, str]:
    """Return whose mark of an assignment is held back, and why.

    Raises RuntimeError, in one line, for a list that is damaged.
    """
    return read_list(root / FILE, dict).get(assignment, {})


def hold(root: Path, assignment: str, student: str, why: str) -> None:
    """Hold a student's mark back; `why` is for the instructors."""
    with changed(root / FILE, dict) as rows:
        rows.setdefault(assignment, {})[student] = why


def let_go(root: Path, assignment: str, student: str) -> bool:
    """Let a student's mark out again; return whether it was held back."""
    with changed(root / FILE, dict) as rows:
        return rows.get(assignment, {}).pop(student, None) is not None
