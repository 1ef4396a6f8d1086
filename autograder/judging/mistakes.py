"""How does a known mistake become a program?

A mistake is a change to the reference's own solution: old text and new, matched by
tokens. It is used to name a mistake (a student's outputs equal what this mistake
gives), to test the cases (each must be caught), and in the class report (how many
made it). Neither text ever ships.
"""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from autograder.judging.source import SourceError, parsed

# Where a module keeps the collections that it declares.
DECLARED = "__mistakes__"


@dataclass(frozen=True)
class Change:
    """Old text becomes new text, in every place where it stands if `everywhere`."""

    old: str
    new: str
    everywhere: bool = False


@dataclass(frozen=True)
class Swap:
    """Two texts take each other's places, wherever they stand."""

    one: str
    other: str


Step = tuple[str, str] | Change | Swap


@dataclass(frozen=True)
class Mistake:
    """A wrong implementation, which loses the question and no other.

    `steps` change the solution of the target, `whole` is a definition in its place.
    `at` is the target, by default that of the question.
    """

    question: str
    sentence: str
    steps: tuple[Step, ...] = ()
    whole: str = ""
    at: str = ""

    @property
    def texts(self) -> list[str]:
        """What of it must not ship."""
        found = [self.whole]
        for step in self.steps:
            found += (step.one, step.other) if isinstance(step, Swap) else _pair(step)
        return found

    def applied(self, target: str, sources: Mapping[str, str]) -> dict[str, str]:
        """Return the sources of a library that makes this mistake.

        Raises SourceError if the target or an old text is not there.
        """
        name, _, path = (self.at or target).partition(".")
        if name not in sources:
            raise SourceError(f"there is no mytorch/{name}.py")
        module = parsed(sources[name])
        if self.whole:
            return {**sources, name: module.replaced(path, self.whole)}
        edits: list[tuple[int, int, str]] = []
        for step in self.steps:
            if isinstance(step, Swap):
                edits += module.edits(path, step.one, step.other, everywhere=True)
                edits += module.edits(path, step.other, step.one, everywhere=True)
            else:
                old, new = _pair(step)
                every = isinstance(step, Change) and step.everywhere
                edits += module.edits(path, old, new, everywhere=every)
        return {**sources, name: module.edited(edits)}


def _pair(step: tuple[str, str] | Change) -> tuple[str, str]:
    return (step.old, step.new) if isinstance(step, Change) else step


def everywhere(old: str, new: str) -> Change:
    """Return a change of every place where `old` stands, one at least."""
    return Change(old, new, everywhere=True)


def swap(one: str, other: str) -> Swap:
    """Return a step that puts each of two texts in the other's places."""
    return Swap(one, other)


class Mistakes(list[Mistake]):
    """The mistakes of a question; called with a sentence and changes, it adds one.

    The sentence tells a student what went wrong and where to look. It does not give
    the answer away, and it fits behind the name of an output: "grad_x: the mask ...".
    """

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    def __call__(
        self,
        sentence: str,
        *steps: Step,
        whole: str | Callable[..., Any] = "",
        at: str = "",
    ) -> None:
        if callable(whole):
            whole = textwrap.dedent(inspect.getsource(whole))
        self.append(Mistake(self.question, sentence, steps, textwrap.dedent(whole), at))


def mistakes(question: str) -> Mistakes:
    """Return an empty collection of mistakes that belong to a question.

    The module that calls it keeps the collection, whatever becomes of its name.
    """
    found = Mistakes(question)
    sys._getframe(1).f_globals.setdefault(DECLARED, []).append(found)
    return found


def collected(module: ModuleType) -> list[Mistake]:
    """Return all mistakes that a module declares, in order."""
    return [mistake for each in vars(module).get(DECLARED, ()) for mistake in each]
