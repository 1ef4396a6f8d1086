"""The library of rnn on top of torch, with every gradient from autograd.

No formula of a backward stands here: torch computes a step anew from what went in and
does not look at the states and gates that a backward is given. So the cases of these
questions have to be of one piece. `RNN` is asked with cells that are given, which torch
cannot lead: `proofs` compares it with torch's as a whole.
"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import torch
from torch.nn import functional

from tests.support.torch_arrays import leaf, numpy_of

NOT_IN_TORCH = {"rnn_forward", "rnn_backward"}
NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


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

    def sums(self, x, h_prev, gates):
        """Return what input and state add to each gate."""
        made = [leaf(value).detach() for value in (x, h_prev)]
        both = [leaf(getattr(self, name)).detach() for name in NAMES]
        return [
            functional.linear(made[k], both[k], both[k + 2]).chunk(gates, dim=1)
            for k in (0, 1)
        ]

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
        i, h = self.sums(x, h_prev, 3)
        r, z = torch.sigmoid(i[0] + h[0]), torch.sigmoid(i[1] + h[1])
        self.gates = (
            r.numpy(),
            z.numpy(),
            torch.tanh(i[2] + r * h[2]).numpy(),
            h[2].numpy(),
        )
        return numpy_of(self.step(leaf(x), leaf(h_prev)))

    def backward(self, grad, x, h_prev, gates):
        return self.blame([grad], x, h_prev)


class LSTMCell(Cell):
    module = torch.nn.LSTMCell

    def forward(self, x, h_prev, c_prev):
        i, f, g, o = (a + b for a, b in zip(*self.sums(x, h_prev, 4), strict=True))
        opened = (torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o))
        self.gates = tuple(gate.numpy() for gate in opened)
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


def proofs(library, rng):
    """Yield what an `RNN` of mytorch gives, forward and backward, and what torch's."""
    n, t, i, h, layers = rng.integers(1, 6, size=5).tolist()
    ours = library.recurrent.RNN(i, h, layers)
    twin = torch.nn.RNN(i, h, layers, batch_first=True, dtype=torch.float64)
    for layer, cell in enumerate(ours.cells):
        for name in NAMES:
            value = torch.tensor(getattr(cell, name))
            getattr(twin, f"{name}_l{layer}").data = value
    x, h_0 = leaf(rng.normal(size=(n, t, i))), leaf(rng.normal(size=(layers, n, h)))
    grad = rng.normal(size=(n, t, h))
    outputs = twin(x, h_0)
    outputs[0].backward(torch.tensor(grad))
    yield from zip(ours.forward(numpy_of(x), numpy_of(h_0)), outputs, strict=True)
    yield from zip(ours.backward(grad), (x.grad, h_0.grad), strict=True)
    for layer, cell in enumerate(ours.cells):
        for name in NAMES:
            wanted = getattr(twin, f"{name}_l{layer}").grad
            yield getattr(cell, f"grad_{name}"), wanted


LIBRARY = SimpleNamespace(
    recurrent=SimpleNamespace(RNNCell=RNNCell, clip_grad_norm_=clip_grad_norm_),
    gates=SimpleNamespace(GRUCell=GRUCell, LSTMCell=LSTMCell),
)
