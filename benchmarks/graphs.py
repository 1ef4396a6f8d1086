"""miniflow against mlp on one network: the same weights, the same data, each step.

The network is Linear, Sigmoid, Linear, with the mean squared error of one output;
mlp has neither Sigmoid nor that loss, so they stand here as a layer and a loss of
its kind. Each is a process of its own:

    python -m benchmarks.graphs WHO STEPS
"""

from __future__ import annotations

import json
import sys

import numpy as np

from benchmarks.measure import Figure, Row, Size, medians, run
from benchmarks.training import BATCH, INPUTS, RATE, Step, digits, timed
from mytorch import miniflow, nn, optim

HIDDEN = 32


def measure(size: Size) -> list[Row]:
    steps = size.of(200, 5000)
    losses = {}

    def rate(who: str) -> float:
        command = [sys.executable, "-m", "benchmarks.graphs", who, str(steps)]
        said = json.loads(run(command))
        losses[who] = said["loss"]
        return float(said["rate"])

    rates = medians(lambda: rate("miniflow"), lambda: rate("mlp"), rounds=size.of(1, 5))
    assert np.allclose(*losses.values(), rtol=1e-9), f"expected one loss, got {losses}"
    what = f"training, {INPUTS}-{HIDDEN}-1 with a sigmoid, batches of {BATCH}"
    names = "miniflow", "mlp"
    figures = [Figure(n, r, "steps/s") for n, r in zip(names, rates, strict=True)]
    return [Row(what, *figures)]


def weights() -> tuple[np.ndarray, ...]:
    rng = np.random.default_rng(0)
    W1, W2 = rng.normal(0, 0.1, (INPUTS, HIDDEN)), rng.normal(0, 0.1, (HIDDEN, 1))
    return W1, np.zeros(HIDDEN), W2, np.zeros(1)


def with_miniflow() -> Step:
    X, y = miniflow.Input("X"), miniflow.Input("y")
    trainables = [miniflow.Input(name) for name in ("W1", "b1", "W2", "b2")]
    W1, b1, W2, b2 = trainables
    hidden = miniflow.Sigmoid(miniflow.Linear(X, W1, b1))
    cost = miniflow.MSE(y, miniflow.Linear(hidden, W2, b2))
    starts = dict(zip(trainables, weights(), strict=True))
    graph = miniflow.topological_sort({X: None, y: None, **starts})

    def step(x: np.ndarray, labels: np.ndarray) -> float:
        X.value, y.value = x, labels
        miniflow.forward_and_backward(graph)
        miniflow.sgd_update(trainables, RATE)
        return float(cost.value)

    return step


class Sigmoid:
    """The layer that mlp has not."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        e = np.exp(-np.abs(x))
        self.value = np.where(x >= 0, 1.0, e) / (1.0 + e)
        return self.value

    def backward(self, grad: np.ndarray) -> np.ndarray:
        return grad * self.value * (1.0 - self.value)


class MeanSquare:
    """The loss that mlp has not, of one output."""

    def forward(self, a: np.ndarray, y: np.ndarray) -> float:
        self.diff = a - np.reshape(y, (-1, 1))
        return float(np.mean(np.square(self.diff)))

    def backward(self) -> np.ndarray:
        return 2.0 / len(self.diff) * self.diff


def with_mlp() -> Step:
    W1, b1, W2, b2 = weights()
    model = nn.Sequential(nn.Linear(INPUTS, HIDDEN), Sigmoid(), nn.Linear(HIDDEN, 1))
    model.layers[0].weight, model.layers[0].bias = W1, b1.reshape(1, -1)
    model.layers[2].weight, model.layers[2].bias = W2, b2.reshape(1, -1)
    loss_function, optimizer = MeanSquare(), optim.SGD(model, RATE)

    def step(x: np.ndarray, labels: np.ndarray) -> float:
        loss = loss_function.forward(model.forward(x), labels)
        model.backward(loss_function)
        optimizer.step()
        return loss

    return step


if __name__ == "__main__":
    steppers = {"miniflow": with_miniflow, "mlp": with_mlp}
    x, labels = digits()
    stepper = steppers[sys.argv[1]]()
    print(json.dumps(timed(stepper, x, labels.astype(np.float64), int(sys.argv[2]))))
