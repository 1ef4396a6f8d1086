"""Whole programs for the tests of the grader: the reference with parts replaced.

A replacement is a pair such as `"miniflow.Add.forward": "def forward(self): ..."`:
the function or method of that name is replaced by that text. A target without a dot
("miniflow") stands for the whole module.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from importlib import import_module
from pathlib import Path

from autograder.authoring.submissions import with_definitions
from autograder.judging.mistakes import Mistake, collected
from autograder.judging.source import Module
from autograder.judging.source import library as made
from autograder.student.questions import Library

MYTORCH = Path(__file__).resolve().parents[2] / "mytorch"
Replacements = Mapping[str, str]


@dataclass(frozen=True)
class Wrong:
    """A wrong program, and the questions that it must lose, no other."""

    name: str
    loses: frozenset[str]
    replacements: Replacements


@dataclass(frozen=True)
class Right:
    """A program that differs from the reference and must lose nothing."""

    name: str
    replacements: Replacements


def apply(replacements: Replacements) -> dict[str, str]:
    """Return the source of each module of `mytorch` after the replacements.

    Raises KeyError or SourceError if a target is not there.
    """
    sources = {
        path.stem: path.read_text(encoding="utf-8")
        for path in sorted(MYTORCH.glob("*.py"))
        if path.stem != "__init__"
    }
    return with_definitions(sources, replacements)


def known(assignment: str) -> list[Mistake]:
    """Return the known mistakes of an assignment."""
    return collected(import_module(f"tests.{assignment}.mistakes"))


def of_mistake(assignment: str, mistake: Mistake) -> dict[str, str]:
    """Return the source of each module of a student who makes this mistake."""
    return mistake.applied(target_of(assignment, mistake.question), apply({}))


def target_of(assignment: str, question: str) -> str:
    """Return what a question of an assignment asks for."""
    questions = import_module(f"tests.{assignment}.questions").QUESTIONS
    return {each.id: each.target for each in questions}[question]


def library(sources: Mapping[str, str], *names: str) -> Library:
    """Return the named modules, made from their sources, for a probe to drive."""
    return made({name: sources[name] for name in names})


@contextmanager
def planted(assignment: str, question: str, words: str, lib: Library) -> Iterator[None]:
    """Let a loaded library make the known mistake that is told in these words."""
    mistake = next(
        m
        for m in known(assignment)
        if m.question == question and m.sentence.startswith(words)
    )
    name, *path, last = target_of(assignment, question).split(".")
    changed = Module(of_mistake(assignment, mistake)[name])
    start, end = changed.lines(".".join([*path, last]))
    text = "\n".join(changed.source.splitlines()[start : end + 1])
    module = getattr(lib, name)
    made_of = dict(vars(module))
    exec(textwrap.dedent(text), made_of)
    owner = reduce(getattr, path, module)
    original = getattr(owner, last)
    setattr(owner, last, made_of[last])
    try:
        yield
    finally:
        setattr(owner, last, original)
