"""Is it a known mistake with another number in it, or with a factor besides?

If two forms of a mistake are known, with a different number in each, it can be found
for any number: its outputs are on the line through those of the two. A mean that is
missing as well makes all outputs larger by the factor N.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.student.probing import Output
from autograder.student.questions import Array

# In which way a sentence is meant; any other way is what is said of a factor.
ALONE, LINE = "", "with another number in it"
# So many entries more than numbers that are fitted, or the line is a coincidence.
ENOUGH = 2


@dataclass(frozen=True)
class Guess:
    """A known mistake by its sentence: alone, on a line, or with a factor besides."""

    sentence: str
    way: str = ALONE

    def __str__(self) -> str:
        alone = self.way in (ALONE, LINE)
        return self.sentence if alone else f"{self.sentence}; also {self.way}"


def scaled(outputs: Mapping[str, Output], factor: float) -> dict[str, Output]:
    """Return the outputs with every array of real numbers times the factor."""
    return {
        name: out if (array := _real(out)) is None else np.asarray(array * factor)
        for name, out in outputs.items()
    }


@np.errstate(all="ignore")
def ratio_of(one: Output | None, other: Output | None) -> float:
    """Return by which factor one array becomes another, NaN if by none."""
    a, b = _real(one), _real(other)
    if a is None or b is None or a.shape != b.shape or not a.any():
        return float("nan")
    return float(np.vdot(a, b) / np.vdot(a, a))


@np.errstate(all="ignore")  # numbers of any size may come
def nearest(
    one: Mapping[str, Output],
    other: Mapping[str, Output],
    got: Mapping[str, Output],
    names: Iterable[str],
) -> dict[str, Output]:
    """Return for each name the point of the line through two forms nearest to `got`.

    Empty if a line would be no evidence: it goes through any single number.
    """
    line: dict[str, Output] = {}
    entries = -ENOUGH
    for name in names:
        a, b, c = (_real(outputs.get(name)) for outputs in (one, other, got))
        if a is None or b is None or c is None or not a.shape == b.shape == c.shape:
            return {}
        line[name], along = a, b - a
        if length := np.vdot(along, along):
            line[name] = a + np.vdot(along, c - a) / length * along
            entries += int(np.count_nonzero(along)) - 1
    return line if entries >= 0 else {}


def _real(out: Output | None) -> Array | None:
    return out if isinstance(out, np.ndarray) and out.dtype == np.float64 else None
