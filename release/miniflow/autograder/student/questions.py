"""What does an assignment ask, and which cases try an answer?

A *probe* drives any implementation of the library and yields named outputs one by
one, so that what came before a crash still counts. Most are declared, with
`declared.ask`. For the odd case a probe is a generator:

    @probe
    def sequential_forward(lib, layers, x):
        model = lib.nn.Sequential(*make_stand_ins(layers))
        yield "output", model.forward(x)
        yield "x", x, SAME

The same probe drives the reference, a student's code and PyTorch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.student.typed import expect_fields

# An array of a plain dtype (bool and infinity included), an int, float, bool or str,
# None, or a list or tuple of these.
Value = Any
Array = NDArray[Any]

Inputs = Mapping[str, Value]
Outputs = Iterator[tuple[str, object]]
Library = SimpleNamespace | ModuleType
Draw = Callable[[np.random.Generator], Value]
Judge = Callable[[Inputs, Mapping[str, Value]], str | None]


@dataclass(frozen=True)
class Question:
    """One thing to fill in: a method or function, judged by itself.

    `target` says where: "nn.Linear.forward" is the method `forward` of the class
    `Linear` in `mytorch/nn.py`. `read` is the heading in the notebook that explains
    it. `after` names the questions that should be done first. `seconds` is the
    computing time that its cases may take together, None for that of the assignment.
    One that is `withdrawn` is full marks for all.
    """

    id: str
    target: str
    read: str
    after: tuple[str, ...] = ()
    seconds: float | None = None
    withdrawn: bool = False

    def __post_init__(self) -> None:
        expect_fields(self)

    @property
    def module(self) -> str:
        """The module of `mytorch` that holds the target, such as "nn"."""
        return self.target.split(".")[0]

    @property
    def method(self) -> str:
        """The name to look for in that module, such as "Linear.forward"."""
        return self.target.split(".", 1)[1]


@dataclass(frozen=True)
class Rule:
    """What holds for one output, beyond being equal to what is expected.

    `same`: it must come back as it went in. `flat`: places where an axis of length 1
    may be there or not: 0 takes (n,) for (1, n), 1 takes it for (n, 1). `zero`: a
    bare 0 is as good as zeros. `call`: 2 if it comes from a second call.
    """

    same: bool = False
    flat: tuple[int, ...] = ()
    zero: bool = False
    call: int = 1

    def of_call(self, call: int) -> Rule:
        """Return the same rule for an output of that call."""
        return replace(self, call=call)


PLAIN = Rule()
ENTRIES = "the number of entries"
SAME = Rule(same=True)


@dataclass(frozen=True, eq=False)
class Probe:
    """Drives a library; called with it and the inputs, it yields named outputs.

    `run` yields (name, value) or (name, value, Rule). `axes` names the axes of inputs
    and outputs, such as {"x": "N I"}: reasons speak of "the factor N".
    """

    run: Callable[..., Iterable[tuple[Any, ...]]]
    axes: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, lib: Library, **inputs: Value) -> Outputs:
        for name, value, _ in self.outputs(lib, inputs):
            yield name, value

    def outputs(
        self, lib: Library, inputs: Inputs
    ) -> Iterator[tuple[str, object, Rule]]:
        """Yield each output with what holds for it."""
        for name, value, *rule in self.run(lib, **inputs):
            yield name, value, rule[0] if rule else PLAIN

    def axes_of(self, output: str) -> tuple[str, ...]:
        """Return the names of an output's axes, none if they have none."""
        return tuple(self.axes.get(output.partition(" (")[0], "").split())

    def sizes(self, inputs: Inputs) -> dict[str, int]:
        """Return the length of each axis that is named, as in {"N": 5, "I": 3}.

        With them comes the number of entries of the first array of several axes.
        """
        found: dict[str, int] = {}
        for name, axes in self.axes.items():
            shape = np.shape(inputs[name]) if name in inputs else ()
            if len(shape) == len(axes.split()):
                found |= dict(zip(axes.split(), shape, strict=True))
                if len(shape) > 1:
                    found.setdefault(ENTRIES, int(np.prod(shape)))
        return found


def probe(
    run: Callable[..., Iterable[tuple[Any, ...]]] | None = None,
    *,
    axes: Mapping[str, str] | None = None,
) -> Any:
    """Make a probe of a generator function; a decorator, with or without `axes`."""
    return Probe(run, axes or {}) if run else partial(Probe, axes=axes or {})


@dataclass(frozen=True)
class Case:
    """One row of data: a question, what is special here, and the inputs.

    Inputs are given as numbers (lists of them become float64 arrays, an array keeps
    its type), as text, None or True, or drawn from the secret seed of the course by
    a function (hidden cases only). A list that holds arrays is spread: `value=[a, b]`
    arrives as "value 0" and "value 1". `probe` is the probe's name, by default that
    of the question. `judge` decides over raw outputs in place of expected values, for
    what has more than one right answer: it returns None, or what is wrong in one
    sentence that names no number. `infinite` says that the right answer holds
    infinity.
    """

    question: str
    about: str
    inputs: Mapping[str, Value] = field(default_factory=dict)
    probe: str = ""
    judge: Judge | None = None
    rtol: float = 1e-9
    infinite: bool = False

    @property
    def probe_name(self) -> str:
        return self.probe or self.question

    def values(self, rng: np.random.Generator | None = None) -> dict[str, Value]:
        """Return the named inputs, drawn from `rng` where they are drawn."""
        found: dict[str, Value] = {}
        for name, value in self.inputs.items():
            items = value if isinstance(value, list) else []
            if any(callable(v) or isinstance(v, np.ndarray) for v in items):
                for i, item in enumerate(value):
                    found[f"{name} {i}"] = as_input(item, rng)
            else:
                found[name] = as_input(value, rng)
        return found


def as_input(value: Value, rng: np.random.Generator | None = None) -> Value:
    """Return `value` as a probe gets it: lists of numbers or bool as arrays."""
    if callable(value):
        if rng is None:
            raise TypeError("a visible case gives its inputs, it draws none")
        return value(rng)
    if isinstance(value, list):
        try:
            array = np.array(value)
        except ValueError:  # rows of different lengths
            return value
        if array.dtype.kind in "biuf":
            return array if array.dtype.kind == "b" else array.astype(np.float64)
    return value


def copied(inputs: Inputs) -> dict[str, Value]:
    """Return the inputs with a copy of each array."""
    return {k: v.copy() if isinstance(v, np.ndarray) else v for k, v in inputs.items()}


class Rehearsal:
    """Calls a method that this question does not ask about.

    A backward question needs no working forward: the probe calls forward, ignores
    its result and its exceptions, and then sets the documented state itself. When
    forward hangs or kills the process, the question is asked again with the
    rehearsal switched off.
    """

    def __init__(self) -> None:
        self.on = True
        self.error: BaseException | None = None  # what the last one raised

    def __call__(self, owner: object, name: str, *args: object) -> None:
        """Call `owner`'s method, if it is there, on copies of the arrays."""
        if not self.on:
            return
        self.error = None
        try:
            method = getattr(owner, name)
            method(*[a.copy() if isinstance(a, np.ndarray) else a for a in args])
        except (Exception, SystemExit) as error:
            self.error = error


quietly = Rehearsal()
