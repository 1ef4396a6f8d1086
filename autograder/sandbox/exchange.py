"""What do pool, zygote and worker tell each other?"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.student.kinds import Kind
from autograder.student.probing import CaseResult, Raised
from autograder.student.questions import Value


@dataclass(frozen=True)
class Limits:
    """What one question may use. Loading the modules has the same limits.

    `seconds` is for what sleeps or waits; time spent waiting for a processor counts
    for nothing. `memory` is that of a worker and the same for all questions. What is
    printed counts for all questions that are asked at once: together they may print
    the sum.
    """

    computing_seconds: float = 2.0
    seconds: float = 5.0
    memory: int = 1 << 30
    printed: int = 1 << 20
    returned: int = 8 << 20


# What a submission may compute and wait, all questions and all tries together.
BUDGET = 20.0


@dataclass(frozen=True, eq=False)
class Request:
    """Cases of one question, in order: the probe's name and its inputs.

    Requests that are `hidden` are asked after all others. If the request named
    `unless` ended its process, this one is not asked and gets the same result.
    `limits` are those of the pool if None. `expects` has for each case the names of
    the outputs that may come and the largest number of bytes that is read of each;
    with () every output is read.
    """

    question: str
    cases: tuple[tuple[str, Mapping[str, Value]], ...]
    unless: str = ""
    hidden: bool = False
    limits: Limits | None = None
    expects: tuple[Mapping[str, int], ...] = ()


@dataclass(frozen=True)
class Ended:
    """How a process ended, or why a question was not asked.

    The text continues a sentence that begins with the program: "took more than 2 s".
    """

    kind: Kind
    text: str


@dataclass(frozen=True)
class QuestionResult:
    """The cases that were answered, and how the process ended if it did."""

    cases: tuple[CaseResult, ...]
    ended: Ended | None
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """All that a submission did.

    `loaded` has for each judged module None if it loaded, what its import raised, or
    how its import ended the process.
    """

    loaded: dict[str, Raised | Ended | None] = field(default_factory=dict)
    results: dict[str, QuestionResult] = field(default_factory=dict)
    level: int = 0
    evidence: tuple[str, ...] = ()


# Pool to zygote, over the control socket: what to do, with the worker of which first
# id. FORK and KILL are not answered: a new worker shows itself by its first frame, and
# nobody waits for the end of one that is not needed any more.
COMMAND = struct.Struct("<B16s")
FORK, REAP, KILL, TIMES = 1, 2, 3, 4

# Zygote to pool, always as many bytes: at the start its process id, for REAP a wait
# status, both little-endian; for TIMES the beginnings of /proc/<pid>/schedstat and,
# behind SCHEDSTAT bytes, of /proc/<pid>/stat.
REPLY_SIZE, SCHEDSTAT = 256, 64
ENDED_BY_ZYGOTE = 1 << 16  # in a wait status: it had to be killed
UNKNOWN = -1  # in place of nanoseconds: this system does not tell them

NAMESPACES = ("pid", "net", "mnt", "ipc")


def namespaces() -> dict[str, str]:
    """Return the namespaces of this process by name; {} where there are none."""
    try:
        return {name: os.readlink(f"/proc/self/ns/{name}") for name in NAMESPACES}
    except OSError:
        return {}
