"""How is each question of attention asked of any implementation?

What a question builds on answers with given arrays and keeps what it was given: a
softmax, projections, heads that are cut and put together. No formula stands here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.student.declared import ask
from autograder.student.questions import SAME, Array, Library, Value, probe, quietly

# Below this a score is as good as minus infinity: exp of it is 0.
LOWEST = -1e3

softmax_forward = ask("attention.Softmax.forward", args="x", make="dim", see="self.A", same="x")

softmax_backward = ask("attention.Softmax.backward", args="grad", make="dim", state="A", rehearse=("forward", "x"), output="grad_x", same=("grad", "self.A"))

causal_mask = ask("attention.causal_mask", args="T", output="mask")

pad_mask = ask("attention.pad_mask", args=("lengths", "T"), output="mask", same="lengths", axes={"lengths": "N"})

split_heads = ask("attention.split_heads", args=("x", "num_heads"), output="heads", same="x", axes={"x": "N T E"})

merge_heads = ask("attention.merge_heads", args="x", same="x", axes={"x": "N H T D"})

embedding_forward = ask("embedding.Embedding.forward", args="input", make=("V", "E"), state="weight", see="self.input", same=("self.weight", "input"), axes={"weight": "V E"})

embedding_backward = ask(
    "embedding.Embedding.backward", args="grad", make=("V", "E"), state=("weight", "input", "grad_weight"),
    rehearse=("forward", "input"), output="", see="self.grad_weight",
    same=("self.weight", "grad", "input"), axes={"weight": "V E"},
)

positional_encoding = ask("embedding.PositionalEncoding.__init__", make=("d_model", "max_len"), see="self.pe")


class GivenSoftmax:
    """Answers with given arrays, and keeps what came.

    As with every softmax, -inf along a whole row makes nan, and on the way back a
    row of zeros stays zeros.
    """

    dim = -1

    def __init__(self, A: Array, back: Array | None = None) -> None:
        self.A = A.copy()
        self.answer, self.back = A, back
        self.came: list[Any] = []

    def forward(self, x: Array) -> Array:
        self.came.append(copied(x))
        weights = self.answer.copy()
        if np.shape(x) == weights.shape:
            weights[np.all(np.isneginf(x), axis=-1)] = np.nan
        self.A = weights.copy()
        return weights

    def backward(self, grad: Array) -> Array:
        self.came.append(copied(grad))
        assert self.back is not None
        found = self.back.copy()
        if np.shape(grad) == found.shape:
            found[~np.any(grad, axis=-1)] = 0.0
        return found


@probe
def attention_forward(lib: Library, A: Array, **given: Value) -> Iterator[Any]:
    attention = lib.attention.ScaledDotProductAttention()
    attention.softmax = GivenSoftmax(A)
    args = [copied(given[name]) for name in ("Q", "K", "V", "mask") if name in given]
    output = attention.forward(*args)
    for scores in attention.softmax.came[:1]:
        yield "scores given to self.softmax", np.maximum(scores, LOWEST)
    yield "self.A", attention.A
    yield "output", output
    for name, arg in zip(("Q", "K", "V", "mask"), args, strict=False):
        yield name, arg, SAME


@probe
def attention_backward(lib: Library, A: Array, back: Array, grad: Array, **given: Value) -> Iterator[Any]:
    """`back` is what the softmax returns; in rows where all is hidden it is not 0."""
    attention = lib.attention.ScaledDotProductAttention()
    attention.softmax = GivenSoftmax(A, back)
    names = [name for name in ("Q", "K", "V", "mask") if name in given]
    quietly(attention, "forward", *[copied(given[name]) for name in names])
    mask = given.get("mask")
    attention.softmax = GivenSoftmax(A, back)
    attention.Q, attention.K, attention.V = (copied(given[name]) for name in "QKV")
    attention.mask = copied(mask)
    attention.A = seen_of(A, mask, A.shape)
    found = attention.backward(grad)
    for came in attention.softmax.came[:1]:
        # What came for hidden places makes no difference.
        yield "gradient given to self.softmax", seen_of(came, mask, A.shape)
    for place, name in enumerate("QKV"):
        yield f"gradient of {name}", item(found, place)
    for name in "QKV":
        yield f"self.{name}", getattr(attention, name), SAME
    yield "grad", grad, SAME


def seen_of(value: Any, mask: Any, shape: tuple[int, ...]) -> Any:
    """Return a copy of what stands at each score, emptied where nobody may look."""
    found = copied(value)
    if mask is not None and np.shape(found) == shape:
        found[np.broadcast_to(mask, shape)] = 0.0
    return found


class GivenLayer:
    """A layer that answers with given arrays, and keeps what came."""

    def __init__(self, answer: Array) -> None:
        self.answer = answer
        self.came: list[Any] = []

    def forward(self, x: Array) -> Array:
        self.came.append(copied(x))
        return self.answer.copy()

    def backward(self, grad: Array) -> Array:
        self.came.append(copied(grad))
        return self.answer.copy()


class GivenAttention:
    """An attention that answers with given arrays, and keeps what came."""

    A = None

    def __init__(self, *answers: Array) -> None:
        self.answers = answers
        self.came: list[Any] = []

    def forward(self, Q: Array, K: Array, V: Array, mask: Array | None = None) -> Array:
        self.came = [copied(arg) for arg in (Q, K, V, mask)]
        return self.answers[0].copy()

    def backward(self, grad: Array) -> tuple[Array, ...]:
        self.came = [copied(grad)]
        return tuple(answer.copy() for answer in self.answers)


@contextmanager
def given_heads(lib: Library, pairs: Sequence[tuple[Array, Array]]) -> Iterator[None]:
    """Let `split_heads` and `merge_heads` replay pairs of a whole and its heads."""
    module = lib.attention
    originals = module.split_heads, module.merge_heads
    heads_shape, whole_shape = pairs[0][1].shape, pairs[0][0].shape

    def split_heads(x: Array, num_heads: int) -> Array:
        found = [heads for whole, heads in pairs if np.array_equal(whole, x) and heads.shape[1] == num_heads]
        return found[0].copy() if found else np.zeros(heads_shape)

    def merge_heads(x: Array) -> Array:
        found = [whole for whole, heads in pairs if np.array_equal(heads, x)]
        return found[0].copy() if found else np.zeros(whole_shape)

    module.split_heads, module.merge_heads = split_heads, merge_heads
    try:
        yield
    finally:
        module.split_heads, module.merge_heads = originals


PROJECTIONS = ("q_proj", "k_proj", "v_proj", "out_proj")


def make_multihead(lib: Library, E: int, num_heads: int, answers: Sequence[Array]) -> Any:
    model = lib.attention.MultiHeadAttention(E, num_heads, lambda *sizes: None)
    for name, answer in zip(PROJECTIONS, answers, strict=True):
        setattr(model, name, GivenLayer(answer))
    return model


@probe(axes={"query": "N L E", "key": "N S E"})
def multihead_forward(lib: Library, query: Array, key: Array, value: Array, output: Array, **given: Value) -> Iterator[Any]:
    """`Q`, `K`, `V` and `merged` are wholes; their heads stand under "Q heads" ..."""
    pairs = [(given[name], given[f"{name} heads"]) for name in ("Q", "K", "V", "merged")]
    heads = given["Q heads"].shape[1]
    model = make_multihead(lib, query.shape[2], heads, [given["Q"], given["K"], given["V"], output])
    model.attention = GivenAttention(given["merged heads"])
    args = [query.copy(), key.copy(), value.copy()]
    masks = {name: given[name].copy() for name in ("key_padding_mask", "attn_mask") if name in given}
    with given_heads(lib, pairs):
        found = model.forward(*args, **masks)
    for name in PROJECTIONS[:3]:
        yield f"input of {name}", first(getattr(model, name).came)
    for name, came in zip("QKV", model.attention.came, strict=False):
        yield f"{name} given to self.attention", came
    yield "mask given to self.attention", mask_of(model.attention.came, (*given["Q heads"].shape[:3], key.shape[1]))
    yield "input of out_proj", first(model.out_proj.came)
    yield "output", found
    for name, arg in (*zip(("query", "key", "value"), args, strict=True), *masks.items()):
        yield name, arg, SAME


@probe(axes={"query": "N L E", "key": "N S E"})
def multihead_backward(lib: Library, query: Array, key: Array, value: Array, grad: Array, **given: Value) -> Iterator[Any]:
    """`out`, `Q`, `K` and `V` are wholes of gradients; `grad_query` ... are what is returned."""
    pairs = [(given[name], given[f"{name} heads"]) for name in ("out", "Q", "K", "V")]
    num_heads = given["Q heads"].shape[1]
    backs = [given[f"grad_{name}"] for name in ("query", "key", "value")]
    model = make_multihead(lib, query.shape[2], num_heads, [*backs, given["out"]])
    model.attention = GivenAttention(*(given[f"{name} heads"] for name in "QKV"))
    with given_heads(lib, pairs):
        quietly(model, "forward", query.copy(), key.copy(), value.copy())
        for name in PROJECTIONS:
            getattr(model, name).came.clear()
        model.attention.came = []
        found = model.backward(grad)
    yield "gradient given to out_proj", first(model.out_proj.came)
    yield "gradient given to self.attention", first(model.attention.came)
    for name in PROJECTIONS[:3]:
        yield f"gradient given to {name}", first(getattr(model, name).came)
    for place, name in enumerate(("query", "key", "value")):
        yield f"gradient of {name}", item(found, place)
    yield "grad", grad, SAME


def mask_of(came: Sequence[Any], shape: tuple[int, ...]) -> Array:
    """Return the mask that came as attention will use it: one for each score."""
    mask = came[3] if len(came) > 3 else None
    return np.zeros(shape, dtype=bool) if mask is None else np.array(np.broadcast_to(mask, shape), dtype=bool)


def first(came: Sequence[Any]) -> Any:
    """Return what came first; what was never called got nothing."""
    return came[0] if len(came) else np.zeros(0)


def copied(value: Any) -> Any:
    return value.copy() if isinstance(value, np.ndarray) else value


def item(values: Any, place: int) -> Any:
    """Return one of several returned values, nothing if there are not so many."""
    return values[place] if isinstance(values, tuple | list) and place < len(values) else None
