"""What did a probe yield: plain values, or something else, by its name?"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np

from autograder.student.kinds import Kind
from autograder.student.questions import Inputs, Library, Probe, Rule, Value, copied
from autograder.student.reasons.exception import hint

# Types of arrays that are sent as they are; the verdict decides which are right.
PLAIN_KINDS = "biufc"
# An address differs from run to run; a reason must not.
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


@dataclass(frozen=True)
class Unusable:
    """An output that is not a plain value: what it is, in a few words."""

    what: str


Output = Value | Unusable


def plain(value: object) -> Output:
    """Return a copy of `value` as an array, or what it is instead.

    Numbers become 0-d arrays. Lists, None, subclasses of ndarray and arrays of
    objects are not taken: their comparison could be anything.
    """
    number = type(value) in (float, int, bool, complex)
    if number or type(value) is np.ndarray or isinstance(value, np.generic):
        array = np.array(value)
        if array.dtype.kind in PLAIN_KINDS:
            return array
    if type(value) is np.ndarray:
        return Unusable(f"an array of {value.dtype.name[:20]}")
    if isinstance(value, np.ndarray):
        return Unusable(f"a subclass of ndarray ({type(value).__name__[:40]})")
    if number:
        return Unusable("an int too large for an array")
    return Unusable(type(value).__name__[:40])


def kept(value: object) -> Output:
    """Return a copy of `value` as it travels: `plain`, or text, None, lists of these.

    A list that holds anything else is not a plain value.
    """
    if value is None or type(value) is str:
        return value
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        items = [kept(item) for item in value]
        if any(isinstance(item, Unusable) for item in items):
            return Unusable(type(value).__name__)
        return type(value)(items)
    return plain(value)


@dataclass(frozen=True)
class Raised:
    """What a student's code raised: strings, made harmless, from the untrusted side."""

    kind: str
    message: str
    where: str

    @property
    def verdict(self) -> Kind:
        """What became of the case."""
        unwritten = self.kind == "NotImplementedError" or NOT_WRITTEN.search(
            f"{self.kind}: {self.message}"
        )
        return Kind.UNWRITTEN if unwritten else Kind.RAISED

    def say(self, visible: bool) -> str:
        """Return one line: with kind, message and place if the case is visible.

        What a hidden case raised could carry its inputs, the choice of a kind too: of
        it only what it usually comes from is told, one of a short list.
        """
        if self.verdict is Kind.UNWRITTEN:
            return UNWRITTEN
        usual = hint(self.kind, self.message)
        end = f": {usual}" if usual else ""
        if visible:
            place = f" ({self.where})" if self.where else ""
            message = ADDRESS.sub("", self.message)
            return f"raised {self.kind}: {message}{place}{end}"
        return f"raised an exception{end}"


UNWRITTEN = "not yet written"
# `raise NotImplemented` is what many write for NotImplementedError.
NOT_WRITTEN = re.compile(r"^TypeError: exceptions must derive from BaseException")


@dataclass(frozen=True)
class CaseResult:
    """What a probe yielded, in order, up to what it raised, if it did.

    `unexpected` says that more came than was asked for, and was dropped on the way.
    """

    outputs: tuple[tuple[str, Output], ...]
    raised: Raised | None = None
    unexpected: bool = False


@dataclass(frozen=True)
class Driven:
    """The outputs of a probe that ran in this process, with the rule for each."""

    outputs: dict[str, Output]
    rules: dict[str, Rule]
    error: BaseException | None = None


def drive(probe: Probe, lib: Library, inputs: Inputs) -> Driven:
    """Return the outputs of a probe, and the exception that cut it short, if any.

    Each output is copied at the moment it is yielded. Inputs are copied first. The
    random numbers of random and numpy.random are those of every run.
    """
    driven = Driven({}, {})
    try:
        with _same_randomness():
            for name, value, rule in probe.outputs(lib, copied(inputs)):
                driven.outputs[name], driven.rules[name] = kept(value), rule
    except Exception as error:
        return replace(driven, error=error)
    return driven


@contextmanager
def _same_randomness() -> Iterator[None]:
    """Seed both generators as a worker does, and leave them as they were."""
    before, numpy_before = random.getstate(), np.random.get_state()
    random.seed(0)
    np.random.seed(0)
    try:
        yield
    finally:
        random.setstate(before)
        np.random.set_state(numpy_before)
