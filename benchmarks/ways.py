"""Honest ways to write an answer: other orders of summation, other formulas.

And the same in float32, which is no honest float64. The reference is one way more.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from autograder.student.questions import Library, Question
from mytorch.nn import make_one_hot, softmax
from tests.miniflow.questions import QUESTIONS as MINIFLOW
from tests.mlp.questions import QUESTIONS as MLP


@dataclass(frozen=True)
class Way:
    """Another function in place of a question's own."""

    question: str
    sentence: str
    function: Callable[..., Any]
    target: str


class Ways(list[Way]):
    """The ways of an assignment; called, it is the decorator that adds one."""

    def __init__(self, questions: Sequence[Question]) -> None:
        super().__init__()
        self.targets = {each.id: each.target for each in questions}

    def __call__(self, question: str, sentence: str) -> Callable[..., Any]:
        def add(function: Callable[..., Any]) -> Callable[..., Any]:
            self.append(Way(question, sentence, function, self.targets[question]))
            return function

        return add


@contextmanager
def made(way: Way, lib: Library) -> Iterator[Library]:
    """Let the reference go this way inside the with block."""
    *path, name = way.target.split(".")
    owner = reduce(getattr, path, lib)
    original = getattr(owner, name)
    setattr(owner, name, way.function)
    try:
        yield lib
    finally:
        setattr(owner, name, original)


mlp, miniflow = Ways(MLP), Ways(MINIFLOW)
single_mlp, single_miniflow = Ways(MLP), Ways(MINIFLOW)


def exact(a: Any, b: Any) -> Any:
    """Return a @ b, each entry summed without any rounding but the last."""
    return np.array([[math.fsum(row * column) for column in b.T] for row in a])


def looped(a: Any, b: Any) -> Any:
    """Return a @ b, summed one by one."""
    out = np.zeros((len(a), b.shape[1]))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            for k in range(a.shape[1]):
                out[i, j] += a[i, k] * b[k, j]
    return out


def backwards(a: Any, b: Any) -> Any:
    """Return a @ b, summed from the end."""
    return looped(a[:, ::-1], b[::-1])


def pairwise(a: Any, b: Any) -> Any:
    """Return a @ b as the sum of an array of three axes."""
    return np.sum(a[:, :, None] * b[None, :, :], axis=1)


def by_einsum(a: Any, b: Any) -> Any:
    return np.einsum("ik,kj->ij", a, b)


def in_single(a: Any, b: Any) -> Any:
    """Return a @ b worked out in float32, as float64."""
    return (a.astype(np.float32) @ b.astype(np.float32)).astype(np.float64)


def add_products(product: Any, name: str, of_mlp: Any, of_miniflow: Any) -> None:
    """Add each answer that holds a product of matrices, with this product in it."""

    @of_mlp("linear_forward", name)
    def linear_forward(self: Any, x: Any) -> Any:
        self.x = x
        return product(x, self.weight) + self.bias

    @of_mlp("linear_backward", name)
    def linear_backward(self: Any, grad: Any) -> Any:
        self.grad_weight = product(self.x.T, grad)
        self.grad_bias = product(np.ones((1, len(grad))), grad)
        return product(grad, self.weight.T)

    @of_miniflow("linear_forward", name)
    def node_forward(self: Any) -> None:
        X, W, b = (n.value for n in self.inbound_nodes)
        self.value = product(X, W) + b

    @of_miniflow("linear_backward", name)
    def node_backward(self: Any) -> None:
        X, W, b = self.inbound_nodes
        grad = sum(n.gradients[self] for n in self.outbound_nodes)
        self.gradients = {n: np.zeros(n.value.shape) for n in self.inbound_nodes}
        self.gradients[X] += product(grad, W.value.T)
        self.gradients[W] += product(X.value.T, grad)
        self.gradients[b] += product(np.ones((1, len(grad))), grad)[0]


for function, words in (
    (exact, "math.fsum"),
    (looped, "loops"),
    (backwards, "reversed order"),
    (pairwise, "np.sum of three axes"),
    (by_einsum, "einsum"),
):
    add_products(function, words, mlp, miniflow)
add_products(in_single, "float32 product", single_mlp, single_miniflow)


def add_losses(log_softmax: Any, name: str, to: Any) -> None:
    @to("xeloss_forward", name)
    def forward(self: Any, input: Any, target: Any) -> float:
        self.input, self.target = input, make_one_hot(target, input.shape[1])
        picked = log_softmax(input)[np.arange(len(input)), np.array(target)]
        return float(-picked.mean())

    @to("xeloss_backward", name)
    def backward(self: Any) -> Any:
        return (np.exp(log_softmax(self.input)) - self.target) / len(self.input)


def naive(x: Any) -> Any:
    e = np.exp(x)
    return np.log(e / e.sum(axis=1, keepdims=True))


def stable(x: Any) -> Any:
    return np.log(softmax(x))


def log_sum_exp(x: Any) -> Any:
    return x - np.log(np.exp(x).sum(axis=1, keepdims=True))


def with_logaddexp(x: Any) -> Any:
    return x - np.logaddexp.reduce(x, axis=1, keepdims=True)


def by_fsum(x: Any) -> Any:
    sums = [math.fsum(np.exp(row - row.max())) for row in x]
    return x - x.max(axis=1, keepdims=True) - np.log(sums)[:, None]


def single_log_softmax(x: Any) -> Any:
    return log_sum_exp(x.astype(np.float32)).astype(np.float64)


for function, words in (
    (naive, "log of a naive softmax"),
    (stable, "log of a stable softmax"),
    (log_sum_exp, "log of the sum of exp, naive"),
    (with_logaddexp, "np.logaddexp"),
    (by_fsum, "math.fsum"),
):
    add_losses(function, words, mlp)
add_losses(single_log_softmax, "float32 softmax", single_mlp)


@mlp("relu_forward", "x times a mask")
def relu_by_mask(self: Any, x: Any) -> Any:
    self.x = x
    return x * (x > 0)


@mlp("relu_forward", "(x + |x|) / 2")
def relu_by_absolute(self: Any, x: Any) -> Any:
    self.x = x
    return (x + np.abs(x)) / 2


@mlp("sgd", "in place")
def in_place(self: Any) -> None:
    for layer in self.layers:
        if hasattr(layer, "weight"):
            layer.weight -= self.lr * layer.grad_weight
            layer.bias -= self.lr * layer.grad_bias.reshape(1, -1)


@miniflow("sigmoid_forward", "1 / (1 + exp(-x))")
def sigmoid_naive(self: Any) -> None:
    self.value = 1 / (1 + np.exp(-self.inbound_nodes[0].value))


@miniflow("sigmoid_forward", "exp(x) / (1 + exp(x))")
def sigmoid_quotient(self: Any) -> None:
    e = np.exp(self.inbound_nodes[0].value)
    self.value = e / (1 + e)


@miniflow("sigmoid_forward", "by tanh")
def sigmoid_by_tanh(self: Any) -> None:
    self.value = 0.5 * (1 + np.tanh(0.5 * self.inbound_nodes[0].value))


@single_miniflow("sigmoid_forward", "float32 exp")
def sigmoid_single(self: Any) -> None:
    x = np.asarray(self.inbound_nodes[0].value, dtype=np.float32)
    self.value = (1 / (1 + np.exp(-x))).astype(np.float64)


@miniflow("sigmoid_backward", "value - value squared")
def slope_as_difference(self: Any) -> None:
    grad = sum(n.gradients[self] for n in self.outbound_nodes)
    slope = self.value - self.value**2
    self.gradients = {self.inbound_nodes[0]: grad * slope}


@miniflow("mse_forward", "math.fsum")
def mean_by_fsum(self: Any) -> None:
    y, a = (np.reshape(n.value, (-1, 1)) for n in self.inbound_nodes)
    self.diff, self.m = y - a, len(y)
    self.value = math.fsum(np.square(self.diff).ravel()) / self.m


@miniflow("mse_forward", "y y - 2 y a + a a")
def mean_multiplied_out(self: Any) -> None:
    y, a = (np.reshape(n.value, (-1, 1)) for n in self.inbound_nodes)
    self.diff, self.m = y - a, len(y)
    self.value = np.mean(y * y - 2 * y * a + a * a)


@single_miniflow("mse_forward", "float32 mean")
def mean_in_single(self: Any) -> None:
    y, a = (np.reshape(n.value, (-1, 1)) for n in self.inbound_nodes)
    self.diff, self.m = y - a, len(y)
    self.value = float(np.mean(np.square(self.diff.astype(np.float32))))


@miniflow("mse_backward", "divided last")
def divided_last(self: Any) -> None:
    for n, sign in zip(self.inbound_nodes, (1, -1), strict=True):
        self.gradients[n] = np.reshape(sign * self.diff * 2 / self.m, n.value.shape)


@miniflow("add_forward", "from the last input")
def sum_from_the_end(self: Any) -> None:
    self.value = sum(n.value for n in self.inbound_nodes[::-1])


@miniflow("mul_forward", "from the last input")
def product_from_the_end(self: Any) -> None:
    self.value = 1
    for n in self.inbound_nodes[::-1]:
        self.value = n.value * self.value


@miniflow("mul_backward", "the incoming gradient last")
def gradient_last(self: Any) -> None:
    incoming = [n.gradients[self] for n in self.outbound_nodes[::-1]]
    grad = sum(incoming) if incoming else np.ones(np.shape(self.value))
    self.gradients = {n: np.zeros(np.shape(n.value)) for n in self.inbound_nodes}
    for i, n in enumerate(self.inbound_nodes):
        others = self.inbound_nodes[i + 1 :] + self.inbound_nodes[:i]
        share = math.prod((m.value for m in others), start=1.0)
        self.gradients[n] = self.gradients[n] + share * grad


@miniflow("input_backward", "from the last consumer")
def consumers_from_the_end(self: Any) -> None:
    total = np.zeros(np.shape(self.value))
    for n in self.outbound_nodes[::-1]:
        total = total + n.gradients[self]
    self.gradients = {self: total}


def add_rounded(digits: int) -> None:
    @single_mlp("linear_forward", f"rounded to {digits} decimals")
    def rounded(self: Any, x: Any) -> Any:
        self.x = x
        return np.round(x @ self.weight + self.bias, digits)


add_rounded(4)
add_rounded(8)


@single_mlp("xeloss_backward", "by finite differences, a step of 1e-5 each way")
def by_differences(self: Any) -> Any:
    gradient = np.zeros(self.input.shape)
    for i in np.ndindex(self.input.shape):
        step = np.zeros(self.input.shape)
        step[i] = 1e-5
        up, down = (
            -np.sum(self.target * stable(self.input + sign * step)) for sign in (1, -1)
        )
        gradient[i] = (up - down) / 2e-5 / len(self.input)
    return gradient
