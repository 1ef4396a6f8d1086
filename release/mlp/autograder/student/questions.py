"""What an assignment asks: questions, and the cases that try an answer.

A *probe* is a generator that drives any implementation of the library and yields
named outputs one by one, so that what came before a crash still counts:

    def linear_forward(lib, weight, bias, x):
        layer = make_linear(lib, weight, bias)
        yield "output", layer.forward(x)

The same probe drives the reference, a student's code and PyTorch. Its arguments
after `lib` are the inputs of a case, all of them arrays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Inputs = Mapping[str, Array]
Outputs = Iterator[tuple[str, object]]
Library = SimpleNamespace | ModuleType
Probe = Callable[..., Outputs]
Draw = Callable[[np.random.Generator], Array]
Judge = Callable[[Inputs, Mapping[str, Array]], str | None]


@dataclass(frozen=True)
class Question:
    """One thing to fill in: a method or function, judged by itself.

    `target` says where: "nn.Linear.forward" is the method `forward` of the class
    `Linear` in `mytorch/nn.py`. `read` is the heading in the notebook that explains
    it. `after` names the questions that should be done first.
    """

    id: str
    target: str
    read: str
    after: tuple[str, ...] = ()

    @property
    def module(self) -> str:
        """The module of `mytorch` that holds the target, such as "nn"."""
        return self.target.split(".")[0]

    @property
    def method(self) -> str:
        """The name to look for in that module, such as "Linear.forward"."""
        return self.target.split(".", 1)[1]


@dataclass(frozen=True)
class Case:
    """One row of data: a probe and its inputs.

    `about` says in a few words what is special here ("a batch of one"). Inputs are
    `given` as numbers, or `draw`n from the secret seed of the course (hidden cases
    only). `probe` is the probe's name, by default that of the question. `judge`
    decides over raw outputs in place of reference arrays, for what has more than
    one right answer: it returns None, or what is wrong in one sentence that names
    no number.
    """

    question: str
    about: str
    given: Mapping[str, object] = field(default_factory=dict)
    draw: Mapping[str, Draw] = field(default_factory=dict)
    probe: str = ""
    judge: Judge | None = None
    rtol: float = 1e-9

    @property
    def probe_name(self) -> str:
        return self.probe or self.question

    def inputs(self, rng: np.random.Generator) -> dict[str, Array]:
        """Return the named input arrays: the given ones as float64, then the drawn.

        What is given as an array keeps its type (labels are whole numbers).
        """
        given = {name: as_input(value) for name, value in self.given.items()}
        return given | {name: draw(rng) for name, draw in self.draw.items()}


def as_input(value: object) -> Array:
    """Return `value` as an array: float64, unless it is an array already."""
    if isinstance(value, np.ndarray):
        return value
    return np.array(value, dtype=np.float64)


def no_draw() -> np.random.Generator:
    """Return a generator for cases that draw nothing: all visible ones."""
    return np.random.default_rng(0)


class Rehearsal:
    """Calls the part of an answer that this question does not ask about.

    A backward question needs no working forward: the probe calls forward, ignores
    its result and its exceptions, and then sets the documented state itself. When
    forward hangs or kills the process, the question is asked again with the
    rehearsal switched off.
    """

    def __init__(self) -> None:
        self.on = True

    def __call__(self, owner: object, name: str, *args: object) -> None:
        """Call `owner`'s method, if it is there, on copies of the arrays."""
        if not self.on:
            return
        try:
            method = getattr(owner, name)
            method(*[a.copy() if isinstance(a, np.ndarray) else a for a in args])
        except (Exception, SystemExit):
            return


quietly = Rehearsal()


def find(questions: Sequence[Question], question_id: str) -> Question:
    """Return the question with that id; KeyError if there is none."""
    for question in questions:
        if question.id == question_id:
            return question
    raise KeyError(question_id)
