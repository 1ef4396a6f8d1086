"""Judge outputs, not programs: the autograder of the course.

`check` and `pack` are for students and ship to them. `grade` and `Report` are for
instructors and load the judge; so they are imported only when asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from autograder.student import attempt, bring, check, pack

if TYPE_CHECKING:
    from autograder.judging.report import Report
    from autograder.judging.submission import grade

__all__ = ["Report", "attempt", "bring", "check", "grade", "pack"]


JUDGES = {"grade": "submission", "Report": "report"}


def __getattr__(name: str) -> Any:
    if name in JUDGES:
        return getattr(import_module(f"autograder.judging.{JUDGES[name]}"), name)
    raise AttributeError(f"module 'autograder' has no attribute '{name}'")
