"""What would PyTorch give? The library of miniflow once more, on top of torch."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import torch
from torch.nn import functional as F

from tests.support.torch_arrays import leaf, numpy_of, sgd_step

# Of the graph's order, and of an input's value, torch knows nothing.
NOT_IN_TORCH = {"input", "topological_sort", "forward_pass", "forward_and_backward"}


class Node:
    def __init__(self, inbound_nodes=()):
        self.inbound_nodes = list(inbound_nodes)
        self.outbound_nodes, self.gradients = [], {}
        for node in self.inbound_nodes:
            if self not in node.outbound_nodes:
                node.outbound_nodes.append(self)

    def blame(self, output, last=1.0):
        """Let the gradients that came in, or `last`, go back through `output`."""
        incoming = [leaf(n.gradients[self]).detach() for n in self.outbound_nodes]
        incoming = incoming or [torch.full_like(output, last)]
        torch.stack([(output * grad).sum() for grad in incoming]).sum().backward()


class Input(Node):
    def __init__(self, name="Input"):
        super().__init__()
        self.name = name

    def backward(self):
        x = leaf(self.value)
        self.blame(x * 1.0, last=0.0)
        self.gradients = {self: numpy_of(x.grad)}


class Operator(Node):
    def __init__(self, *inputs):
        super().__init__(inputs)

    def apply(self, *values):
        raise NotImplementedError

    def run(self):
        leaves = {n: leaf(n.value) for n in self.inbound_nodes}
        return leaves, self.apply(*[leaves[n] for n in self.inbound_nodes])

    def forward(self):
        self.value = numpy_of(self.run()[1])

    def backward(self):
        leaves, output = self.run()
        self.blame(output)
        self.gradients = {n: numpy_of(x.grad) for n, x in leaves.items()}


class Add(Operator):
    def apply(self, *values):
        return torch.stack(values).sum(dim=0)


class Mul(Operator):
    def apply(self, *values):
        return torch.stack(values).prod(dim=0)


class Linear(Operator):
    def apply(self, X, W, b):
        return F.linear(X, W.T, b)


class Sigmoid(Operator):
    def apply(self, x):
        return torch.sigmoid(x)


class MSE(Operator):
    def apply(self, y, a):
        self.diff = numpy_of(y.flatten() - a.flatten())[:, np.newaxis]
        self.m = y.numel()
        return F.mse_loss(a.flatten(), y.flatten())


def sgd_update(trainables, learning_rate=1e-2):
    owners = [(trainable, "value") for trainable in trainables]
    sgd_step(owners, [t.gradients[t] for t in trainables], learning_rate)


LIBRARY = SimpleNamespace(
    miniflow=SimpleNamespace(
        Node=Node,
        Input=Input,
        Add=Add,
        Mul=Mul,
        Linear=Linear,
        Sigmoid=Sigmoid,
        MSE=MSE,
        sgd_update=sgd_update,
    )
)
