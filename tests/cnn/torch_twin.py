"""The library of cnn on top of torch, with every gradient from autograd.

No formula of a backward stands here. Of output sizes torch has no function.
"""

from __future__ import annotations

from types import SimpleNamespace

import torch
from torch.nn import functional as F

from tests.support.torch_arrays import leaf, numpy_of

NOT_IN_TORCH = {"conv1d_output_size"}


class Layer:
    """A layer whose `apply(x, *parameters)` is torch's; `names` are its parameters."""

    names = ()

    def forward(self, x):
        self.x = x
        parameters = [leaf(getattr(self, name)) for name in self.names]
        return numpy_of(self.apply(leaf(x), *parameters))

    def backward(self, grad):
        x, *parameters = leaves = [
            leaf(self.x),
            *(leaf(getattr(self, name)) for name in self.names),
        ]
        self.apply(*leaves).backward(torch.tensor(grad))
        for name, parameter in zip(self.names, parameters, strict=True):
            setattr(self, f"grad_{name}", numpy_of(parameter.grad))
        return numpy_of(x.grad)


class Conv1d(Layer):
    names = ("weight", "bias")

    def __init__(self, in_channels, out_channels, kernel_size, stride=1):
        self.stride = stride

    def apply(self, x, weight, bias):
        return F.conv1d(x, weight, bias, self.stride)


class Conv2d(Layer):
    names = ("weight", "bias")

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0):
        self.stride, self.padding = stride, padding

    def apply(self, x, weight, bias):
        return F.conv2d(x, weight, bias, self.stride, self.padding)


class MaxPool2d(Layer):
    def __init__(self, kernel_size, stride=None):
        self.kernel_size, self.stride = kernel_size, stride

    def apply(self, x):
        return F.max_pool2d(x, self.kernel_size, self.stride)


class AvgPool2d(MaxPool2d):
    def apply(self, x):
        return F.avg_pool2d(x, self.kernel_size, self.stride)


class Flatten(Layer):
    def apply(self, x):
        return torch.nn.Flatten()(x)


LIBRARY = SimpleNamespace(
    conv=SimpleNamespace(Conv1d=Conv1d, Conv2d=Conv2d),
    pool=SimpleNamespace(MaxPool2d=MaxPool2d, AvgPool2d=AvgPool2d, Flatten=Flatten),
)
