"""Layers, networks and the loss: how are answers and gradients computed?

Every layer has `forward`, which computes, and `backward`, which takes the gradient
of the loss with respect to the layer's output (`grad`) and returns the gradient
with respect to its input. N is the batch size, I the number of inputs of a layer,
O the number of its outputs, C the number of classes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]


class Layer(Protocol):
    """What `Sequential` asks of a layer: a `forward` and a `backward`."""

    def forward(self, x: Array) -> Array: ...

    def backward(self, grad: Array) -> Array: ...


def softmax(x: Array) -> Array:
    """Return the rows of `x` (N, C) as probabilities, shape (N, C).

    Each row of exp(x) is divided by its sum. The row's largest entry is
    subtracted first: it cancels in the fraction and keeps exp from overflowing.

    >>> softmax(np.array([[0.0, 0.0]]))
    array([[0.5, 0.5]])
    """
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    return np.asarray(e / np.sum(e, axis=1, keepdims=True))


def make_one_hot(idx_labels: ArrayLike, num_classes: int = 10) -> Array:
    """Return a row per label, shape (N, num_classes): 1 at the label, else 0.

    Labels are whole numbers from 0 to num_classes - 1, as an array (N,) or a list.

    >>> make_one_hot([2, 0], num_classes=3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    labels = np.asarray(idx_labels)
    if labels.ndim != 1 or labels.dtype.kind not in "iu":
        raise ValueError(
            f"labels must be whole numbers of shape (N,), got {labels.dtype} of "
            f"shape {labels.shape}"
        )
    outside = (labels < 0) | (labels >= num_classes)
    if outside.any():
        raise ValueError(
            f"labels must lie between 0 and {num_classes - 1}, "
            f"got {labels[outside][0]}: are there {num_classes} classes?"
        )
    return np.asarray(np.eye(num_classes)[labels])


class Linear:
    """A layer of O neurons: each adds up its I weighted inputs and a bias.

    `weight` is (I, O), `bias` is (1, O). `backward` leaves the gradients in
    `grad_weight` and `grad_bias`, of the same shapes.
    """

    def __init__(self, in_features: int, out_features: int) -> None:
        scale = np.sqrt(2.0 / in_features)
        self.weight: Array = scale * np.random.randn(in_features, out_features)
        self.bias: Array = np.zeros((1, out_features))
        self.grad_weight: Array = np.zeros((in_features, out_features))
        self.grad_bias: Array = np.zeros((1, out_features))
        self.x: Array | None = None

    def forward(self, x: Array) -> Array:
        """Return x W + b, shape (N, O), for `x` (N, I).

        `x` is stored in `self.x`, where `backward` finds it.
        """
        self.x = x
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Linear.forward is not yet written")

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input, shape (N, I), for `grad` (N, O).

        The gradients w.r.t. `weight` (I, O) and `bias` (1, O) are stored in
        `grad_weight` and `grad_bias`. They are sums over the batch: the loss has
        divided by N already.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Linear.backward is not yet written")


class ReLU:
    """Elementwise max(x, 0), any shape.

    The slope at exactly 0 is taken as 0.
    """

    def __init__(self) -> None:
        self.x: Array | None = None

    def forward(self, x: Array) -> Array:
        """Return `x` with every negative entry replaced by 0, same shape.

        `x` is stored in `self.x`, where `backward` finds it.
        """
        self.x = x
        # Your code goes here, in place of the next line.
        raise NotImplementedError("ReLU.forward is not yet written")

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input, same shape as `grad`."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("ReLU.backward is not yet written")


class Sequential:
    """A network: layers one after the other, in the order given."""

    def __init__(self, *layers: Layer) -> None:
        self.layers = layers

    def forward(self, x: Array) -> Array:
        """Return what the last layer makes of `x` (N, I), usually shape (N, C)."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Sequential.forward is not yet written")

    def backward(self, loss_function: CrossEntropyLoss) -> None:
        """Let every layer store its gradients, from the last layer to the first.

        The first gradient comes from `loss_function.backward()`; every layer's
        `backward` gives the gradient for the layer before it.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Sequential.backward is not yet written")


class CrossEntropyLoss:
    """The mean over the batch of -log(probability given to the right class).

    It is taken of logits (N, C), whose softmax are the probabilities. After
    `forward`, `input` holds the logits and `target` the one-hot labels (N, C).
    """

    def __init__(self) -> None:
        self.input: Array | None = None
        self.target: Array | None = None

    def forward(self, input: Array, target: Sequence[int] | Array) -> float:
        """Return the mean loss, a float, for logits (N, C) and labels (N,).

        Logits are stored in `self.input`, the one-hot labels in `self.target`.
        """
        self.input = input
        self.target = make_one_hot(target, num_classes=input.shape[1])
        # Your code goes here, in place of the next line.
        raise NotImplementedError("CrossEntropyLoss.forward is not yet written")

    def backward(self) -> Array:
        """Return the gradient of the mean loss w.r.t. the logits, shape (N, C)."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("CrossEntropyLoss.backward is not yet written")
