"""What is wrong in an assignment, and where? One line for its author."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in an assignment; as text, one line."""

    place: str
    mend: str

    def __str__(self) -> str:
        return " ".join(f"{self.place}: {self.mend}".split())


def unreadable(root: Path, name: str, error: Exception) -> Fault:
    """Return the fault of a file that cannot be loaded, with the author's line."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if f"{name}" in f.filename or "mytorch" in f.filename]
    place = f"tests/{name}"
    if own:
        path = Path(own[-1].filename)
        shown = path.relative_to(root) if path.is_relative_to(root) else path.name
        place = f"{shown} line {own[-1].lineno}"
    return Fault(place, f"does not load: {said(error)}")


def said(error: BaseException) -> str:
    """Return the kind of an exception and what it says."""
    return f"{type(error).__name__}: {error}"
