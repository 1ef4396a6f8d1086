"""The library of attention on top of torch, with every gradient from autograd.

No formula of a backward stands here. What a question builds on is a stand-in that
torch cannot lead, for `MultiHeadAttention` as a whole: `proofs` compares it, and the
attention under its heads, with torch's own.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import torch
from torch.nn import functional

from mytorch.nn import Linear
from tests.support.torch_arrays import leaf, numpy_of

NOT_IN_TORCH = {"multihead_forward", "multihead_backward", "positional_encoding"}


class Softmax:
    def __init__(self, dim=-1):
        self.dim = dim

    def forward(self, x):
        self.x = x
        self.A = numpy_of(torch.softmax(leaf(x), self.dim))
        return self.A.copy()

    def backward(self, grad):
        x = leaf(self.x)
        torch.softmax(x, self.dim).backward(torch.tensor(grad))
        return numpy_of(x.grad)


def attend(Q, K, V, mask):
    """Return torch's attention; its masks are True where one may look."""
    seen = None if mask is None else ~torch.tensor(mask)
    return functional.scaled_dot_product_attention(Q, K, V, attn_mask=seen)


class ScaledDotProductAttention:
    def forward(self, Q, K, V, mask=None):
        hidden = np.zeros(1, dtype=bool) if mask is None else mask
        scores = torch.einsum("...le,...se->...ls", leaf(Q), leaf(K))
        scores = numpy_of(scores / Q.shape[-1] ** 0.5)
        self.softmax.forward(np.where(hidden, -np.inf, scores))
        # The weights, seen one by one through values of one feature each.
        ones = torch.eye(K.shape[-2], dtype=torch.float64).expand(*K.shape[:-1], -1)
        self.A = numpy_of(attend(leaf(Q), leaf(K), ones, mask))
        return numpy_of(attend(leaf(Q), leaf(K), leaf(V), mask))

    def backward(self, grad):
        leaves = [leaf(value) for value in (self.Q, self.K, self.V)]
        attend(*leaves, self.mask).backward(torch.tensor(grad))
        weights = leaf(self.A)
        (weights @ leaf(self.V).detach()).backward(torch.tensor(grad))
        self.softmax.backward(numpy_of(weights.grad))
        return tuple(numpy_of(each.grad) for each in leaves)


def causal_mask(T):
    square = torch.nn.Transformer.generate_square_subsequent_mask(T)
    return torch.isinf(square).numpy()


def pad_mask(lengths, T):
    rows = [torch.zeros(int(n), dtype=torch.bool) for n in lengths]
    whole = torch.zeros(T, dtype=torch.bool)
    padded = torch.nn.utils.rnn.pad_sequence([whole, *rows], True, True)
    return padded[1:].numpy()


def split_heads(x, num_heads):
    heads = torch.tensor(x).unflatten(-1, (num_heads, x.shape[-1] // num_heads))
    return heads.movedim(2, 1).numpy()


def merge_heads(x):
    return torch.tensor(x).movedim(1, 2).flatten(2).numpy()


class Embedding:
    def __init__(self, num_embeddings, embedding_dim):
        self.sizes = num_embeddings, embedding_dim

    def forward(self, input):
        self.input = input
        return functional.embedding(
            torch.tensor(input), torch.tensor(self.weight)
        ).numpy()

    def backward(self, grad):
        weight = leaf(self.weight)
        found = functional.embedding(torch.tensor(self.input), weight)
        found.backward(torch.tensor(grad))
        self.grad_weight = numpy_of(weight.grad)


def twins(library, rng, e, h):
    """Return a `MultiHeadAttention`, its layers, and torch's with the same weights."""
    ours = library.attention.MultiHeadAttention(e, h, Linear)
    twin = torch.nn.MultiheadAttention(e, h, batch_first=True, dtype=torch.float64)
    layers = [getattr(ours, f"{name}_proj").layer for name in ("q", "k", "v", "out")]
    for layer in layers:
        layer.bias = rng.normal(size=layer.bias.shape)
    weights = [torch.tensor(layer.weight.T) for layer in layers]
    biases = [torch.tensor(layer.bias.ravel()) for layer in layers]
    twin.in_proj_weight.data = torch.cat(weights[:3])
    twin.in_proj_bias.data = torch.cat(biases[:3])
    twin.out_proj.weight.data, twin.out_proj.bias.data = weights[3], biases[3]
    return ours, layers, twin


def proofs(library, rng):
    """Yield what a `MultiHeadAttention` of mytorch gives, and what torch's gives.

    Padding and a mask are drawn; every query may look at the first key, for torch's
    gives no number where one may look nowhere.
    """
    n, length, s, h, d = rng.integers(1, 5, size=5).tolist()
    e = h * d
    ours, layers, twin = twins(library, rng, e, h)
    inputs = [rng.normal(size=(n, k, e)) for k in (length, s, s)]
    pads, mask = rng.random((n, s)) < 0.3, rng.random((length, s)) < 0.3
    pads[:, 0] = mask[:, 0] = False
    grad = rng.normal(size=(n, length, e))
    leaves = [leaf(value) for value in inputs]
    output, _ = twin(
        *leaves,
        key_padding_mask=torch.tensor(pads),
        attn_mask=torch.tensor(mask),
    )
    output.backward(torch.tensor(grad))
    yield ours.forward(*inputs, key_padding_mask=pads, attn_mask=mask), output
    yield from zip(ours.backward(grad), (x.grad for x in leaves), strict=True)
    grads = [*twin.in_proj_weight.grad.chunk(3), twin.out_proj.weight.grad]
    for layer, wanted in zip(layers, grads, strict=True):
        yield layer.grad_weight, wanted.T


LIBRARY = SimpleNamespace(
    attention=SimpleNamespace(
        Softmax=Softmax,
        ScaledDotProductAttention=ScaledDotProductAttention,
        causal_mask=causal_mask,
        pad_mask=pad_mask,
        split_heads=split_heads,
        merge_heads=merge_heads,
    ),
    embedding=SimpleNamespace(Embedding=Embedding),
)
