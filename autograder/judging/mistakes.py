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
from functools import partialmethod
from itertools import chain
from types import ModuleType
from typing import Any, NamedTuple

from autograder.judging.source import SourceError, parsed
from autograder.student.typed import typed

# Where a module keeps the collections that it declares.
DECLARED = "__mistakes__"


class Change(NamedTuple):
    """Old text becomes new text; in every place where it stands if `everywhere`."""

    old: str
    new: str
    everywhere: bool = False


# What an author writes: (old, new), `everywhere(old, new)` or `swap(one, other)`.
Step = tuple[str, str] | Change | list[Change]


@dataclass(frozen=True)
class Mistake:
    """A wrong implementation, which loses the question and no other.

    `steps` change the solution of the target, `whole` is a definition in its place.
    `at` is the target, by default that of the question. `form`: it is one of several
    that have one sentence.
    """

    question: str
    sentence: str
    steps: tuple[Change, ...] = ()
    whole: str = ""
    at: str = ""
    form: bool = False

    @property
    def texts(self) -> list[str]:
        """What of it must not ship."""
        return [self.whole, *(t for old, new, _ in self.steps for t in (old, new))]

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
        edits = [edit for step in self.steps for edit in module.edits(path, *step)]
        return {**sources, name: module.edited(edits)}


def everywhere(old: str, new: str) -> Change:
    """Return a change of every place where `old` stands, one at least."""
    return Change(old, new, everywhere=True)


def swap(one: str, other: str) -> list[Change]:
    """Return the changes that put each of two texts in the other's places."""
    return [Change(one, other, True), Change(other, one, True)]


class Mistakes(list[Mistake]):
    """The mistakes of a question; called with a sentence and changes, it adds one.

    The sentence tells a student what went wrong and where to look. It does not give
    the answer away, and it fits behind the name of an output: "grad_x: the mask ...".
    """

    @typed
    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    @typed
    def __call__(
        self,
        sentence: str,
        *steps: Step,
        whole: str | Callable[..., Any] = "",
        at: str = "",
        form: bool = False,
    ) -> None:
        if bool(steps) == bool(whole):
            raise TypeError("a mistake has changes (old, new), or whole=: one of them")
        text = textwrap.dedent(inspect.getsource(whole) if callable(whole) else whole)
        lists = [step if isinstance(step, list) else [Change(*step)] for step in steps]
        changes = tuple(chain.from_iterable(lists))
        self.append(Mistake(self.question, sentence, changes, text, at, form))

    form = partialmethod(__call__, form=True)


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
