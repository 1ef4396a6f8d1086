"""Embeddings: how do signs and their places become numbers?

N is the batch size, T the number of places, E the number of features of a place.
Other axes may stand in front: (.., E).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Embedding:
    """A table `weight` (num_embeddings, E): a row of features for each index."""

    input: Array

    def __init__(self, num_embeddings: int, embedding_dim: int) -> None:
        self.weight: Array = np.random.randn(num_embeddings, embedding_dim)
        self.grad_weight: Array = np.zeros_like(self.weight)

    def forward(self, input: Array) -> Array:
        """Return the row of each index, (.., E) for whole numbers `input` (..).

        `input` is stored in `self.input`, where `backward` finds it.
        """
        self.input = input
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Embedding.forward is not yet written")

    def backward(self, grad: Array) -> None:
        """Store the gradient w.r.t. `weight` in `grad_weight`, for `grad` (.., E).

        An index that occurs several times gets the sum. Replaces what was stored.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Embedding.backward is not yet written")


class PositionalEncoding:
    """Adds to each place a pattern of waves, so that the network knows where it is.

    `pe` (max_len, E), for an even E = d_model, holds in row t the sine and the cosine
    of t / 10000^(2 i / E) in columns 2 i and 2 i + 1, by Vaswani and others (2017).
    """

    def __init__(self, d_model: int, max_len: int = 512) -> None:
        self.pe: Array = np.zeros((max_len, d_model))
        # Your code goes here, in place of the next line.
        raise NotImplementedError("PositionalEncoding.__init__ is not yet written")

    def forward(self, x: Array) -> Array:
        """Return `x` (N, T, E) plus the first T rows of `pe`."""
        return np.asarray(x + self.pe[: x.shape[1]])

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input: `grad`, as it is."""
        return grad
