"""How the arrays of hidden cases are drawn from the secret seed of the course."""

from __future__ import annotations

import zlib

import numpy as np

from autograder.student.questions import Array, Case, Draw


def normal(*shape: int, scale: float = 1.0, shift: float = 0.0) -> Draw:
    """Draw numbers around `shift`, spread by `scale`."""
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
        array = rng.uniform(0.5, 2.0, size) * np.where(np.arange(size) % 2, 1.0, -1.0)
        array[: size // 4] = 0.0
        array[size // 4 : size // 2] = -0.0
        return rng.permutation(array).reshape(shape)

    return draw


def case_inputs(case: Case, index: int, seed: bytes) -> dict[str, Array]:
    """Return the inputs of the question's case number `index`.

    The same seed gives the same inputs, to every student: what is drawn depends on
    the seed, the question and the number of the case, not on other cases.
    """
    key = zlib.crc32(f"{case.question} {index}".encode())
    rng = np.random.default_rng([int.from_bytes(seed, "big"), key])
    return case.inputs(rng)
