"""How everything here is measured: in turns, medians, and a ratio of the two."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")}


class Size(Enum):
    """How much is measured: to try it out, for the page, with 10,000 submissions."""

    QUICK = 0
    USUAL = 1
    FULL = 2

    def of(self, quick: int, usual: int, full: int | None = None) -> int:
        """Return the number that belongs to this size."""
        return (quick, usual, usual if full is None else full)[self.value]


@dataclass(frozen=True)
class Figure:
    """One measured number, by name."""

    name: str
    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.name}: {short(self.value)} {self.unit}"


@dataclass(frozen=True)
class Row:
    """Two figures side by side; `reached` is None where there is no goal."""

    what: str
    a: Figure
    b: Figure
    goal: str = ""
    reached: bool | None = None

    @property
    def ratio(self) -> float:
        """A divided by B."""
        return self.a.value / self.b.value if self.b.value else float("nan")


def short(value: float) -> str:
    """Return a number with three digits, or all that stand before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def in_turns(*actions: Callable[[], object], rounds: int) -> list[float]:
    """Return the median seconds of each action, all done once in every round.

    What is slow about the machine for a while is slow for all of them.
    """
    return medians(*[lambda a=a: seconds(a) for a in actions], rounds=rounds)


def medians(*measures: Callable[[], float], rounds: int) -> list[float]:
    """Return the median of each measure, all taken once in every round."""
    taken = [[measure() for measure in measures] for _ in range(rounds)]
    return [statistics.median(values) for values in zip(*taken, strict=True)]


def seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def run(arguments: Sequence[str | Path], cwd: Path = ROOT) -> str:
    """Run a program, with one thread for each process; return what it printed."""
    done = subprocess.run(
        [str(argument) for argument in arguments],
        cwd=cwd,
        text=True,
        capture_output=True,
        env={**os.environ, **ONE_THREAD, "PYTHONWARNINGS": "ignore"},
    )
    if done.returncode:
        command = " ".join(map(str, arguments))
        raise RuntimeError(f"{command} failed: {(done.stdout + done.stderr)[-3000:]}")
    return done.stdout
