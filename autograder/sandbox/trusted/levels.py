"""How is the isolation level of a machine raised?"""

from __future__ import annotations

from dataclasses import dataclass

NO_TIMES = (
    "no /proc/<pid>/schedstat: on a busy machine, waiting for a processor may be "
    "taken for sleeping"
)


@dataclass(frozen=True)
class Levels:
    """What `autograder doctor` prints."""

    level: int
    evidence: tuple[str, ...]
    kernel: str
    next_step: str


def next_step(level: int, why_not_wrapped: str) -> str:
    """Return what to do to reach the next level, "" at the highest."""
    steps = {
        4: "",
        3: f"for level 4 let bubblewrap make namespaces ({why_not_wrapped}): "
        "install bubblewrap and allow unprivileged user namespaces",
        2: "for level 3 use a kernel of 5.13 or newer with Landlock switched on",
    }
    other = "for level 3 grade on Linux (x86_64 or aarch64, kernel 5.13 or newer)"
    return steps.get(level, other)
