"""What is wrong in an assignment, and where? One line for its author."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterable
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
    at = [(frame.filename, frame.lineno) for frame in frames]
    if isinstance(error, SyntaxError):
        at.append((error.filename or "", error.lineno))
    return Fault(_line(root, name, at), f"does not load: {said(error)}")


def ended(root: Path, name: str, log: str) -> Fault:
    """Return the fault that ended the process of a check, with the author's line.

    `log` has the calls, the last one first, if it took too long.
    """
    calls = re.findall(r'File "(.+)", line (\d+)', log)
    mend = "does it never end, here or with a mistake?"
    if calls:
        place = _line(root, name, reversed(calls))
        return Fault(place, f"took too long in one call: {mend}")
    mend = "is there one in its files, or in mytorch?"
    return Fault(f"tests/{name}", f"a crash outside of Python ended the check: {mend}")


def _line(root: Path, name: str, calls: Iterable[tuple[str, object]]) -> str:
    """Return where the last call in an author's own file is, the last one last."""
    folders = (root / f"tests/{name}", root / "mytorch")
    own = [
        f"{path.relative_to(root)} line {line}"
        for path, line in ((Path(root, file), line) for file, line in calls)
        if any(map(path.is_relative_to, folders))
    ]
    return own[-1] if own else f"tests/{name}"


def said(error: BaseException) -> str:
    """Return the kind of an exception and what it says."""
    return f"{type(error).__name__}: {error}"
