"""Which other programs are right? They differ as students' do, and lose nothing."""

from __future__ import annotations

from tests.support.programs import MYTORCH, Right

FUTURE = "from __future__ import annotations\n"

def right(name: str, **replacements: str) -> Right:
    """Return a right program, its replacements named as for `wrong`."""
    return Right(name, targets(replacements))


def targets(replacements: dict[str, str]) -> dict[str, str]:
    full = {}
    for name, text in replacements.items():
        module = "optim." if name.startswith("SGD") else "nn."
        whole = name in {"nn", "optim"}
        full[name if whole else module + name.replace("__", ".", 1)] = text
    return full


def source(module: str) -> str:
    return (MYTORCH / f"{module}.py").read_text(encoding="utf-8")


def topped(module: str, text: str) -> str:
    """Return the reference's module with `text` among its imports."""
    return source(module).replace(FUTURE, FUTURE + text, 1)


def tailed(module: str, text: str) -> str:
    """Return the reference's module with `text` at its end."""
    return source(module) + text


RIGHT = [
    right(
        "einsum",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return np.einsum("ni,io->no", x, self.weight) + self.bias
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = np.einsum("ni,no->io", self.x, grad)
                self.grad_bias = np.einsum("no->o", grad)[None, :]
                return np.einsum("no,io->ni", grad, self.weight)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                log_p = np.log(softmax(input))
                return -np.einsum("nc,nc->", self.target, log_p) / input.shape[0]
        """,
    ),
    right(
        "loops over every entry",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                out = np.zeros((x.shape[0], self.weight.shape[1]))
                for n in range(x.shape[0]):
                    for o in range(self.weight.shape[1]):
                        for i in range(x.shape[1]):
                            out[n, o] += x[n, i] * self.weight[i, o]
                        out[n, o] += self.bias[0, o]
                return out
        """,
        Linear__backward="""
            def backward(self, grad):
                grad_x = np.zeros(self.x.shape)
                self.grad_weight = np.zeros(self.weight.shape)
                self.grad_bias = np.zeros(self.bias.shape)
                for n in range(len(grad)):
                    for o in range(grad.shape[1]):
                        self.grad_bias[0, o] += grad[n, o]
                        for i in range(self.weight.shape[0]):
                            self.grad_weight[i, o] += self.x[n, i] * grad[n, o]
                            grad_x[n, i] += grad[n, o] * self.weight[i, o]
                return grad_x
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                out = np.zeros(x.shape)
                for place in np.ndindex(x.shape):
                    if x[place] > 0:
                        out[place] = x[place]
                return out
        """,
        ReLU__backward="""
            def backward(self, grad):
                rows = zip(self.x, grad)
                return np.array(
                    [[g if x > 0 else 0.0 for x, g in zip(*row)] for row in rows]
                )
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                total = 0
                for row, label in zip(input, target):
                    total += np.log(sum(np.exp(z - max(row)) for z in row))
                    total -= row[label] - max(row)
                return total / len(target)
        """,
    ),
    right(
        "where, and a loss by labels",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return np.where(x < 0, 0, x)
        """,
        ReLU__backward="""
            def backward(self, grad):
                return np.where(self.x <= 0, 0, grad)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                right = np.where(self.target == 1)
                return -np.log(softmax(input)[right]).mean()
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                grad = softmax(self.input)
                grad[np.arange(len(grad)), np.argmax(self.target, axis=1)] -= 1
                grad /= len(grad)
                return grad
        """,
    ),
    right(
        "parameters are updated in place",
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if isinstance(layer, Linear):
                        layer.weight -= self.lr * layer.grad_weight
                        layer.bias -= self.lr * layer.grad_bias
        """,
    ),
    right(
        "a bias gradient of one axis",
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = np.dot(self.x.T, grad)
                self.grad_bias = np.sum(grad, axis=0)
                return np.dot(grad, self.weight.T)
        """,
    ),
    right(
        "functions in place of operators",
        Linear__forward="""
            def forward(self, x):
                self.x = np.copy(x)
                return np.add(np.matmul(x, self.weight), self.bias)
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = np.matmul(np.transpose(self.x), grad)
                self.grad_bias = np.dot(np.ones((1, len(grad))), grad)
                return np.inner(grad, self.weight)
        """,
        ReLU__backward="""
            def backward(self, grad):
                return np.multiply(grad, np.greater(self.x, 0))
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                difference = np.subtract(softmax(self.input), self.target)
                return np.divide(difference, np.shape(self.input)[0])
        """,
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if isinstance(layer, Linear):
                        np.subtract(
                            layer.weight,
                            np.multiply(layer.grad_weight, self.lr),
                            out=layer.weight,
                        )
                        step = np.multiply(layer.grad_bias, self.lr)
                        layer.bias = np.add(layer.bias, np.negative(step))
        """,
    ),
    right(
        "the mask is cached by forward, as booleans",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                self.mask = x > 0
                return x * self.mask
        """,
        ReLU__backward="""
            def backward(self, grad):
                return grad * self.mask
        """,
    ),
    right(
        "softmax is cached by forward",
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                self.p = softmax(input)
                return -np.sum(np.log(self.p) * self.target) / self.p.shape[0]
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                return (self.p - self.target) / self.p.shape[0]
        """,
    ),
    right(
        "log-sum-exp",
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                top = input.max(axis=1)
                log_sum = top + np.log(np.exp(input - top[:, None]).sum(axis=1))
                picked = input[range(len(input)), target]
                return np.array(np.mean(log_sum - picked))
        """,
    ),
    right(
        "the formula as the notebook writes it, nothing subtracted from the logits",
        softmax="""
            def softmax(x):
                return np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                return -1 / len(input) * np.sum(self.target * np.log(softmax(input)))
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                N = self.target.shape[0]
                return softmax(self.input) / N - self.target / N
        """,
    ),
    right(
        "clever ways to cut off negatives",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return (np.abs(x) + x) / 2
        """,
        ReLU__backward="""
            def backward(self, grad):
                return (np.sign(self.x) + np.abs(np.sign(self.x))) / 2 * grad
        """,
    ),
    right(
        "a copy, changed where it is negative",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                out = x.copy()
                out[out < 0] = 0
                return out
        """,
        ReLU__backward="""
            def backward(self, grad):
                grad = np.array(grad)
                grad[~(self.x > 0)] = 0
                return grad
        """,
    ),
    right(
        "clip, and a mask of whole numbers",
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return x.clip(min=0)
        """,
        ReLU__backward="""
            def backward(self, grad):
                mask = np.zeros_like(self.x, dtype=np.int8)
                np.copyto(mask, 1, where=self.x > 0)
                return mask * grad
        """,
    ),
    right(
        "a network by indices, in a list",
        Sequential____init__="""
            def __init__(self, *layers):
                self.layers = list(layers)
        """,
        Sequential__forward="""
            def forward(self, x):
                out = x
                for i in range(len(self.layers)):
                    out = self.layers[i].forward(out)
                return out
        """,
        Sequential__backward="""
            def backward(self, loss_function):
                grad = loss_function.backward()
                i = len(self.layers) - 1
                while i >= 0:
                    grad = self.layers[i].backward(grad)
                    i -= 1
        """,
    ),
    right(
        "a network by reduce, and back by a slice, with a result",
        nn=topped("nn", "from functools import reduce\n"),
        Sequential__forward="""
            def forward(self, x):
                return reduce(lambda out, layer: layer.forward(x=out), self.layers, x)
        """,
        Sequential__backward="""
            def backward(self, loss_function):
                grad = loss_function.backward()
                for layer in self.layers[::-1]:
                    grad = layer.backward(grad=grad)
                return grad
        """,
    ),
    right(
        "a network by recursion",
        Sequential__forward="""
            def forward(self, x, layers=None):
                layers = self.layers if layers is None else layers
                if not layers:
                    return x
                return self.forward(layers[0].forward(x), layers[1:])
        """,
        Sequential__backward="""
            def backward(self, loss_function):
                def back(grad, *layers):
                    if layers:
                        back(layers[-1].backward(grad), *layers[:-1])
                back(loss_function.backward(), *self.layers)
        """,
    ),
    right(
        "the step asks for attributes",
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if hasattr(layer, "weight"):
                        for name in ("weight", "bias"):
                            gradient = getattr(layer, "grad_" + name)
                            new = getattr(layer, name) - self.lr * gradient
                            setattr(layer, name, new)
        """,
    ),
    right(
        "the step asks for the name of the class",
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    if type(layer).__name__ != "Linear":
                        continue
                    layer.weight = -self.lr * layer.grad_weight + layer.weight
                    layer.bias = -self.lr * layer.grad_bias + layer.bias
        """,
    ),
    right(
        "the step tries and goes on",
        SGD__step="""
            def step(self):
                for layer in self.layers:
                    try:
                        layer.weight = layer.weight - layer.grad_weight * self.lr
                        layer.bias = layer.bias - layer.grad_bias * self.lr
                    except AttributeError:
                        pass
        """,
    ),
    right(
        "prints and warnings left in",
        nn=topped("nn", "import warnings\n"),
        Linear__forward="""
            def forward(self, x):
                print("x", x.shape, "weight", self.weight.shape)
                warnings.warn("remember the bias")
                self.x = x
                out = x @ self.weight + self.bias
                print(out)
                return out
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                slope = np.log(np.sign(x) - 1)
                assert x.shape == slope.shape
                return np.nan_to_num(x * (x > 0))
        """,
        SGD__step="""
            def step(self):
                for number, layer in enumerate(self.layers):
                    print(f"layer {number}: {layer}")
                    if isinstance(layer, Linear):
                        layer.weight = layer.weight - self.lr * layer.grad_weight
                        layer.bias = layer.bias - self.lr * layer.grad_bias
        """,
    ),
    right(
        "imports that are not needed, and may not be there",
        nn=topped(
            "nn",
            "import os, sys, math, random, time\n"
            "import matplotlib.pyplot as plt\n"
            "from scipy.special import logsumexp\n"
            "import torch\n"
            "from tqdm.auto import tqdm\n",
        ),
        optim=topped("optim", "import pandas as pd\nfrom matplotlib import pyplot\n"),
    ),
    right(
        "numpy under other names",
        nn=topped("nn", "import numpy\nimport numpy as xp\nfrom numpy import *\n"),
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return numpy.matmul(x, self.weight) + self.bias
        """,
        ReLU__forward="""
            def forward(self, x):
                self.x = x
                return maximum(0, x)
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                return -xp.sum(log(softmax(input)) * self.target) / xp.size(input, 0)
        """,
    ),
    right(
        "relative imports",
        optim="""
            import numpy as np
            from . import nn
            from .nn import Linear, Sequential

            class SGD:
                def __init__(self, model, lr):
                    self.layers = model.layers
                    self.lr = lr

                def step(self):
                    for layer in self.layers:
                        if isinstance(layer, nn.Linear):
                            layer.weight = layer.weight - self.lr * layer.grad_weight
                            layer.bias = layer.bias - self.lr * layer.grad_bias
                    self.zero_grad()

                def zero_grad(self):
                    for layer in filter(lambda l: isinstance(l, Linear), self.layers):
                        layer.grad_weight = np.zeros(layer.weight.shape)
                        layer.grad_bias = np.zeros(layer.bias.shape)
        """,
    ),
    right(
        "data classes and type hints",
        optim="""
            from dataclasses import dataclass, field
            import numpy.typing as npt
            import mytorch.nn as nn

            @dataclass
            class SGD:
                model: nn.Sequential
                lr: float
                layers: list[nn.Layer] = field(init=False)

                def __post_init__(self) -> None:
                    self.layers = [*self.model.layers]

                def step(self) -> None:
                    for layer in self.layers:
                        match layer:
                            case nn.Linear():
                                layer.weight = self._moved(
                                    layer.weight, layer.grad_weight
                                )
                                layer.bias = self._moved(layer.bias, layer.grad_bias)

                def _moved(self, old: npt.NDArray, grad: npt.NDArray) -> npt.NDArray:
                    return old - self.lr * grad
        """,
    ),
    right(
        "labels are taken as a list",
        make_one_hot="""
            def make_one_hot(idx_labels, num_classes=10):
                return np.array(
                    [[float(c == label) for c in range(num_classes)]
                     for label in list(idx_labels)]
                )
        """,
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                target = [int(label) for label in target]
                self.input = input
                self.target = make_one_hot(target, num_classes=len(input[0]))
                p = softmax(input)
                losses = [-np.log(p[i][target[i]]) for i in range(len(target))]
                return sum(losses) / len(losses)
        """,
    ),
    right(
        "transposed inside, in another order of memory",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                return (self.weight.T @ x.T + self.bias.reshape(-1, 1)).T
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = np.asfortranarray((grad.T @ self.x).T)
                self.grad_bias = grad.T.sum(axis=1).reshape(1, -1)
                return (self.weight @ grad.T).T
        """,
    ),
    right(
        "sums in another order, and one entry at a time",
        Linear__forward="""
            def forward(self, x):
                self.x = x
                outer = x[:, ::-1, None] * self.weight[None, ::-1]
                return outer.sum(axis=1) + self.bias
        """,
        Linear__backward="""
            def backward(self, grad):
                self.grad_weight = sum(np.outer(*row) for row in zip(self.x, grad))
                self.grad_bias = np.add.reduce(grad[::-1], axis=0, keepdims=True)
                return np.tensordot(grad, self.weight, axes=(1, 1))
        """,
    ),
    right(
        "extended precision on the way",
        CrossEntropyLoss__forward="""
            def forward(self, input, target):
                self.input = input
                self.target = make_one_hot(target, input.shape[1])
                p = softmax(input.astype(np.longdouble))
                return np.float64(-np.sum(self.target * np.log(p)) / len(input))
        """,
        CrossEntropyLoss__backward="""
            def backward(self):
                p = softmax(self.input.astype(np.longdouble)).astype(float)
                return (p - self.target) / len(p)
        """,
    ),
    right(
        "everything written anew, on one base class",
        nn='''
            import numpy as np

            def softmax(x):
                x = x - x.max(axis=1).reshape(-1, 1)
                return np.exp(x) / np.exp(x).sum(axis=1).reshape(-1, 1)

            def make_one_hot(idx_labels, num_classes=10):
                one_hot = np.zeros((len(idx_labels), num_classes))
                one_hot[np.arange(len(idx_labels)), idx_labels] = 1
                return one_hot

            class Module:
                """Callable, as in PyTorch."""
                x = None
                def __call__(self, *args):
                    return self.forward(*args)

            class Linear(Module):
                def __init__(self, in_features, out_features):
                    self.weight = np.random.uniform(-1, 1, (in_features, out_features))
                    self.bias = np.zeros((1, out_features))
                    self.grad_weight = self.grad_bias = None

                def forward(self, x):
                    self.x = x
                    return x.dot(self.weight) + self.bias

                def backward(self, grad):
                    self.grad_weight, self.grad_bias = self.x.T.dot(grad), sum(grad)
                    return grad.dot(self.weight.T)

            class ReLU(Module):
                def forward(self, x):
                    self.x = x
                    return np.fmax(x, 0)

                def backward(self, grad):
                    return np.heaviside(self.x, 0) * grad

            class Sequential(Module):
                def __init__(self, *layers):
                    self.layers = layers

                def forward(self, x):
                    for layer in self.layers:
                        x = layer.forward(x)
                    return x

                def backward(self, loss_function):
                    blame = loss_function.backward()
                    for layer in list(self.layers)[::-1]:
                        blame = layer.backward(blame)

            class CrossEntropyLoss(Module):
                def forward(self, input, target):
                    self.input = input
                    self.target = make_one_hot(target, input.shape[-1])
                    return -(self.target * np.log(softmax(input))).sum(axis=1).mean()

                def backward(self):
                    N, _ = self.input.shape
                    return (softmax(self.input) - self.target) / N
        ''',
    ),
]

# question, of which, gradient by input, the input that weighs, the output
SLOPES = (
    ("linear_backward", "linear_forward", {"x": "grad_x", "weight": "self.grad_weight", "bias": "self.grad_bias"}, "grad"),
    ("xeloss_backward", "xeloss_forward", {"logits": "gradient"}, "", "loss"),
)
