"""What a probe yielded: plain arrays, or the name of what came instead."""

from __future__ import annotations

import builtins
import re
from dataclasses import dataclass

import numpy as np

from autograder.student.questions import Array, Inputs, Library, Probe
from autograder.student.reasons.exception import hint

# Types that arrive as they are. Which of them are right is the verdict's business.
PLAIN_KINDS = "biufc"
# Where an object lies differs from run to run; a reason does not.
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


@dataclass(frozen=True)
class Unusable:
    """An output that is no plain array or number: what it is, in a few words."""

    what: str


Output = Array | Unusable


def plain(value: object) -> Output:
    """Return a copy of `value` as an array, or what it is instead.

    Numbers become 0-d arrays. Lists, None, subclasses of ndarray and arrays of
    objects are not taken: their comparison could be anything.
    """
    if type(value) is np.ndarray:
        if value.dtype.kind in PLAIN_KINDS:
            return np.array(value, copy=True)
        return Unusable(f"an array of {value.dtype.name[:20]}")
    if isinstance(value, np.ndarray):
        return Unusable(f"a subclass of ndarray ({type(value).__name__[:40]})")
    if isinstance(value, np.generic) and value.dtype.kind in PLAIN_KINDS:
        return np.array(value)
    if type(value) in (float, int, bool, complex):
        try:
            array = np.array(value)
        except OverflowError:
            return Unusable("an int too large for an array")
        if array.dtype.kind in PLAIN_KINDS:
            return array
        return Unusable("an int too large for an array")
    if value is None:
        return Unusable("None")
    return Unusable(type(value).__name__[:40])


@dataclass(frozen=True)
class Raised:
    """What a student's code raised: strings, made harmless, from the untrusted side."""

    kind: str
    message: str
    where: str

    def say(self, visible: bool) -> str:
        """Return one line: with message and place if the case is visible.

        What a hidden case raised could carry its inputs, so only the names of
        Python's own exceptions are told.
        """
        if self.kind == "NotImplementedError":
            return "not yet written"
        usual = hint(self.kind, self.message)
        end = f": {usual}" if usual else ""
        if visible:
            place = f" ({self.where})" if self.where else ""
            message = ADDRESS.sub("", self.message)
            return f"raised {self.kind}: {message}{place}{end}"
        known = isinstance(getattr(builtins, self.kind, None), type)
        return f"raised {self.kind if known else 'an exception'}{end}"


@dataclass(frozen=True)
class CaseResult:
    """What a probe yielded, in order, up to what it raised, if it did."""

    outputs: tuple[tuple[str, Output], ...]
    raised: Raised | None = None


def drive(
    probe: Probe, lib: Library, inputs: Inputs
) -> tuple[list[tuple[str, Output]], Exception | None]:
    """Return the outputs of a probe, and the exception that cut it short, if any.

    Each output is copied at the moment it is yielded. Inputs are copied first.
    """
    outputs: list[tuple[str, Output]] = []
    try:
        copies = {name: array.copy() for name, array in inputs.items()}
        for name, value in probe(lib, **copies):
            outputs.append((name, plain(value)))
    except Exception as error:
        return outputs, error
    return outputs, None
