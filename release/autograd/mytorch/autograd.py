"""How does an array find its own gradients? It remembers what it was made from.

A `Tensor` holds an array. Each operation on tensors returns a new one that knows its
`parents` and has a function `gradients`: given the gradient with respect to the
result, it returns a tuple, the gradient with respect to each parent. `backward` walks
back over these functions. N is the number of examples, C the number of classes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]
Gradients = Callable[[Array], tuple[Array, ...]]


class Tensor:
    """An array that remembers how it was made.

    `data` is the array, `grad` the gradient that `backward` leaves, None before. A
    tensor made by hand has no parents: it is a leaf of the graph.

    >>> x = Tensor([1.0, 2.0], requires_grad=True)
    >>> x
    Tensor([1., 2.], requires_grad=True)
    """

    def __init__(self, data: ArrayLike, requires_grad: bool = False) -> None:
        self.data: Array = np.asarray(data, dtype=np.float64)
        self.requires_grad = requires_grad
        self.grad: Array | None = None
        self.parents: tuple[Tensor, ...] = ()
        self.gradients: Gradients | None = None

    def __repr__(self) -> str:
        more = ", requires_grad=True" if self.requires_grad else ""
        return f"Tensor({np.array2string(self.data, separator=', ')}{more})"

    @property
    def shape(self) -> tuple[int, ...]:
        return self.data.shape

    def zero_grad(self) -> None:
        """Forget the gradient."""
        self.grad = None

    def __radd__(self, other: ArrayLike) -> Tensor:
        return self + other

    def __rmul__(self, other: ArrayLike) -> Tensor:
        return self * other

    def __neg__(self) -> Tensor:
        return self * -1.0

    def __sub__(self, other: Tensor | ArrayLike) -> Tensor:
        return self + as_tensor(other) * -1.0

    def __add__(self, other: Tensor | ArrayLike) -> Tensor:
        """Return a + b, entry by entry, for any two shapes that fit together."""
        a, b = spread(self, other)
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.__add__ is not yet written")

    def __mul__(self, other: Tensor | ArrayLike) -> Tensor:
        """Return a * b, entry by entry, for any two shapes that fit together."""
        a, b = spread(self, other)
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.__mul__ is not yet written")

    def __matmul__(self, other: Tensor | ArrayLike) -> Tensor:
        """Return the matrix product (..., I, O) of a (..., I, K) and b (..., K, O).

        The axes in front are a batch: one product for each of their entries.
        """
        a, b = spread(self, other, kept=2)
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.__matmul__ is not yet written")

    def sum(
        self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False
    ) -> Tensor:
        """Return the sum over an axis, over several, or over all of them.

        The axes that are summed vanish, or with `keepdims` stay with length 1.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.sum is not yet written")

    def mean(
        self, axis: int | tuple[int, ...] | None = None, keepdims: bool = False
    ) -> Tensor:
        """Return the mean over an axis, over several, or over all of them."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.mean is not yet written")

    def reshape(self, *shape: int) -> Tensor:
        """Return the same entries in the same order, in another shape."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.reshape is not yet written")

    def transpose(self, *axes: int) -> Tensor:
        """Return the axes in another order: axis i of the result is axes[i] of self.

        >>> Tensor(np.zeros((2, 3, 4))).transpose(2, 0, 1).shape
        (4, 2, 3)
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.transpose is not yet written")

    def __getitem__(self, index: Any) -> Tensor:
        """Return the entries at `index`, whatever numpy takes as one.

        An entry that is taken several times gets the sum of what comes back.
        """

        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.__getitem__ is not yet written")

    def relu(self) -> Tensor:
        """Return max(x, 0) of every entry; the slope at exactly 0 is taken as 0."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.relu is not yet written")

    def exp(self) -> Tensor:
        """Return e to the power of every entry."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.exp is not yet written")

    def log(self) -> Tensor:
        """Return the natural logarithm of every entry."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.log is not yet written")

    def tanh(self) -> Tensor:
        """Return the hyperbolic tangent of every entry."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.tanh is not yet written")

    def backward(self) -> None:
        """Add to `grad` of each leaf the gradient of this tensor w.r.t. the leaf.

        It starts from ones at this tensor. What comes back to a tensor over several
        uses is summed before it is passed on. Only leaves that require gradients
        keep it: `grad` starts as None, and another call adds to what is there.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Tensor.backward is not yet written")


def as_tensor(value: Tensor | ArrayLike) -> Tensor:
    """Return a tensor as it is, and anything else as a tensor without gradient."""
    return value if isinstance(value, Tensor) else Tensor(value)


def record(data: ArrayLike, parents: Sequence[Tensor], gradients: Gradients) -> Tensor:
    """Return the result of an operation, which remembers its parents.

    Where no parent requires a gradient, there is nothing to remember.
    """
    result = Tensor(data, any(parent.requires_grad for parent in parents))
    if result.requires_grad:
        result.parents, result.gradients = tuple(parents), gradients
    return result


def spread(a: Tensor, other: Tensor | ArrayLike, kept: int = 0) -> tuple[Tensor, ...]:
    """Return both tensors in one shape, stretched as numpy's broadcasting does.

    The last `kept` axes are left as they are. A tensor that was stretched is a result
    with one parent: on the way back, `unbroadcast` sums what it gets.
    """
    b = as_tensor(other)
    front = np.broadcast_shapes(*[t.shape[: len(t.shape) - kept] for t in (a, b)])
    return tuple(
        _stretched(t, (*front, *t.shape[len(t.shape) - kept :])) for t in (a, b)
    )


def _stretched(tensor: Tensor, shape: tuple[int, ...]) -> Tensor:
    if tensor.shape == shape:
        return tensor
    data = np.broadcast_to(tensor.data, shape).copy()
    return record(data, (tensor,), lambda grad: (unbroadcast(grad, tensor.shape),))


def unbroadcast(grad: Array, shape: tuple[int, ...]) -> Array:
    """Return `grad` summed to `shape`: over each axis along which it was stretched.

    Those are the axes that stand in front of `shape`, and those that have length 1 in
    `shape` and another one in `grad`. The rest stays.

    >>> unbroadcast(np.ones((2, 3)), (3,))
    array([2., 2., 2.])
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("unbroadcast is not yet written")


def topological_order(root: Tensor) -> list[Tensor]:
    """Return all tensors that `root` was made from, and `root`, parents first.

    Each is there once, after all of its parents. A chain of many thousand works.
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("topological_order is not yet written")


def cross_entropy(logits: Tensor, labels: ArrayLike) -> Tensor:
    """Return the mean over the batch of -log(probability of the right class).

    The probabilities are the softmax of `logits` (N, C). `labels` (N,) are whole
    numbers from 0 to C - 1. The result has shape (). Logits may be far apart.
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("cross_entropy is not yet written")
