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
from autograder.judging.limited import ANY_FAULT, limited
from autograder.judging.source import library, with_definitions
from autograder.student.questions import Library
from autograder.student.typed import fits


def declared(name: str) -> tuple[list[Any], tuple[Slope, ...]]:
    """Return RIGHT and SLOPES of tests/<name>/right.py; AnswerError if they are not."""
    module = importlib.import_module(f"tests.{name}.right")
    if not hasattr(module, "RIGHT"):
        raise AnswerError("right.py has no RIGHT: write RIGHT = [] for none")
    programs, slopes = module.RIGHT, getattr(module, "SLOPES", ())
    if not isinstance(programs, list | tuple):
        raise AnswerError("RIGHT in right.py: expected a list of Right(name, {...})")
    for row in programs:
        if not fits(getattr(row, "replacements", None), Mapping[str, str]):
            wanted = 'Right(name, {"module.Class.method": "def ..."})'
            raise AnswerError(f"RIGHT in right.py: expected {wanted}, got {row!r:.60}")
    try:
        return list(programs), tuple(Slope(*row) for row in slopes)
    except TypeError as error:
        wanted = '((question, of, {"x": "grad_x"}, weight), ...)'
        raise AnswerError(f"SLOPES in right.py: expected {wanted}: {error}") from error


def right_faults(courses: Sequence[Course], programs: Sequence[Any]) -> Iterator[Fault]:
    """Yield right programs that lose a case, in courses that differ by their seed."""
    for program in programs:
        name = courses[0].assignment.name
        where = f"tests/{name}/right.py, '{program.name}'"
        try:
            with limited():
                lib = _made(courses[0].sources, program.replacements)
        except ANY_FAULT as error:
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
            for verdict in verdicts_of(course, lib, question.id):
                if not verdict.passed:
                    mend = f"{verdict.case}: {verdict.reason}"
                    yield Fault(where, f"is right, but loses {question.id}, {mend}")
                    return


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Prints go nowhere, warnings cost nothing, as in a worker."""
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
    ):
        warnings.simplefilter("ignore")
        yield
