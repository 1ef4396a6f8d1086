"""PyTorch's part of training.py: needs torch and nothing else of this project.

python -m benchmarks.training_torch torch FOLDER STEPS
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from time import perf_counter

warnings.filterwarnings("ignore")  # torch misses numpy, and does not need it here

import torch  # noqa: E402

BATCH, RATE = 32, 0.05


def main(folder: Path, steps: int) -> dict[str, float]:
    """Return steps per second, and the loss of the last step."""
    torch.set_num_threads(1)
    x = read(folder / "x", torch.float64).view(-1, 64)
    labels = read(folder / "labels", torch.int64)
    model = torch.nn.Sequential(
        torch.nn.Linear(64, 64), torch.nn.ReLU(), torch.nn.Linear(64, 10)
    ).double()
    with torch.no_grad():
        for number, parameter in enumerate(model.parameters()):
            given = read(folder / f"weight-{number}", torch.float64)
            # Here a weight is (I, O), there (O, I).
            turned = given.view(parameter.shape[::-1]).T
            parameter.copy_(turned)
    loss_function = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    batches = list(zip(x.split(BATCH), labels.split(BATCH), strict=True))
    started = perf_counter()
    for number in range(steps):
        rows, wanted = batches[number % len(batches)]
        optimizer.zero_grad()
        loss = loss_function(model(rows), wanted)
        loss.backward()
        optimizer.step()
        value = loss.item()
    return {"rate": steps / (perf_counter() - started), "loss": value}


def read(path: Path, dtype: torch.dtype) -> torch.Tensor:
    return torch.frombuffer(bytearray(path.read_bytes()), dtype=dtype)


if __name__ == "__main__":
    taken = main(Path(sys.argv[2]), int(sys.argv[3]))
    print(json.dumps(taken | {"version": torch.__version__}))
