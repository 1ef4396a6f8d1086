"""How are the inputs of hidden cases drawn from the secret seed of the course?"""

from __future__ import annotations

import hashlib
import json

import numpy as np

from autograder.student.questions import Array, Case, Draw, Value


def normal(*shape: int, scale: float = 1.0, shift: float | Array = 0.0) -> Draw:
    """Draw numbers around `shift`, one or an array, spread by `scale`."""
    return lambda rng: rng.normal(shift, scale, shape)


def uniform(*shape: int, low: float, high: float) -> Draw:
    """Draw numbers between `low` and `high`."""
    return lambda rng: rng.uniform(low, high, shape)


def labels(n: int, classes: int) -> Draw:
    """Draw `n` labels; the first ones are 0, 1, ... so that most classes occur."""

    def draw(rng: np.random.Generator) -> Array:
        drawn = np.concatenate(
            [np.arange(min(n, classes)), rng.integers(classes, size=n)]
        )
        return rng.permutation(drawn[:n])

    return draw


def with_zeros(*shape: int) -> Draw:
    """Draw numbers of both signs of which some are 0.0 and some -0.0."""

    def draw(rng: np.random.Generator) -> Array:
        size = int(np.prod(shape))
        array = rng.uniform(0.4, 0.95, size) * np.where(np.arange(size) % 2, 1.0, -1.0)
        array[: size // 4] = 0.0
        array[size // 4 : size // 2] = -0.0
        return rng.permutation(array).reshape(shape)

    return draw


def both_signs(*shape: int, low: float = 0.3, high: float = 2.5) -> Draw:
    """Draw numbers of which half are negative, none between -low and low."""

    def draw(rng: np.random.Generator) -> Array:
        size = int(np.prod(shape))
        signs = np.where(np.arange(size) % 2, 1.0, -1.0)
        array = rng.uniform(low, high, size) * rng.permutation(signs)
        return np.asarray(array.reshape(shape))

    return draw


def case_inputs(
    case: Case, assignment: str, seed: bytes, visible: bool
) -> dict[str, Value]:
    """Return the inputs of a case.

    The same seed gives the same inputs, to every student: what is drawn depends on
    the seed, the assignment, the question and what the case is about, not on others.
    """
    if visible:
        return case.values()
    key = json.dumps([assignment, case.question, case.about]).encode()
    digest = hashlib.sha256(seed + key).digest()
    return case.values(np.random.default_rng(int.from_bytes(digest, "big")))
