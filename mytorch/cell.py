"""What all cells have in common: weights, biases and their gradients. Given whole.

I is the number of inputs at each step, H the number of hidden units.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


class Cell:
    """The parameters of a cell, for G stacked gates (a plain cell has G = 1).

    `weight_ih` (G·H, I) and `bias_ih` (G·H,) belong to the input, `weight_hh` (G·H, H)
    and `bias_hh` (G·H,) to the hidden state. They start as numbers drawn between
    -1/√H and 1/√H. Each has a gradient of the same shape: `grad_weight_ih` and so on.
    """

    def __init__(self, input_size: int, hidden_size: int, gates: int) -> None:
        self.hidden_size = hidden_size
        bound = 1.0 / np.sqrt(hidden_size)
        rows = gates * hidden_size
        self.weight_ih: Array = np.random.uniform(-bound, bound, (rows, input_size))
        self.weight_hh: Array = np.random.uniform(-bound, bound, (rows, hidden_size))
        self.bias_ih: Array = np.random.uniform(-bound, bound, rows)
        self.bias_hh: Array = np.random.uniform(-bound, bound, rows)
        self.zero_grad()

    def zero_grad(self) -> None:
        """Set every gradient to zeros, in the shape of its parameter."""
        self.grad_weight_ih: Array = np.zeros_like(self.weight_ih)
        self.grad_weight_hh: Array = np.zeros_like(self.weight_hh)
        self.grad_bias_ih: Array = np.zeros_like(self.bias_ih)
        self.grad_bias_hh: Array = np.zeros_like(self.bias_hh)

    def parameters(self) -> list[Array]:
        """Return the four parameters, the arrays themselves and no copies."""
        return [self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh]

    def gradients(self) -> list[Array]:
        """Return the gradients in the order of `parameters`, no copies."""
        return [
            self.grad_weight_ih,
            self.grad_weight_hh,
            self.grad_bias_ih,
            self.grad_bias_hh,
        ]
