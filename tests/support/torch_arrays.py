"""What every library on top of torch needs: arrays into torch, and out again."""

from __future__ import annotations

import numpy as np
import torch


def leaf(value):
    """Return a float64 copy of an array or number, which gathers its gradient."""
    return torch.tensor(np.asarray(value), dtype=torch.float64, requires_grad=True)


def numpy_of(tensor):
    return tensor.detach().numpy().copy()


def sgd_step(owners, gradients, lr):
    """Let torch move the attributes (owner, name) by one step of its SGD."""
    parameters = [leaf(getattr(owner, name)) for owner, name in owners]
    for parameter, gradient in zip(parameters, gradients, strict=True):
        parameter.grad = leaf(gradient).detach().reshape(parameter.shape)
    torch.optim.SGD(parameters, lr).step()
    for (owner, name), parameter in zip(owners, parameters, strict=True):
        setattr(owner, name, numpy_of(parameter))
