"""What would PyTorch give? The library of mlp once more, on top of torch."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import torch
from torch.nn import functional as F

from tests.support.torch_arrays import leaf, numpy_of, sgd_step


class Linear:
    def __init__(self, in_features, out_features):
        self.weight = np.zeros((in_features, out_features))
        self.bias = np.zeros((1, out_features))

    def apply(self, x, weight, bias):
        return F.linear(x, weight.T, bias.flatten())

    def forward(self, x):
        self.x = x
        return numpy_of(self.apply(leaf(x), leaf(self.weight), leaf(self.bias)))

    def backward(self, grad):
        leaves = [leaf(array) for array in (self.x, self.weight, self.bias)]
        self.apply(*leaves).backward(torch.tensor(grad))
        grad_x, self.grad_weight, self.grad_bias = (numpy_of(a.grad) for a in leaves)
        return grad_x


class ReLU:
    def forward(self, x):
        self.x = x
        return numpy_of(F.relu(leaf(x)))

    def backward(self, grad):
        x = leaf(self.x)
        F.relu(x).backward(torch.tensor(grad))
        return numpy_of(x.grad)


class Foreign(torch.autograd.Function):
    """A layer of numpy's inside a graph of torch's.

    With `shape` only the way back is of interest: zeros of that shape go forward.
    """

    @staticmethod
    def forward(ctx, x, layer, shape):
        ctx.layer = layer
        if shape is not None:
            return x.new_zeros(shape)
        return torch.tensor(layer.forward(numpy_of(x)))

    @staticmethod
    def backward(ctx, grad):
        return torch.tensor(ctx.layer.backward(numpy_of(grad))), None, None


class Wrapped(torch.nn.Module):
    def __init__(self, layer, shape=None):
        super().__init__()
        self.layer, self.shape = layer, shape

    def forward(self, x):
        return Foreign.apply(x, self.layer, self.shape)


class Sequential:
    def __init__(self, *layers):
        self.layers = layers

    def forward(self, x):
        return numpy_of(torch.nn.Sequential(*map(Wrapped, self.layers))(leaf(x)))

    def backward(self, loss_function):
        grad = torch.tensor(loss_function.backward())
        modules, shape = [], tuple(grad.shape)
        for layer in reversed(self.layers):
            modules.append(Wrapped(layer, shape))
            # A layer that replays an array says so the shape of its input.
            shape = getattr(layer, "array", np.empty(shape)).shape
        network = torch.nn.Sequential(*reversed(modules))
        network(leaf(np.zeros(shape))).backward(grad)


class CrossEntropyLoss:
    def forward(self, input, target):
        labels = torch.tensor(np.asarray(target), dtype=torch.int64)
        self.input = input
        self.target = F.one_hot(labels, input.shape[1]).double().numpy()
        return F.cross_entropy(leaf(input), labels).item()

    def backward(self):
        logits = leaf(self.input)
        F.cross_entropy(logits, torch.tensor(self.target)).backward()
        return numpy_of(logits.grad)


class SGD:
    def __init__(self, model, lr):
        self.layers, self.lr = model.layers, lr

    def step(self):
        owners = [
            (layer, name)
            for layer in self.layers
            if isinstance(layer, Linear)
            for name in ("weight", "bias")
        ]
        gradients = [getattr(layer, f"grad_{name}") for layer, name in owners]
        sgd_step(owners, gradients, self.lr)


LIBRARY = SimpleNamespace(
    nn=SimpleNamespace(
        Linear=Linear,
        ReLU=ReLU,
        Sequential=Sequential,
        CrossEntropyLoss=CrossEntropyLoss,
    ),
    optim=SimpleNamespace(SGD=SGD),
)
