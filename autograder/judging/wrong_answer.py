"""Which students gave the same wrong answer? Names each wrong answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from autograder.student.kinds import Kind
from autograder.student.marking import Verdict
from autograder.student.probing import CaseResult, Output, Unusable

# A wrong answer tells something where it has values of its own.
TELLING = {Kind.VALUES, Kind.SHAPE, Kind.DTYPE, Kind.KEPT, Kind.CHANGED}
MOST_NUMBERS = 1_000  # of one output


def wrong_answer(verdicts: Sequence[Verdict], results: Sequence[CaseResult]) -> str:
    """Return a name for the outputs of a question, "" if they tell nothing.

    They tell nothing if all are right, if a known mistake explains them, or if no case
    that failed gave a value. Numbers count to 8 digits.
    """
    failed = [verdict for verdict in verdicts if not verdict.passed]
    known = any(verdict.mistake for verdict in failed)
    if known or not any(verdict.kind in TELLING for verdict in failed):
        return ""
    rows = [[name, *_words(value)] for case in results for name, value in case.outputs]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def _words(value: Output) -> Iterator[str]:
    """Yield a value as words that do not tell rounding apart."""
    if isinstance(value, Unusable):
        yield value.what
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _words(item)
    elif isinstance(value, np.ndarray) and value.dtype.kind in "fiub":
        yield str(value.shape)
        for number in value.ravel()[:MOST_NUMBERS].tolist():
            yield f"{number:.7e}"
    else:
        yield repr(value)
