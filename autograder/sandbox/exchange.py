"""What is asked of a submission and what came back: plain values, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field

from autograder.student.probing import CaseResult, Raised, Unusable
from autograder.student.questions import Array

__all__ = [
    "Array",
    "CaseResult",
    "Limits",
    "Outcome",
    "QuestionResult",
    "Raised",
    "Request",
    "Unusable",
]


@dataclass(frozen=True)
class Limits:
    """What one question may use. Loading the modules has the same limits.

    What is printed counts for all questions that are asked at once: together they
    may print that many times as much.
    """

    computing_seconds: float = 2.0
    seconds: float = 10.0
    memory: int = 1 << 30
    printed: int = 1 << 20
    returned: int = 8 << 20


@dataclass(frozen=True, eq=False)
class Request:
    """Cases of one question, in order: the probe's name and its inputs.

    If the request of the name `unless` ended its process, this one is not asked and
    has ended in the same way. No such request is asked before all others are over.
    """

    question: str
    cases: tuple[tuple[str, dict[str, Array]], ...]
    unless: str = ""


@dataclass(frozen=True)
class QuestionResult:
    """The cases that were answered, and how the process ended if it did."""

    cases: tuple[CaseResult, ...]
    ended: str
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """All that a submission did.

    `loaded` has for each module None if it loaded, what its import raised, or the
    sentence that says how its import ended the process.
    """

    loaded: dict[str, Raised | str | None] = field(default_factory=dict)
    results: dict[str, QuestionResult] = field(default_factory=dict)
    level: int = 0
    evidence: tuple[str, ...] = ()
