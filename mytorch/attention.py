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
        ### BEGIN SOLUTION
        e = np.exp(x - np.max(x, axis=self.dim, keepdims=True))
        self.A = np.asarray(e / np.sum(e, axis=self.dim, keepdims=True))
        return self.A
        ### END SOLUTION

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input, in the shape of `grad`."""
        ### BEGIN SOLUTION
        assert self.A is not None, "call forward first: backward needs self.A"
        total = np.sum(grad * self.A, axis=self.dim, keepdims=True)
        return np.asarray(self.A * (grad - total))
        ### END SOLUTION


def causal_mask(T: int) -> Array:
    """Return a mask (T, T) that is True where the key comes after the query.

    >>> causal_mask(2)
    array([[False,  True],
           [False, False]])
    """
    ### BEGIN SOLUTION
    return np.arange(T) > np.arange(T)[:, np.newaxis]
    ### END SOLUTION


def pad_mask(lengths: ArrayLike, T: int) -> Array:
    """Return a mask (N, T) that is True after the end of each sequence.

    Sequence n fills its first `lengths[n]` places; the others are padding.

    >>> pad_mask([1, 2], 2)
    array([[False,  True],
           [False, False]])
    """
    ### BEGIN SOLUTION
    return np.asarray(np.arange(T) >= np.asarray(lengths)[:, np.newaxis])
    ### END SOLUTION


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
        ### BEGIN SOLUTION
        scores = Q @ K.swapaxes(-1, -2) / np.sqrt(Q.shape[-1])
        if mask is not None:
            scores = np.where(mask, -1e9, scores)
        A = self.softmax.forward(scores)
        if mask is not None:
            A = np.where(mask, 0.0, A)
        self.A = A
        return np.asarray(A @ V)
        ### END SOLUTION

    def backward(self, grad: Array) -> tuple[Array, Array, Array]:
        """Return the gradients w.r.t. Q, K and V for `grad` (.., L, Ev).

        The gradient w.r.t. a score is 0 where the mask is True.
        """
        ### BEGIN SOLUTION
        grad_V = self.A.swapaxes(-1, -2) @ grad
        grad_scores = self.softmax.backward(grad @ self.V.swapaxes(-1, -2))
        if self.mask is not None:
            grad_scores = np.where(self.mask, 0.0, grad_scores)
        grad_scores = grad_scores / np.sqrt(self.Q.shape[-1])
        return grad_scores @ self.K, grad_scores.swapaxes(-1, -2) @ self.Q, grad_V
        ### END SOLUTION


def split_heads(x: Array, num_heads: int) -> Array:
    """Return `x` (N, T, E) split into heads (N, H, T, D).

    Head h has the features h D to h D + D - 1 of every place.

    >>> split_heads(np.array([[[1, 2, 3, 4], [5, 6, 7, 8]]]), 2)[0, 0]
    array([[1, 2],
           [5, 6]])
    """
    ### BEGIN SOLUTION
    N, T, E = x.shape
    return x.reshape(N, T, num_heads, E // num_heads).transpose(0, 2, 1, 3)
    ### END SOLUTION


def merge_heads(x: Array) -> Array:
    """Return heads (N, H, T, D) merged into (N, T, E): undoes `split_heads`."""
    ### BEGIN SOLUTION
    N, H, T, D = x.shape
    return x.transpose(0, 2, 1, 3).reshape(N, T, H * D)
    ### END SOLUTION


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
        ### BEGIN SOLUTION
        Q = split_heads(self.q_proj.forward(query), self.num_heads)
        K = split_heads(self.k_proj.forward(key), self.num_heads)
        V = split_heads(self.v_proj.forward(value), self.num_heads)
        mask = attn_mask
        if key_padding_mask is not None:
            pads = key_padding_mask[:, np.newaxis, np.newaxis, :]
            mask = pads if mask is None else mask | pads
        heads = self.attention.forward(Q, K, V, mask)
        return self.out_proj.forward(merge_heads(heads))
        ### END SOLUTION

    def backward(self, grad: Array) -> tuple[Array, Array, Array]:
        """Return the gradients w.r.t. query, key and value for `grad` (N, L, E)."""
        ### BEGIN SOLUTION
        heads = split_heads(self.out_proj.backward(grad), self.num_heads)
        grad_Q, grad_K, grad_V = self.attention.backward(heads)
        grad_query = self.q_proj.backward(merge_heads(grad_Q))
        grad_key = self.k_proj.backward(merge_heads(grad_K))
        grad_value = self.v_proj.backward(merge_heads(grad_V))
        return grad_query, grad_key, grad_value
        ### END SOLUTION
