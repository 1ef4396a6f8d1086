"""Attention: how does every place of a sequence look at the places that matter?

N is the batch size, L the number of queries (who looks), S the number of keys and
values (what is looked at), T a number of places, E the number of features of a place,
H the number of heads, D = E / H. Other axes may stand in front: (.., L, E).

A mask is True where nobody may look, as in PyTorch's MultiheadAttention.
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
    """Return a mask (N, T) that is True behind the end of each sequence.

    Sequence n fills its first `lengths[n]` places; the others are padding.

    >>> pad_mask([1, 2], 2)
    array([[False,  True],
           [False, False]])
    """
    ### BEGIN SOLUTION
    return np.asarray(np.arange(T) >= np.asarray(lengths)[:, np.newaxis])
    ### END SOLUTION


class ScaledDotProductAttention:
    """Every query gets a mean of the values, weighted by how well its keys match."""

    def __init__(self) -> None:
        self.softmax = Softmax(dim=-1)
        self.Q: Array | None = None
        self.K: Array | None = None
        self.V: Array | None = None
        self.mask: Array | None = None
        self.A: Array | None = None

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
        assert self.Q is not None and self.K is not None, "call forward first"
        assert self.V is not None and self.A is not None, "call forward first"
        grad_V = self.A.swapaxes(-1, -2) @ grad
        grad_scores = self.softmax.backward(grad @ self.V.swapaxes(-1, -2))
        if self.mask is not None:
            grad_scores = np.where(self.mask, 0.0, grad_scores)
        grad_scores = grad_scores / np.sqrt(self.Q.shape[-1])
        return grad_scores @ self.K, grad_scores.swapaxes(-1, -2) @ self.Q, grad_V
        ### END SOLUTION


def split_heads(x: Array, num_heads: int) -> Array:
    """Return `x` (N, T, E) cut into heads, (N, H, T, D): head h has features h D on.

    >>> split_heads(np.array([[[1, 2, 3, 4], [5, 6, 7, 8]]]), 2)[0, 0]
    array([[1, 2],
           [5, 6]])
    """
    ### BEGIN SOLUTION
    N, T, E = x.shape
    return x.reshape(N, T, num_heads, E // num_heads).transpose(0, 2, 1, 3)
    ### END SOLUTION


def merge_heads(x: Array) -> Array:
    """Return heads (N, H, T, D) put together again, (N, T, E): undoes `split_heads`."""
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
    """Attention in H heads: each looks with E / H features of its own.

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

        Nobody looks at a key where `key_padding_mask` (N, S) is True, and no query
        looks where `attn_mask` (L, S) is True.
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


class Embedding:
    """A table `weight` (num_embeddings, E): a row of features for each index."""

    def __init__(self, num_embeddings: int, embedding_dim: int) -> None:
        self.weight: Array = np.random.randn(num_embeddings, embedding_dim)
        self.grad_weight: Array = np.zeros_like(self.weight)
        self.input: Array | None = None

    def forward(self, input: Array) -> Array:
        """Return the row of each index, (.., E) for whole numbers `input` (..).

        `input` is stored in `self.input`, where `backward` finds it.
        """
        self.input = input
        ### BEGIN SOLUTION
        return self.weight[input]
        ### END SOLUTION

    def backward(self, grad: Array) -> None:
        """Store the gradient w.r.t. `weight` in `grad_weight`, for `grad` (.., E).

        An index that occurs several times gets the sum. What was stored is replaced.
        """
        ### BEGIN SOLUTION
        self.grad_weight = np.zeros_like(self.weight)
        np.add.at(self.grad_weight, self.input, grad)
        ### END SOLUTION


class PositionalEncoding:
    """Adds to each place a pattern of waves that tells where it is.

    `pe` (max_len, E), for an even E = d_model, holds in row t and columns 2 i and
    2 i + 1 the sine and the cosine of t / 10000^(2 i / E), by Vaswani and others (2017).
    """

    def __init__(self, d_model: int, max_len: int = 512) -> None:
        self.pe: Array = np.zeros((max_len, d_model))
        ### BEGIN SOLUTION
        angles = np.arange(max_len)[:, np.newaxis] / 10000 ** (
            np.arange(0, d_model, 2) / d_model
        )
        self.pe[:, 0::2] = np.sin(angles)
        self.pe[:, 1::2] = np.cos(angles)
        ### END SOLUTION

    def forward(self, x: Array) -> Array:
        """Return `x` (N, T, E) plus the first T rows of `pe`."""
        return np.asarray(x + self.pe[: x.shape[1]])

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input: `grad`, as it is."""
        return grad
