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
        ### BEGIN SOLUTION
        from_input = x @ self.weight_ih.T + self.bias_ih
        from_memory = h_prev @ self.weight_hh.T + self.bias_hh
        input_r, input_z, input_n = np.split(from_input, 3, axis=1)
        memory_r, memory_z, q = np.split(from_memory, 3, axis=1)
        r = sigmoid(input_r + memory_r)
        z = sigmoid(input_z + memory_z)
        n = np.tanh(input_n + r * q)
        self.gates = r, z, n, q
        return np.asarray((1.0 - z) * n + z * h_prev)
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        r, z, n, q = gates
        dn = grad * (1.0 - z) * (1.0 - n**2)
        dz = grad * (h_prev - n) * z * (1.0 - z)
        dr = dn * q * r * (1.0 - r)
        d_input = np.concatenate([dr, dz, dn], axis=1)
        d_memory = np.concatenate([dr, dz, dn * r], axis=1)
        self.grad_weight_ih += d_input.T @ x
        self.grad_weight_hh += d_memory.T @ h_prev
        self.grad_bias_ih += d_input.sum(axis=0)
        self.grad_bias_hh += d_memory.sum(axis=0)
        return d_input @ self.weight_ih, d_memory @ self.weight_hh + grad * z
        ### END SOLUTION


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
        ### BEGIN SOLUTION
        from_input = x @ self.weight_ih.T + self.bias_ih
        from_memory = h_prev @ self.weight_hh.T + self.bias_hh
        in_i, in_f, in_g, in_o = np.split(from_input + from_memory, 4, axis=1)
        i, f, g, o = sigmoid(in_i), sigmoid(in_f), np.tanh(in_g), sigmoid(in_o)
        self.gates = i, f, g, o
        c_t = f * c_prev + i * g
        return o * np.tanh(c_t), c_t
        ### END SOLUTION

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
        ### BEGIN SOLUTION
        i, f, g, o = gates
        tanh_c = np.tanh(c_t)
        dc = grad_c + grad_h * o * (1.0 - tanh_c**2)
        di = dc * g * i * (1.0 - i)
        df = dc * c_prev * f * (1.0 - f)
        dg = dc * i * (1.0 - g**2)
        do = grad_h * tanh_c * o * (1.0 - o)
        d_gates = np.concatenate([di, df, dg, do], axis=1)
        self.grad_weight_ih += d_gates.T @ x
        self.grad_weight_hh += d_gates.T @ h_prev
        self.grad_bias_ih += d_gates.sum(axis=0)
        self.grad_bias_hh += d_gates.sum(axis=0)
        return d_gates @ self.weight_ih, d_gates @ self.weight_hh, dc * f
        ### END SOLUTION
