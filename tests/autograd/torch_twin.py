"""What would PyTorch give? The library of autograd once more, on top of torch."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import torch
from torch.nn import functional as F


class Tensor:
    """A tensor whose `gradients` are torch's own.

    A stand-in graph sets `parents` and `gradients` itself; `backward` then lets torch
    walk over it.
    """

    def __init__(self, data, requires_grad=False):
        self.data = np.asarray(data, dtype=np.float64)
        self.requires_grad = requires_grad
        self.grad, self.parents, self.gradients = None, (), None

    @property
    def shape(self):
        return self.data.shape

    def zero_grad(self):
        self.grad = None

    def __add__(self, other):
        return made(torch.add, *stretched(self, other))

    def __mul__(self, other):
        return made(torch.mul, *stretched(self, other))

    def __matmul__(self, other):
        return made(torch.matmul, self, other)

    def sum(self, axis=None, keepdims=False):
        return made(lambda x: torch.sum(x, axis, keepdims), self)

    def mean(self, axis=None, keepdims=False):
        return made(lambda x: torch.mean(x, axis, keepdims), self)

    def reshape(self, *shape):
        return made(lambda x: x.reshape(shape), self)

    def transpose(self, *axes):
        return made(lambda x: x.permute(axes), self)

    def __getitem__(self, index):
        return made(lambda x: x[index], self)

    def relu(self):
        return made(torch.relu, self)

    def exp(self):
        return made(torch.exp, self)

    def log(self):
        return made(torch.log, self)

    def tanh(self):
        return made(torch.tanh, self)

    def backward(self):
        leaves, values = [], {}
        for node in torch_order(self):
            if node.parents:
                ones = np.ones(node.shape)
                # A stand-in multiplies by one factor for each of its slots.
                factors = [torch.tensor(g) for g in node.gradients(ones)]
                slots = zip(factors, node.parents, strict=True)
                values[node] = sum(f * values[parent] for f, parent in slots)
            else:
                tensor = torch.tensor(node.data, requires_grad=node.requires_grad)
                before = None if node.grad is None else torch.tensor(node.grad)
                tensor.grad = before
                values[node] = tensor
                leaves.append((node, tensor))
        values[self].backward(torch.ones(self.shape, dtype=torch.float64))
        for node, tensor in leaves:
            if node.requires_grad:
                node.grad = tensor.grad.numpy().copy()


def torch_order(root):
    """Return what `root` was made from, parents first: those used last come last."""
    depth, waiting = {root: 0}, [root]
    while waiting:
        node = waiting.pop()
        for parent in node.parents:
            if depth.get(parent, -1) < depth[node] + 1:
                depth[parent] = depth[node] + 1
                waiting.append(parent)
    return sorted(depth, key=lambda node: -depth[node])


def made(function, *tensors):
    """Return the result of a function of torch; its gradients are torch's, too."""
    leaves = [torch.tensor(t.data, requires_grad=True) for t in tensors]
    value = function(*leaves)
    result = Tensor(value.detach().numpy(), True)

    def gradients(grad):
        found = torch.autograd.grad(value, leaves, torch.tensor(grad), True)
        return tuple(gradient.numpy().copy() for gradient in found)

    result.parents, result.gradients = tensors, gradients
    return result


def stretched(a, b):
    """Return both in one shape; the ones that are stretched are new tensors."""
    shape = np.broadcast_shapes(a.shape, b.shape)
    return [
        t if t.shape == shape else made(lambda x: x.expand(shape), t) for t in (a, b)
    ]


def unbroadcast(grad, shape):
    x = torch.zeros(shape, dtype=torch.float64, requires_grad=True)
    x.expand(grad.shape).backward(torch.tensor(grad))
    return x.grad.numpy().copy()


def cross_entropy(logits, labels):
    return made(lambda x: F.cross_entropy(x, torch.tensor(labels)), logits)


# Of the order torch says nothing.
NOT_IN_TORCH = {"topological_order"}

LIBRARY = SimpleNamespace(
    autograd=SimpleNamespace(
        Tensor=Tensor,
        unbroadcast=unbroadcast,
        topological_order=torch_order,
        cross_entropy=cross_entropy,
    )
)
