"""Convolution: how a network looks for the same thing everywhere.

N is the batch size, C the number of input channels, O the number of output
channels, L a length, H a height and W a width, k the kernel's size, s the stride.
A size of an output is marked by a prime: L', H', W'. Kernels of pictures are
square. Names and meanings are those of PyTorch. As there, a kernel is not flipped.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[Any]


def get_conv1d_output_size(input_size: int, kernel_size: int, stride: int) -> int:
    """Return at how many places a kernel fits on `input_size` numbers, an int.

    It starts at the first number, moves by `stride`, and never reaches over the end.
    Numbers that are left over at the end are not used.

    >>> get_conv1d_output_size(7, kernel_size=2, stride=3)
    2
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("get_conv1d_output_size is not yet written")


class Conv1d:
    """A layer of O kernels that slide along C channels of length L.

    `weight` is (O, C, k), `bias` is (O,). `backward` leaves the gradients in
    `grad_weight` and `grad_bias`, of the same shapes.
    """

    def __init__(
        self, in_channels: int, out_channels: int, kernel_size: int, stride: int = 1
    ) -> None:
        self.kernel_size = kernel_size
        self.stride = stride
        shape = out_channels, in_channels, kernel_size
        scale = np.sqrt(2.0 / (in_channels * kernel_size))
        self.weight: Array = scale * np.random.randn(*shape)
        self.bias: Array = np.zeros(out_channels)
        self.grad_weight: Array = np.zeros(shape)
        self.grad_bias: Array = np.zeros(out_channels)
        self.x: Array | None = None

    def forward(self, x: Array) -> Array:
        """Return each kernel's output at each place, (N, O, L'), for `x` (N, C, L).

        `x` is stored in `self.x`, where `backward` finds it.
        """
        self.x = x
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Conv1d.forward is not yet written")

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input, (N, C, L), for `grad` (N, O, L').

        The gradients w.r.t. `weight` (O, C, k) and `bias` (O,) are stored in
        `grad_weight` and `grad_bias`. They are sums over the batch and the places:
        the loss was divided by N already.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Conv1d.backward is not yet written")


class Conv2d:
    """A layer of O kernels that slide over C channels of H rows and W columns.

    `padding` rows and columns of zeros are added around the input first, on all four
    sides. `weight` is (O, C, k, k), `bias` is (O,). `backward` leaves the gradients
    in `grad_weight` and `grad_bias`, of the same shapes.
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int,
        stride: int = 1,
        padding: int = 0,
    ) -> None:
        self.kernel_size = kernel_size
        self.stride = stride
        self.padding = padding
        shape = out_channels, in_channels, kernel_size, kernel_size
        scale = np.sqrt(2.0 / (in_channels * kernel_size**2))
        self.weight: Array = scale * np.random.randn(*shape)
        self.bias: Array = np.zeros(out_channels)
        self.grad_weight: Array = np.zeros(shape)
        self.grad_bias: Array = np.zeros(out_channels)
        self.x: Array | None = None

    def forward(self, x: Array) -> Array:
        """Return each kernel's output, (N, O, H', W'), for `x` (N, C, H, W).

        `x`, without padding, is stored in `self.x`, where `backward` finds it.
        """
        self.x = x
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Conv2d.forward is not yet written")

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input, (N, C, H, W).

        `grad` is (N, O, H', W'). The gradients w.r.t. `weight` (O, C, k, k) and
        `bias` (O,) are stored in `grad_weight` and `grad_bias`. They are sums over
        the batch and the places: the loss was divided by N already.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Conv2d.backward is not yet written")
