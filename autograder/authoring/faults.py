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


def unreadable(root: Path, name: str, error: BaseException) -> Fault:
    """Return the fault of a file that cannot be loaded, with the author's line."""
    frames = traceback.extract_tb(error.__traceback__)
    at = [(Path(root, frame.filename), frame.lineno) for frame in frames]
    if isinstance(error, SyntaxError):
        at.append((Path(root, error.filename or ""), error.lineno))
    folders = (root / f"tests/{name}", root / "mytorch")
    own = [row for row in at if any(map(row[0].is_relative_to, folders))]
    place = f"tests/{name}"
    if own:
        path, line = own[-1]
        place = f"{path.relative_to(root)} line {line}"
    return Fault(place, f"does not load: {said(error)}")


def said(error: BaseException) -> str:
    """Return the kind of an exception and what it says."""
    return f"{type(error).__name__}: {error}"
