"""What became of a class? The closing table of `autograder grade`."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.judging.report import Report
from autograder.nbgrader_steps.graded import Moved
from autograder.student.kinds import Kind

Pages = tuple[list[str], list[str]]  # whose were written, and whose could not be
ROWS = ("graded", "full marks", "failed to load", "timed out")


@dataclass
class Summary:
    """What became of a class: counts, whatever its size, and names where it matters."""

    started: float = field(default_factory=time.perf_counter)
    counts: Counter[str] = field(default_factory=Counter)
    levels: set[int] = field(default_factory=set)
    before: list[str] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    pages: Pages | None = None

    @property
    def complete(self) -> bool:
        """Whether everybody is graded, and has a page where pages were asked for."""
        return not self.failed and not (self.pages and self.pages[1])

    def add(self, report: Report) -> None:
        """Count one more submission that was graded."""
        kinds = {question.kind for question in report.questions}
        kinds |= {v.kind for q in report.questions for v in q.verdicts}
        self.counts["graded"] += 1
        self.counts["full marks"] += not report.lost
        self.counts["failed to load"] += Kind.NOT_LOADED in kinds
        self.counts["timed out"] += Kind.TOO_LONG in kinds
        self.levels.add(report.level)

    def lines(self) -> Iterator[str]:
        """Yield the closing table, and below it who is named for what."""
        for name in ROWS:
            yield f"{name:<20}{self.counts[name]:>8}"
        yield f"{'graded before':<20}{len(self.before):>8}"
        if self.pages is not None:
            yield f"{'pages written':<20}{len(self.pages[0]):>8}"
        levels = ", ".join(map(str, sorted(self.levels)))
        yield f"{'isolation level':<20}{levels or 'none':>8}"
        rate = self.counts["graded"] / (time.perf_counter() - self.started)
        yield f"{'submissions/s':<20}{rate:>8.1f}"
        yield from map(str, self.moved)
        yield from self.odd
        yield from (f"{student}: not graded, see above" for student in self.failed)
        for student in self.pages[1] if self.pages else ():
            yield f"{student}: no new page, see above"
