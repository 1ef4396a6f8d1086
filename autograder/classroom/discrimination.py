"""How well does a question or a case tell strong students from weak ones?

The point-biserial correlation between passing it and the points of all other
questions: Pearson's r where one of the two is 0 or 1.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from autograder.judging.report import Report

FEWEST = 3  # below that, a correlation says nothing


def of_question(reports: Sequence[Report], question: str) -> float | None:
    """Return a question's discrimination, from -1 to 1; None where it has none."""
    passed = [not report.question(question).lost for report in reports]
    return point_biserial(passed, _rest(reports, question))


def of_case(reports: Sequence[Report], question: str, case: str) -> float | None:
    """Return the same of a case; whoever was not asked did not pass it."""
    passed = [
        any(v.passed for v in report.question(question).verdicts if v.case == case)
        for report in reports
    ]
    return point_biserial(passed, _rest(reports, question))


def point_biserial(passed: Sequence[bool], rest: Sequence[float]) -> float | None:
    """Return the correlation, or None where one side is the same for all."""
    if len(rest) < FEWEST or len(set(passed)) < 2 or len(set(rest)) < 2:
        return None
    return statistics.correlation([float(x) for x in passed], list(rest))


def _rest(reports: Sequence[Report], question: str) -> list[float]:
    return [round(r.points - r.question(question).points, 2) for r in reports]
