"""Attention: how does every place of a sequence look at the places that matter?

N is the batch size, L the number of queries (places that look), S the number of keys
and values (places that are looked at), T a number of places, E the number of features
of a place, H the number of heads, D = E / H. Other axes may stand in front: (.., L, E).

A mask is True where a place is hidden from a query, as in PyTorch's
MultiheadAttention.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]


class Layer(Protocol):
    """What a projection has: a `forward` and a `backward`, such as `nn.Linear`."""

    def forward(self, x: Array) -> Array: ...

    def backward(self, grad: Array) -> Array: ...


class Softmax:
    """Numbers along the axis `dim` as probabilities: positive, with the sum 1."""

    def __init__(self, dim: int = -1) -> None:
        self.dim = dim
        self.A: Array | None = None

    def forward(self, x: Array) -> Array:
        """Return exp(x), divided by its sum along `dim`, in the shape of `x`.

        The largest entry along `dim` is subtracted first: it cancels in the fraction
        and keeps exp from overflowing. The result is stored in `self.A`.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Softmax.forward is not yet written")

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input, in the shape of `grad`."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Softmax.backward is not yet written")


def causal_mask(T: int) -> Array:
    """Return a mask (T, T) that is True where the key comes after the query.

    >>> causal_mask(2)
    array([[False,  True],
           [False, False]])
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("causal_mask is not yet written")


def pad_mask(lengths: ArrayLike, T: int) -> Array:
    """Return a mask (N, T) that is True after the end of each sequence.

    Sequence n fills its first `lengths[n]` places; the others are padding.

    >>> pad_mask([1, 2], 2)
    array([[False,  True],
           [False, False]])
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("pad_mask is not yet written")


class ScaledDotProductAttention:
    """Every query gets a mean of the values, weighted by how well the keys match it.

    `forward` stores its arguments and the weights for `backward`.
    """

    Q: Array
    K: Array
    V: Array
    A: Array
    mask: Array | None

    def __init__(self) -> None:
        self.softmax = Softmax(dim=-1)

    def forward(self, Q: Array, K: Array, V: Array, mask: Array | None = None) -> Array:
        """Return A V (.., L, Ev) for Q (.., L, E), K (.., S, E) and V (.., S, Ev).

        The weights A (.., L, S), stored in `self.A`, are `self.softmax` of the scores
        Q K^T / sqrt(E). Where `mask`, which broadcasts to (.., L, S), is True, a score
        counts as -1e9 and the weight is 0: a query that may look nowhere gets zeros.
        """
        self.Q, self.K, self.V, self.mask = Q, K, V, mask
        # Your code goes here, in place of the next line.
        raise NotImplementedError("ScaledDotProductAttention.forward is not yet written")

    def backward(self, grad: Array) -> tuple[Array, Array, Array]:
        """Return the gradients w.r.t. Q, K and V for `grad` (.., L, Ev).

        The gradient w.r.t. a score is 0 where the mask is True.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("ScaledDotProductAttention.backward is not yet written")


def split_heads(x: Array, num_heads: int) -> Array:
    """Return `x` (N, T, E) split into heads (N, H, T, D).

    Head h has the features h D to h D + D - 1 of every place.

    >>> split_heads(np.array([[[1, 2, 3, 4], [5, 6, 7, 8]]]), 2)[0, 0]
    array([[1, 2],
           [5, 6]])
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("split_heads is not yet written")


def merge_heads(x: Array) -> Array:
    """Return heads (N, H, T, D) merged into (N, T, E): undoes `split_heads`."""
    # Your code goes here, in place of the next line.
    raise NotImplementedError("merge_heads is not yet written")


class PerPlace:
    """A layer for rows (N, I), such as `nn.Linear`, used at every place: (.., I)."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer

    def forward(self, x: Array) -> Array:
        """Return the layer's answer for every place, (.., O) for `x` (.., I)."""
        rows = self.layer.forward(x.reshape(-1, x.shape[-1]))
        return rows.reshape(*x.shape[:-1], -1)

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input, (.., I) for `grad` (.., O)."""
        rows = self.layer.backward(grad.reshape(-1, grad.shape[-1]))
        return rows.reshape(*grad.shape[:-1], -1)


class MultiHeadAttention:
    """Attention in H heads, each with its own E / H features.

    `linear(E, E)` makes each of the four projections, such as `nn.Linear`.
    """

    def __init__(
        self, embed_dim: int, num_heads: int, linear: Callable[[int, int], Layer]
    ) -> None:
        if embed_dim % num_heads:
            raise ValueError(
                f"embed_dim must be a multiple of num_heads, got {embed_dim} and "
                f"{num_heads}"
            )
        self.num_heads = num_heads
        self.q_proj = PerPlace(linear(embed_dim, embed_dim))
        self.k_proj = PerPlace(linear(embed_dim, embed_dim))
        self.v_proj = PerPlace(linear(embed_dim, embed_dim))
        self.out_proj = PerPlace(linear(embed_dim, embed_dim))
        self.attention = ScaledDotProductAttention()

    def forward(
        self,
        query: Array,
        key: Array,
        value: Array,
        key_padding_mask: Array | None = None,
        attn_mask: Array | None = None,
    ) -> Array:
        """Return (N, L, E) for `query` (N, L, E), `key` and `value` (N, S, E).

        A key is hidden from all queries where `key_padding_mask` (N, S) is True, and
        from one query where `attn_mask` (L, S) is True.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("MultiHeadAttention.forward is not yet written")

    def backward(self, grad: Array) -> tuple[Array, Array, Array]:
        """Return the gradients w.r.t. query, key and value for `grad` (N, L, E)."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("MultiHeadAttention.backward is not yet written")
