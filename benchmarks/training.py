"""Training steps of the reference mlp on digits, against numpy by hand and PyTorch.

All start from the same weights, see the same batches, work in float64 with one
thread, and must come to the same loss. Each is a process of its own:

    python -m benchmarks.training WHO FOLDER STEPS

PyTorch is measured where it can be imported: by the Python that runs this, or by the
one that BENCH_TORCH_PYTHON names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.measure import Figure, Row, Size, medians, run
from mytorch import nn, optim

BATCH, INPUTS, HIDDEN, CLASSES, RATE = 32, 64, 64, 10, 0.05
Step = Callable[[np.ndarray, np.ndarray], float]


def measure(size: Size) -> list[Row]:
    steps = size.of(200, 5000)
    losses: dict[str, float] = {}
    names = {"mlp": "mlp", "numpy": "numpy by hand"}
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = Path(scratch)
        write_data(folder)

        def rate(who: str, python: str) -> float:
            module = "benchmarks.training_torch" if who == "torch" else __name__
            said = json.loads(run([python, "-m", module, who, folder, str(steps)]))
            losses[who] = said["loss"]
            names.setdefault(who, f"PyTorch {said.get('version')}")
            return float(said["rate"])

        pythons = {"mlp": sys.executable, "numpy": sys.executable}
        if found := python_with_torch():
            pythons["torch"] = found
        rates = medians(
            *[lambda w=who, p=path: rate(w, p) for who, path in pythons.items()],
            rounds=size.of(1, 5),
        )
    spread = max(losses.values()) - min(losses.values())
    assert spread < 1e-9, f"expected one loss, got {losses}"
    figures = [
        Figure(names[who], rate, "steps/s")
        for who, rate in zip(pythons, rates, strict=True)
    ]
    what = f"training on digits, {INPUTS}-{HIDDEN}-{CLASSES}, batches of {BATCH}"
    return [Row(what, figures[0], other) for other in figures[1:]]


def python_with_torch() -> str:
    """Return a Python that can import torch, or "" if none is known."""
    python = os.environ.get("BENCH_TORCH_PYTHON", sys.executable)
    asked = subprocess.run([python, "-c", "import torch"], capture_output=True)
    if asked.returncode:
        print("  left out: PyTorch, set BENCH_TORCH_PYTHON", file=sys.stderr)
    return "" if asked.returncode else python


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return the digits (n, 64) and their labels (n,), as many as fill batches."""
    from sklearn.datasets import load_digits

    data = load_digits()
    n = len(data.target) // BATCH * BATCH
    return (data.data[:n] - data.data.mean()) / 8, data.target[:n]


def weights() -> list[np.ndarray]:
    """Return the weight and the bias of both layers at the start."""
    rng = np.random.default_rng(0)
    sizes = (INPUTS, HIDDEN, CLASSES)
    found = []
    for i, o in pairwise(sizes):
        found += [rng.normal(0, np.sqrt(2 / i), (i, o)), np.zeros((1, o))]
    return found


def write_data(folder: Path) -> None:
    """Write what PyTorch needs as raw bytes: no numpy is asked of its Python."""
    x, labels = digits()
    x.tofile(folder / "x")
    labels.astype(np.int64).tofile(folder / "labels")
    for number, array in enumerate(weights()):
        array.tofile(folder / f"weight-{number}")


def with_mlp() -> Step:
    W1, b1, W2, b2 = weights()
    model = nn.Sequential(
        nn.Linear(INPUTS, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, CLASSES)
    )
    model.layers[0].weight, model.layers[0].bias = W1, b1
    model.layers[2].weight, model.layers[2].bias = W2, b2
    loss_function, optimizer = nn.CrossEntropyLoss(), optim.SGD(model, RATE)

    def step(x: np.ndarray, labels: np.ndarray) -> float:
        loss = loss_function.forward(model.forward(x), labels)
        model.backward(loss_function)
        optimizer.step()
        return loss

    return step


def by_hand() -> Step:
    W1, b1, W2, b2 = weights()
    rows = np.arange(BATCH)

    def step(x: np.ndarray, labels: np.ndarray) -> float:
        h = x @ W1 + b1
        a = np.maximum(h, 0)
        z = a @ W2 + b2
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        total = p.sum(axis=1, keepdims=True)
        loss = (np.log(total[:, 0]) - z[rows, labels]).mean()
        p /= total
        p[rows, labels] -= 1
        p /= BATCH
        grad = p @ W2.T
        grad *= h > 0
        W2[:] -= RATE * (a.T @ p)
        b2[:] -= RATE * p.sum(axis=0)
        W1[:] -= RATE * (x.T @ grad)
        b1[:] -= RATE * grad.sum(axis=0)
        return float(loss)

    return step


def timed(
    step: Step, x: np.ndarray, labels: np.ndarray, steps: int
) -> dict[str, float]:
    """Return steps per second, and the loss of the last step."""
    batches = [
        (x[i : i + BATCH], labels[i : i + BATCH]) for i in range(0, len(x), BATCH)
    ]
    started = perf_counter()
    for number in range(steps):
        loss = step(*batches[number % len(batches)])
    return {"rate": steps / (perf_counter() - started), "loss": loss}


if __name__ == "__main__":
    steppers = {"mlp": with_mlp, "numpy": by_hand}
    print(json.dumps(timed(steppers[sys.argv[1]](), *digits(), int(sys.argv[3]))))
