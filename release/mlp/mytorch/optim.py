"""The step: how gradients change the weights."""

from __future__ import annotations

import numpy as np

from mytorch.nn import Linear, Sequential


class SGD:
    """Stochastic gradient descent on every `Linear` layer of a model.

    `lr` is the learning rate: how far one step goes against the gradient.
    """

    def __init__(self, model: Sequential, lr: float) -> None:
        self.layers = model.layers
        self.lr = lr

    def step(self) -> None:
        """Move each weight and bias by -lr times its stored gradient.

        Layers without weights, such as `ReLU`, are left alone. A bias gradient of
        shape (O,) serves a bias of shape (1, O), and the other way round.
        """
        # Your code goes here, in place of the next line.
        raise NotImplementedError("SGD.step is not yet written")

    def zero_grad(self) -> None:
        """Set every stored gradient to zeros, in the shape of its parameter."""
        for layer in self.layers:
            if isinstance(layer, Linear):
                layer.grad_weight = np.zeros_like(layer.weight)
                layer.grad_bias = np.zeros_like(layer.bias)
