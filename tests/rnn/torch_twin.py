"""The library of rnn on top of torch, with every gradient from autograd.

No formula of a backward stands here. A backward that is given a step's gates or new
state must not look at them: torch computes the step anew from what went in, so the
cases of backward questions have to be of one piece.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import torch

NOT_IN_TORCH: set[str] = set()
NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def leaf(value):
    """Return a copy of an array that gathers its gradient, in float64."""
    return torch.tensor(np.asarray(value), dtype=torch.float64, requires_grad=True)


def numpy_of(tensor):
    return tensor.detach().numpy().copy()


class Cell:
    """A cell of torch's behind the names of mytorch."""

    module = torch.nn.RNNCell

    def __init__(self, input_size, hidden_size):
        self.cell = self.module(input_size, hidden_size, dtype=torch.float64)
        for name in NAMES:
            setattr(self, name, numpy_of(getattr(self.cell, name)))
        self.zero_grad()

    def zero_grad(self):
        for name in NAMES:
            setattr(self, f"grad_{name}", np.zeros_like(getattr(self, name)))

    def step(self, x, *states):
        for name in NAMES:
            getattr(self.cell, name).data = torch.tensor(getattr(self, name))
        return self.cell(x, states[0] if len(states) == 1 else states)

    def blame(self, grads, *inputs):
        """Add the parameters' gradients up; return those of the inputs."""
        leaves = [leaf(value) for value in inputs]
        self.cell.zero_grad()
        outputs = self.step(*leaves)
        outputs = [outputs] if isinstance(outputs, torch.Tensor) else outputs
        torch.autograd.backward(outputs, [torch.tensor(grad) for grad in grads])
        for name in NAMES:
            total = getattr(self, f"grad_{name}")
            total = total + numpy_of(getattr(self.cell, name).grad)
            setattr(self, f"grad_{name}", total)
        return tuple(numpy_of(each.grad) for each in leaves)


class RNNCell(Cell):
    def forward(self, x_t, h_prev):
        return numpy_of(self.step(leaf(x_t), leaf(h_prev)))

    def backward(self, grad, h_t, h_prev_l, h_prev_t):
        return self.blame([grad], h_prev_l, h_prev_t)


class GRUCell(Cell):
    module = torch.nn.GRUCell

    def forward(self, x, h_prev):
        return numpy_of(self.step(leaf(x), leaf(h_prev)))

    def backward(self, grad, x, h_prev, gates):
        return self.blame([grad], x, h_prev)


class LSTMCell(Cell):
    module = torch.nn.LSTMCell

    def forward(self, x, h_prev, c_prev):
        return tuple(map(numpy_of, self.step(leaf(x), leaf(h_prev), leaf(c_prev))))

    def backward(self, grad_h, grad_c, x, h_prev, c_prev, c_t, gates):
        return self.blame([grad_h, grad_c], x, h_prev, c_prev)


def clip_grad_norm_(grads, max_norm):
    parameters = [leaf(grad) for grad in grads]
    for parameter, grad in zip(parameters, grads, strict=True):
        parameter.grad = torch.tensor(grad)
    norm = torch.nn.utils.clip_grad_norm_(parameters, max_norm)
    for parameter, grad in zip(parameters, grads, strict=True):
        grad[...] = numpy_of(parameter.grad)
    return norm.item()


LIB = SimpleNamespace(
    recurrent=SimpleNamespace(RNNCell=RNNCell, clip_grad_norm_=clip_grad_norm_),
    gates=SimpleNamespace(GRUCell=GRUCell, LSTMCell=LSTMCell),
)
