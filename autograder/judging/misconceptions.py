"""Named wrong implementations: what went wrong, in one sentence for the student.

A misconception overrides one method or function of the reference. It is used three
times: to name a mistake (a student's output equals what this mistake gives), to test
the cases (each must be caught), and in the class report (how many made it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import Any

from autograder.student.questions import Library, Question, find

Function = Callable[..., Any]


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation of `target`, which loses the question and no other."""

    question: str
    sentence: str
    function: Function
    target: str

    @property
    def name(self) -> str:
        return self.function.__name__


class Misconceptions(list[Misconception]):
    """The misconceptions of an assignment; called, it is the decorator that adds one.

    The sentence tells a student what went wrong and where to look. It does not give
    the answer away, and it fits behind the name of an output: "grad_x: the mask ...".
    """

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__()
        self.questions = questions

    def __call__(self, question: str, sentence: str) -> Callable[[Function], Function]:
        target = find(self.questions, question).target

        def add(function: Function) -> Function:
            self.append(Misconception(question, sentence, function, target))
            return function

        return add


@contextmanager
def made(misconception: Misconception, lib: Library) -> Iterator[Library]:
    """Let the reference `lib` make this mistake inside the with block."""
    *path, name = misconception.target.split(".")
    owner = reduce(getattr, path, lib)
    original = getattr(owner, name)
    setattr(owner, name, misconception.function)
    try:
        yield lib
    finally:
        setattr(owner, name, original)
