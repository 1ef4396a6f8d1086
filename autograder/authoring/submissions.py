"""Which programs should lose points, and which none?

The reference earns all, a stub nothing, each solution just its question, and other
right programs lose nothing.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import textwrap
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.authoring.answers import Slope
from autograder.authoring.faults import Fault, said
from autograder.authoring.matrix import verdicts_of
from autograder.judging.answer_key import AnswerError, Course
from autograder.judging.handed_in import Submission
from autograder.judging.limited import ANY_FAULT, limited
from autograder.judging.report import Report
from autograder.judging.source import library, parsed
from autograder.judging.submission import Grader
from autograder.releasing.stubs import cut
from autograder.student.questions import Library
from autograder.student.typed import fits


def submission_faults(course: Course) -> Iterator[Fault]:
    """Yield what goes wrong in the real sandbox."""
    place = f"tests/{course.assignment.name}"
    with Grader(course) as grader:
        report = _graded(grader, course.sources)
        for question in report.questions:
            if question.lost:
                mend = f"the reference loses points: {question.reason}"
                yield Fault(f"{place}, {question.id}", mend)
        stubs = {n: cut(text, f"{n}.py") for n, text in course.sources.items()}
        for question in _graded(grader, stubs).questions:
            if question.points:
                mend = f"the stub earns {question.points:g} points"
                yield Fault(f"{place}, {question.id}", mend)
        for asked in course.assignment.questions:
            if asked.withdrawn:
                continue
            source = course.sources[asked.module]
            one = cut(source, f"{asked.module}.py", keep=asked.method)
            report = _graded(grader, {**stubs, asked.module: one})
            yield from _alone(report, asked.id, place)


def _alone(report: Report, own: str, place: str) -> Iterator[Fault]:
    """Yield where one solution earns more, or less, than its question."""
    for question in report.questions:
        if question.id == own and question.lost:
            mend = "needs the solution of another question: use a stand-in"
            yield Fault(f"{place}, {own}", f"{mend} ({question.reason})")
        elif question.id != own and question.points:
            mend = f"its solution also earns points of {question.id}"
            yield Fault(f"{place}, {own}", mend)


def _graded(grader: Grader, sources: Mapping[str, str]) -> Report:
    """Return the Report on these modules, without questions that are withdrawn."""
    modules = {name: text.encode() for name, text in sources.items()}
    report = grader.grade(Submission(modules, notebook=b"{}", timestamp=b""))
    left = {q.id for q in grader.course.assignment.questions if not q.withdrawn}
    return replace(report, questions=tuple(q for q in report.questions if q.id in left))


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


def with_definitions(
    sources: Mapping[str, str], definitions: Mapping[str, str]
) -> dict[str, str]:
    """Return the sources with other definitions at targets such as "nn.ReLU.forward".

    A target without a dot is the whole module. Raises KeyError if there is no such
    module, SourceError if it has no such definition.
    """
    changed = dict(sources)
    for target, text in definitions.items():
        module, _, path = target.partition(".")
        text = textwrap.dedent(text)
        changed[module] = parsed(changed[module]).replaced(path, text) if path else text
    return changed


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
