"""Pooling: how does a picture become smaller, and then a row for a `Linear` layer?

N is the batch size, C the number of channels, H a height and W a width, k the size
of a window, which is square, s the stride. A size of an output is marked by a
prime: H', W'. No layer here has parameters. Names and meanings are PyTorch's.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[Any]


class MaxPool2d:
    """The largest number of each window, channel by channel.

    Windows are k by k and move by `stride`, by default k. With a smaller stride they
    overlap.
    """

    def __init__(self, kernel_size: int, stride: int | None = None) -> None:
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.x: Array | None = None

    def forward(self, x: Array) -> Array:
        """Return each window's largest number, (N, C, H', W'), for `x` (N, C, H, W).

        `x` is stored in `self.x`, where `backward` finds it.
        """
        self.x = x
        # Your code goes here, in place of the next line.
        raise NotImplementedError("MaxPool2d.forward is not yet written")

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input, (N, C, H, W).

        Each entry of `grad` (N, C, H', W') goes to the largest number of its window. If
        several are equally large, it goes to the first, row by row. Entries that go
        to the same number add up.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("MaxPool2d.backward is not yet written")


class AvgPool2d:
    """The mean of each window, channel by channel.

    Windows are k by k and move by `stride`, by default k.
    """

    def __init__(self, kernel_size: int, stride: int | None = None) -> None:
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.x: Array | None = None

    def forward(self, x: Array) -> Array:
        """Return each window's mean, (N, C, H', W'), for `x` (N, C, H, W).

        `x` is stored in `self.x`, where `backward` finds it.
        """
        self.x = x
        # Your code goes here, in place of the next line.
        raise NotImplementedError("AvgPool2d.forward is not yet written")

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input, (N, C, H, W).

        Each entry of `grad` (N, C, H', W') is shared equally by the k² places of its
        window. Shares that go to the same place add up.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("AvgPool2d.backward is not yet written")


class Flatten:
    """Each example's numbers in one row, between convolutions and a `Linear`."""

    def __init__(self) -> None:
        self.x: Array | None = None

    def forward(self, x: Array) -> Array:
        """Return `x` (N, ...) with each example as a row, (N, C·H·W) for pictures.

        `x` is stored in `self.x`, where `backward` finds it.
        """
        self.x = x
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Flatten.forward is not yet written")

    def backward(self, grad: Array) -> Array:
        """Return `grad` in the shape that the last input had."""
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Flatten.backward is not yet written")
