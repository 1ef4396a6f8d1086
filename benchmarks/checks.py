"""What a student waits for: `check` in a running kernel, and the first import."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from autograder.student.assignment import load
from benchmarks.classes import MODULES, Sources, make_course
from benchmarks.measure import ROOT, Figure, Row, Size, in_turns, run
from tests.support.programs import apply, known, of_mistake

IMPORTS = "%load_ext autoreload\n%autoreload 2\nfrom autograder import check"


def measure(size: Size) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        folder = make_course(Path(scratch, "course")) / "release/mlp"
        save(folder, apply({}))
        rounds = size.of(1, 5)
        with kernel(folder) as client:
            rows = [right(client, rounds), wrong(client, folder, rounds)]
        return [*rows, imports(folder, size.of(2, 9))]


def right(client: BlockingKernelClient, rounds: int) -> Row:
    questions = [q.id for q in load(ROOT, "mlp").questions]
    times, empty = [], []
    for _ in range(rounds):
        for name in questions:
            times.append(answer(client, f'check("{name}")', "ok"))
            empty.append(answer(client, "pass", "ok"))
    return latency("`check` of a right answer", times, empty)


def wrong(client: BlockingKernelClient, folder: Path, rounds: int) -> Row:
    """Return what each question takes with a mistake in it that was just saved."""
    first = {mistake.question: mistake for mistake in reversed(known("mlp"))}
    times, empty = [], []
    for _ in range(rounds):
        for name, mistake in first.items():
            save(folder, of_mistake("mlp", mistake))
            times.append(answer(client, f'check("{name}")', "error"))
            empty.append(answer(client, "pass", "ok"))
    return latency("`check` of a mistake, file just saved", times, empty)


def latency(what: str, times: list[float], empty: list[float]) -> Row:
    taken = Figure("check", 1000 * median(times), "ms")
    nothing = Figure("empty cell", 1000 * median(empty), "ms")
    return Row(what, taken, nothing, "under 100 ms", taken.value < 100)


def imports(folder: Path, rounds: int) -> Row:
    numpy, student = in_turns(
        lambda: run([sys.executable, "-c", "import numpy"], folder),
        lambda: run([sys.executable, "-c", "import numpy, autograder"], folder),
        rounds=rounds,
    )
    return Row(
        "start of Python and first import",
        Figure("numpy and autograder", student, "s"),
        Figure("numpy", numpy, "s"),
        "under 0.5 s more",
        student - numpy < 0.5,
    )


def save(folder: Path, sources: Sources) -> None:
    for name in MODULES:
        (folder / "mytorch" / f"{name}.py").write_text(sources[name], encoding="utf-8")


@contextmanager
def kernel(folder: Path) -> Iterator[BlockingKernelClient]:
    """Give a client of a new kernel in which everything is imported."""
    manager, client = start_new_kernel(cwd=str(folder))
    try:
        answer(client, IMPORTS, "ok")
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def answer(client: BlockingKernelClient, code: str, wanted: str) -> float:
    """Return the seconds until the kernel has answered; `wanted` is its status."""
    started = time.perf_counter()
    # A kernel lets go of what waits behind a cell that fails: here nothing may be lost.
    reply = client.execute(code, reply=True, timeout=60, stop_on_error=False)
    taken = time.perf_counter() - started
    content = reply["content"]
    if content["status"] != wanted:
        raise RuntimeError(f"expected {code} to end with {wanted}, got {content}")
    return taken
