"""How are networks trained well? Optimizers, clipping, a schedule, starts, dropout.

An optimizer holds a list of `Parameter`, each with its `value` and the gradient of
the loss with respect to it, `grad`, of the same shape. Whatever it remembers from
step to step it keeps in lists with one array for each parameter, in their order.
I is the number of inputs of a layer, O the number of its outputs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[Any]


class Parameter:
    """A number or array that training changes: its `value`, and its `grad`.

    >>> w = Parameter([1.0, 2.0])
    >>> w.value, w.grad
    (array([1., 2.]), array([0., 0.]))
    """

    def __init__(self, value: ArrayLike) -> None:
        self.value: Array = np.array(value, dtype=np.float64)
        self.grad: Array = np.zeros_like(self.value)


class Optimizer:
    """What all optimizers share: the parameters, the learning rate, `zero_grad`."""

    def __init__(self, params: Sequence[Parameter], lr: float) -> None:
        self.params = list(params)
        self.lr = lr

    def zeros(self) -> list[Array]:
        """Return one array of zeros for each parameter, in its shape."""
        return [np.zeros_like(p.value) for p in self.params]

    def zero_grad(self) -> None:
        """Set every gradient to zeros."""
        for p in self.params:
            p.grad = np.zeros_like(p.value)


class SGD(Optimizer):
    """Gradient descent, with momentum and weight decay where they are not 0.

    `velocity` has one array for each parameter, zeros at first.
    """

    def __init__(
        self,
        params: Sequence[Parameter],
        lr: float,
        momentum: float = 0.0,
        weight_decay: float = 0.0,
        nesterov: bool = False,
    ) -> None:
        super().__init__(params, lr)
        self.momentum = momentum
        self.weight_decay = weight_decay
        self.nesterov = nesterov
        self.velocity = self.zeros()

    def step(self) -> None:
        """Move every value by -lr times its direction, and renew `velocity`.

        The weight decay times the value is added to the gradient; the sum is g. The
        velocity becomes momentum * velocity + g. The direction is the new velocity,
        or with `nesterov` g + momentum * velocity. `grad` stays as it is.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("SGD.step is not yet written")


class Adam(Optimizer):
    """Steps of about the same length for every entry, by Kingma and Ba (2015).

    `m` and `v` have one array for each parameter, zeros at first. `t` counts the
    steps that were made: one number for the whole optimizer.
    """

    def __init__(
        self,
        params: Sequence[Parameter],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
    ) -> None:
        super().__init__(params, lr)
        self.beta1, self.beta2 = betas
        self.eps = eps
        self.t = 0
        self.m = self.zeros()
        self.v = self.zeros()

    def step(self) -> None:
        """Move every value by -lr * m_hat / (sqrt(v_hat) + eps).

        First `t` grows by 1, `m` becomes the moving mean of the gradients and `v`
        that of their squares. m_hat and v_hat are m and v divided by 1 - beta**t;
        `m` and `v` themselves are kept undivided. `grad` stays as it is.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Adam.step is not yet written")


class AdamW(Optimizer):
    """Adam with a weight decay of its own, by Loshchilov and Hutter (2019).

    `t`, `m` and `v` are those of `Adam`.
    """

    def __init__(
        self,
        params: Sequence[Parameter],
        lr: float = 1e-3,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 1e-2,
    ) -> None:
        super().__init__(params, lr)
        self.beta1, self.beta2 = betas
        self.eps = eps
        self.weight_decay = weight_decay
        self.t = 0
        self.m = self.zeros()
        self.v = self.zeros()

    def step(self) -> None:
        """Move every value by Adam's step and by -lr * weight_decay * value.

        The second part uses the value from before the step. The decay enters
        neither the gradient nor `m` and `v`. `grad` stays as it is.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("AdamW.step is not yet written")


def clip_grad_norm_(params: Sequence[Parameter], max_norm: float) -> float:
    """Return the norm of all gradients together, and shrink them to `max_norm`.

    The norm is the root of the sum of all squared entries of all gradients, as it
    was before. Where it is larger than `max_norm`, every `grad` is multiplied by
    max_norm / norm; where not, none changes.

    >>> w, b = Parameter([0.0]), Parameter([0.0])
    >>> w.grad, b.grad = np.array([3.0]), np.array([4.0])
    >>> clip_grad_norm_([w, b], max_norm=1.0), w.grad, b.grad
    (5.0, array([0.6]), array([0.8]))
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("clip_grad_norm_ is not yet written")


def cosine_lr(
    step: int, lr_max: float, lr_min: float, warmup_steps: int, total_steps: int
) -> float:
    """Return the learning rate of a step; the first one is step 0.

    In the first `warmup_steps` steps it climbs in equal parts, from
    lr_max / warmup_steps to lr_max. From there half a wave of the cosine leads down
    from lr_max, at step `warmup_steps`, to lr_min at step `total_steps`. Later
    steps have lr_min.

    >>> [cosine_lr(step, 0.8, 0.2, 2, 6) for step in (0, 1, 2, 4, 6, 9)]
    [0.4, 0.8, 0.8, 0.5, 0.2, 0.2]
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("cosine_lr is not yet written")


def kaiming_uniform_(weight: Parameter, u: Array) -> None:
    """Spread `weight.value` (I, O) evenly between -bound and bound: sqrt(6 / I).

    `u` (I, O) holds random numbers between 0 and 1: 0 becomes -bound, 1 becomes
    bound. For a layer that is followed by ReLU, by He and others (2015).
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("kaiming_uniform_ is not yet written")


def xavier_uniform_(weight: Parameter, u: Array) -> None:
    """Spread `weight.value` (I, O) evenly: the bound is sqrt(6 / (I + O)).

    `u` is used as in `kaiming_uniform_`. For a layer that is followed by tanh or by
    nothing, by Glorot and Bengio (2010).
    """
    # Your code goes here, in place of the next line.
    raise NotImplementedError("xavier_uniform_ is not yet written")


class Dropout:
    """A layer that switches entries off at random, each with probability `p`.

    It does so while `training` is true, and nothing after `eval()`. After `forward`,
    `mask` holds what each entry was multiplied by, in the shape of `x`.
    """

    def __init__(self, p: float = 0.5, seed: int = 0) -> None:
        if not 0 <= p < 1:
            raise ValueError(f"p must be at least 0 and less than 1, got {p}")
        self.p = p
        self.training = True
        self.mask: Array | None = None
        self.rng = np.random.default_rng(seed)

    def train(self) -> None:
        """Switch entries off from now on."""
        self.training = True

    def eval(self) -> None:
        """Let everything through from now on."""
        self.training = False

    def forward(self, x: Array, u: Array | None = None) -> Array:
        """Return `x` times `mask`, any shape; `mask` is stored.

        In training `mask` is 0 where u < p and 1 / (1 - p) elsewhere. After `eval`
        it is 1 everywhere. `u` holds random numbers from 0 to below 1, in the shape
        of `x`; they are drawn if none are given.
        """
        if u is None:
            u = self.rng.random(np.shape(x))
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Dropout.forward is not yet written")

    def backward(self, grad: Array) -> Array:
        """Return the gradient w.r.t. the last input, same shape as `grad`.

        What forward multiplied by `mask`, backward multiplies by the same `mask`.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("Dropout.backward is not yet written")
