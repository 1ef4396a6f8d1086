"""Cells with gates: what is kept, what is added, and what is shown?

N is the batch size, I the number of inputs at each step, H the number of hidden
units. The weights of all gates are stacked: the first H rows belong to the first
gate, the next H to the second, and so on. Names, order and meanings are PyTorch's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mytorch.cell import Cell

Array = NDArray[Any]


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + exp(-x)), entry by entry, without overflow.

    >>> sigmoid(np.array([0.0, 1000.0]))
    array([0.5, 1. ])
    """
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)))


class GRUCell(Cell):
    """A cell with two gates, reset r and update z, and a candidate n.

    r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
    z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
    q = W_hn h + b_hn
    n = tanh(W_in x + b_in + r · q)
    h_t = (1 - z) · n + z · h

    `weight_ih` (3H, I) holds W_ir, W_iz, W_in one above the other, `weight_hh` (3H, H)
    holds W_hr, W_hz, W_hn, and the biases (3H,) are stacked alike.
    """

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__(input_size, hidden_size, gates=3)
        self.gates: tuple[Array, Array, Array, Array] | None = None

    def forward(self, x: Array, h_prev: Array) -> Array:
        """Return the new hidden state, (N, H), for `x` (N, I) and `h_prev` (N, H).

        (r, z, n, q), each (N, H), are stored in `self.gates`, for `backward`.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("GRUCell.forward is not yet written")

    def backward(
        self,
        grad: Array,
        x: Array,
        h_prev: Array,
        gates: tuple[Array, Array, Array, Array],
    ) -> tuple[Array, Array]:
        """Return the gradients w.r.t. `x` (N, I) and `h_prev` (N, H).

        `grad` (N, H) is the gradient w.r.t. the state that forward returned for `x`
        and `h_prev`; `gates` is the (r, z, n, q) of that step. The gradients of
        weights and biases are added to what is stored. They are sums over the batch.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("GRUCell.backward is not yet written")


class LSTMCell(Cell):
    """A cell with a second memory c and gates input i, forget f and output o.

    i = sigmoid(W_ii x + b_ii + W_hi h + b_hi)
    f = sigmoid(W_if x + b_if + W_hf h + b_hf)
    g = tanh(W_ig x + b_ig + W_hg h + b_hg)
    o = sigmoid(W_io x + b_io + W_ho h + b_ho)
    c_t = f · c + i · g
    h_t = o · tanh(c_t)

    `weight_ih` (4H, I) holds W_ii, W_if, W_ig, W_io one above the other, and the
    other parameters are stacked alike.
    """

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__(input_size, hidden_size, gates=4)
        self.gates: tuple[Array, Array, Array, Array] | None = None

    def forward(self, x: Array, h_prev: Array, c_prev: Array) -> tuple[Array, Array]:
        """Return the new states h_t and c_t, both (N, H).

        `x` is (N, I), `h_prev` and `c_prev` are (N, H). (i, f, g, o), each (N, H), are
        stored in `self.gates`, for `backward`.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("LSTMCell.forward is not yet written")

    def backward(
        self,
        grad_h: Array,
        grad_c: Array,
        x: Array,
        h_prev: Array,
        c_prev: Array,
        c_t: Array,
        gates: tuple[Array, Array, Array, Array],
    ) -> tuple[Array, Array, Array]:
        """Return the gradients w.r.t. `x` (N, I), `h_prev` (N, H) and `c_prev` (N, H).

        `grad_h` and `grad_c` (N, H) are the gradients w.r.t. h_t and w.r.t. the way
        that c_t takes to the next step; `gates` is the (i, f, g, o) of this step. The
        gradients of weights and biases are added to what is stored. They are sums
        over the batch.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("LSTMCell.backward is not yet written")
