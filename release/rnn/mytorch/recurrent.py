"""Networks with a memory: how a sequence is read step by step.

N is the batch size, T the number of steps, I the number of inputs at each step, H
the number of hidden units, h the hidden state: what a cell remembers, (N, H). Names
and meanings are PyTorch's; a weight is (H, I) or (H, H), as there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mytorch.cell import Cell

Array = NDArray[Any]


class RNNCell(Cell):
    """One step of a network with a memory: h_t = tanh(W_ih x_t + b_ih + W_hh h + b_hh).

    `weight_ih` is (H, I), `weight_hh` (H, H), `bias_ih` and `bias_hh` are (H,).
    `backward` adds to `grad_weight_ih`, `grad_weight_hh`, `grad_bias_ih` and
    `grad_bias_hh`, of the same shapes.
    """

    def __init__(self, input_size: int, hidden_size: int) -> None:
        super().__init__(input_size, hidden_size, gates=1)

    def forward(self, x_t: Array, h_prev: Array) -> Array:
        """Return the new hidden state, (N, H), for `x_t` (N, I) and `h_prev` (N, H)."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("RNNCell.forward is not yet written")

    def backward(
        self, grad: Array, h_t: Array, h_prev_l: Array, h_prev_t: Array
    ) -> tuple[Array, Array]:
        """Return the gradients w.r.t. `h_prev_l` (N, I) and `h_prev_t` (N, H).

        `grad` (N, H) is the gradient w.r.t. `h_t` (N, H), which forward returned for
        the input `h_prev_l`, from the layer below, and the state `h_prev_t`, from the
        step before. The gradients of weights and biases are added to what is stored.
        They are sums over the batch: the loss was divided by N already.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("RNNCell.backward is not yet written")


class RNN:
    """Cells in layers, the same ones at every step: layer 0 reads the input.

    Each other layer reads the hidden states of the layer below it.
    """

    def __init__(self, input_size: int, hidden_size: int, num_layers: int = 1) -> None:
        self.hidden_size = hidden_size
        sizes = [input_size] + [hidden_size] * (num_layers - 1)
        self.cells: Sequence[RNNCell] = [RNNCell(size, hidden_size) for size in sizes]
        self.x: Array | None = None
        self.hiddens: Array | None = None

    def forward(self, x: Array, h_0: Array | None = None) -> tuple[Array, Array]:
        """Return the output (N, T, H) and the last states (layers, N, H).

        The output holds the last layer's state after every step, the last states are
        those of all layers after the last step. `x` is (N, T, I). `h_0` (layers, N, H)
        are the states before the first step, zeros if it is not given. `x` is stored
        in `self.x`, and all states in `self.hiddens` (T + 1, layers, N, H), whose first
        entry is `h_0`.
        """
        N, T, _ = x.shape
        self.x = x
        self.hiddens = np.zeros((T + 1, len(self.cells), N, self.hidden_size))
        if h_0 is not None:
            self.hiddens[0] = h_0
        # Your code goes here, in place of the next line.
        raise NotImplementedError("RNN.forward is not yet written")

    def backward(self, grad: Array) -> tuple[Array, Array]:
        """Return the gradients w.r.t. the input (N, T, I) and `h_0` (layers, N, H).

        `grad` (N, T, H) is the gradient w.r.t. the output: every step has its own.
        The cells add up the gradients of their weights.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("RNN.backward is not yet written")


def clip_grad_norm_(grads: Sequence[Array], max_norm: float) -> float:
    """Scale all arrays in place so that their common norm is at most `max_norm`.

    The norm is the root of the sum of the squares of all entries of all arrays. If
    it is larger than `max_norm`, every array is multiplied by max_norm / (norm +
    1e-6), as in PyTorch; the factor is never above 1. Return the norm before.
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("clip_grad_norm_ is not yet written")
