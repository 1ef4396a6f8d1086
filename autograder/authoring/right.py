"""Do other right programs lose nothing, and which gradients can be proved?"""

from __future__ import annotations

import contextlib
import importlib
import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.authoring.answers import Slope
from autograder.authoring.faults import Fault, said
from autograder.authoring.matrix import verdicts_of
from autograder.judging.answer_key import AnswerError, Course
from autograder.judging.source import library, with_definitions
from autograder.student.questions import Library


def declared(name: str) -> tuple[list[Any], tuple[Slope, ...]]:
    """Return RIGHT and SLOPES of tests/<name>/right.py; AnswerError without RIGHT."""
    module = importlib.import_module(f"tests.{name}.right")
    if not hasattr(module, "RIGHT"):
        raise AnswerError("right.py has no RIGHT: write RIGHT = [] for none")
    rows = getattr(module, "SLOPES", ())
    return list(module.RIGHT), tuple(Slope(*row) for row in rows)


def right_faults(courses: Sequence[Course], programs: Sequence[Any]) -> Iterator[Fault]:
    """Yield right programs that lose a case, in courses that differ by their seed."""
    for program in programs:
        name = courses[0].assignment.name
        where = f"tests/{name}/right.py, '{program.name}'"
        try:
            with _quiet():
                lib = _made(courses[0].sources, program.replacements)
        except Exception as error:  # whatever an author's own text raises
            yield Fault(where, f"cannot be made: {said(error)}")
            continue
        if lib is not None:
            yield from _lost(courses, lib, where)


def _made(
    sources: Mapping[str, str], replacements: Mapping[str, str]
) -> Library | None:
    """Return the library with those definitions, None if it draws pictures.

    What is absent where students' code runs is tried there, by the tests.
    """
    changed = with_definitions(sources, replacements)
    if any("matplotlib" in source for source in changed.values()):
        return None
    return library(changed)


def _lost(courses: Sequence[Course], lib: Library, where: str) -> Iterator[Fault]:
    for course in courses:
        for question in course.assignment.questions:
            with _quiet():
                verdicts = verdicts_of(course, lib, question.id)
            for verdict in verdicts:
                if not verdict.passed:
                    mend = f"{verdict.case}: {verdict.reason}"
                    yield Fault(where, f"is right, but loses {question.id}, {mend}")
                    return


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Prints go nowhere, warnings cost nothing, as in a worker."""
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield
