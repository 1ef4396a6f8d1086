"""What would PyTorch give? The library of optim once more, on top of torch."""

from __future__ import annotations

from types import SimpleNamespace
from typing import ClassVar
from unittest.mock import patch

import numpy as np
import torch
from torch.nn import functional as F

from tests.support.torch_arrays import leaf


class Parameter:
    """An array and its gradient, as `mytorch` has them."""

    def __init__(self, value):
        self.value = np.array(value, dtype=np.float64)
        self.grad = np.zeros_like(self.value)


class Optimizer:
    """Hands values, gradients and what was remembered to an optimizer of torch."""

    kind: type
    remembered: ClassVar[dict[str, str]]

    def __init__(self, params, options):
        self.params, self.options, self.t = params, options, 0
        for name in self.remembered:
            setattr(self, name, [np.zeros_like(p.value) for p in params])

    def step(self):
        leaves = [leaf(p.value) for p in self.params]
        optimizer = self.kind(leaves, **self.options)
        for i, (p, tensor) in enumerate(zip(self.params, leaves, strict=True)):
            tensor.grad = torch.tensor(p.grad)
            for mine, theirs in self.remembered.items():
                state = torch.tensor(getattr(self, mine)[i])
                optimizer.state[tensor][theirs] = state
            optimizer.state[tensor]["step"] = torch.tensor(float(self.t))
        optimizer.step()
        self.t += 1
        for i, (p, tensor) in enumerate(zip(self.params, leaves, strict=True)):
            p.value = tensor.detach().numpy().copy()
            for mine, theirs in self.remembered.items():
                getattr(self, mine)[i] = optimizer.state[tensor][theirs].numpy().copy()


class SGD(Optimizer):
    kind = torch.optim.SGD
    remembered: ClassVar = {"velocity": "momentum_buffer"}

    def __init__(self, params, lr, momentum=0.0, weight_decay=0.0, nesterov=False):
        # torch keeps no buffer without momentum: the smallest one stands for none.
        options = {"lr": lr, "momentum": momentum or 1e-300, "nesterov": nesterov}
        super().__init__(params, {**options, "weight_decay": weight_decay})


class Adam(Optimizer):
    kind = torch.optim.Adam
    remembered: ClassVar = {"m": "exp_avg", "v": "exp_avg_sq"}

    def __init__(self, params, lr, betas, eps, **more):
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, **more})


class AdamW(Adam):
    kind = torch.optim.AdamW

    def __init__(self, params, lr, betas, eps, weight_decay):
        super().__init__(params, lr, betas, eps, weight_decay=weight_decay)


def clip_grad_norm_(params, max_norm):
    leaves = [leaf(p.value) for p in params]
    for p, tensor in zip(params, leaves, strict=True):
        tensor.grad = torch.tensor(p.grad)
    norm = torch.nn.utils.clip_grad_norm_(leaves, max_norm)
    for p, tensor in zip(params, leaves, strict=True):
        p.grad = tensor.grad.numpy().copy()
    return norm.item()


def cosine_lr(step, lr_max, lr_min, warmup_steps, total_steps):
    optimizer = torch.optim.SGD([leaf(0.0)], lr=lr_max)
    if step < warmup_steps:
        start = 1 / warmup_steps
        steps = max(1, warmup_steps - 1)
        plan = torch.optim.lr_scheduler.LinearLR(optimizer, start, 1.0, steps)
        count = step
    elif step >= total_steps:
        return lr_min
    else:
        length = total_steps - warmup_steps
        plan = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, length, lr_min)
        count = step - warmup_steps
    for _ in range(count):
        optimizer.step()
        plan.step()
    return optimizer.param_groups[0]["lr"]


def _start(fill, weight, u):
    """Let torch fill a tensor; where it would draw evenly, it takes `u`."""
    tensor = torch.zeros(u.shape[1], u.shape[0], dtype=torch.float64)

    def replay(self, low, high, **_):
        return self.copy_(low + torch.tensor(u.T) * (high - low))

    with patch.object(torch.Tensor, "uniform_", replay):
        fill(tensor)
    weight.value = tensor.numpy().T.copy()


def kaiming_uniform_(weight, u):
    _start(torch.nn.init.kaiming_uniform_, weight, u)


def xavier_uniform_(weight, u):
    _start(torch.nn.init.xavier_uniform_, weight, u)


class Dropout:
    """The factor is torch's; which entries are off is decided by `u`."""

    def __init__(self, p):
        self.p, self.training, self.mask = p, True, None

    def forward(self, x, u=None):
        self.mask = np.ones(x.shape)
        if self.training:
            scaled = F.dropout(torch.ones(10_000, dtype=torch.float64), self.p)
            self.mask = np.where(u < self.p, 0.0, scaled.max().item())
        return x * self.mask

    def backward(self, grad):
        x = leaf(np.ones(grad.shape))
        (x * torch.tensor(self.mask)).backward(torch.tensor(grad))
        return x.grad.numpy().copy()


LIBRARY = SimpleNamespace(
    training=SimpleNamespace(
        Parameter=Parameter,
        SGD=SGD,
        Adam=Adam,
        AdamW=AdamW,
        clip_grad_norm_=clip_grad_norm_,
        cosine_lr=cosine_lr,
        kaiming_uniform_=kaiming_uniform_,
        xavier_uniform_=xavier_uniform_,
        Dropout=Dropout,
    )
)
