"""What is a fault of an author: where it stands, and what mends it?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in an assignment; as text, one line."""

    place: str
    mend: str

    def __str__(self) -> str:
        return " ".join(f"{self.place}: {self.mend}".split())
