"""docs/benchmarks.md and its picture, written from what was measured."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import ROOT, Row, Size, short

PAGE = ROOT / "docs/benchmarks.md"
PICTURE = "benchmarks.png"
PACKAGES = ("numpy", "nbgrader", "nbconvert", "ipykernel", "SQLAlchemy")
HEAD = "| what | A | B | A / B | goal | reached |\n|---|---|---|---|---|---|"
SIZES = {
    Size.QUICK: "This was a **quick run**, to try the programs out: its classes are "
    "too small, and its figures worth nothing.",
    Size.USUAL: "",
    Size.FULL: "This was a full run, with 10,000 submissions graded end to end.",
}
TITLES = {
    "stock": (
        "Against stock nbgrader",
        "The same notebook (imports and the nine graded cells of mlp, no training) and "
        "the same class, from the folders to a scored gradebook and autograded "
        "notebooks. In stock nbgrader the graded cells run `check` in a kernel, with "
        "the released files beside the notebook; it sees visible cases only, and "
        "isolates nothing. Ours runs all hidden cases too, confined. A small class "
        "pays mostly for the start of the program, so the second row of each pair "
        "takes the time of a run with one submission away. `nbgrader autograde` "
        "judges one after another; `autograder grade` judges ahead.",
    ),
    "floor": (
        "What isolation costs",
        "Judging alone, from the bytes of the modules to all verdicts: confined, "
        "against the same cases, driven and marked, in a single process with no "
        "isolation whatever. Both gave the same verdicts. Half of the class has "
        "everything right, a quarter a known mistake, a quarter is half done. The last "
        "row leaves out all layers but the limits: what costs is a process for each "
        "submission (its fork, its pages, its end) and the way of each array to it and "
        "back, not the layers that confine it.",
    ),
    "hostile": (
        "Endless loops",
        "A loop costs its limit of two seconds of computing time, once for each "
        "question that asks for it, and a quarter of that where it is only rehearsed. "
        "So a few of them cost more than all others together; other jobs go on "
        "meanwhile.",
    ),
    "scaling": (
        "Growing classes",
        "`autograder grade --jobs 2` from folders to the scored gradebook, with the "
        "full notebook. Afterwards the gradebook was asked: every submission was "
        "there, with every score. Memory is the peak of "
        "the grader's own process while it grades; what importing nbgrader takes for "
        "a moment before that, and what each process takes that judges, stand in the "
        "last rows.",
    ),
    "releases": (
        "Making a release",
        "The same notebooks through nbgrader as it comes, which neither cuts stubs nor "
        "works out what must not leak. The gradebook is there already.",
    ),
    "checks": (
        "What a student waits for",
        "From asking a running kernel to its answer, median over the questions of "
        "mlp. An empty cell shows what the kernel itself takes.",
    ),
    "training": (
        "Training steps",
        "The reference mlp on scikit-learn's digits, against the same written out in "
        "numpy by hand and against PyTorch on the CPU: float64, one thread each, the "
        "same weights and batches, and the same loss in the end. Arrays this small "
        "are cheap to compute, so this compares what each call costs besides, and says "
        "nothing about large networks.",
    ),
    "graphs": (
        "miniflow against mlp",
        "The same network, weights and data; the same loss in the end. miniflow walks "
        "its graph and works out gradients of inputs and labels too, which nobody "
        "asks for.",
    ),
}


def write(results: dict[str, list[Row]], size: Size) -> str:
    """Write the page and its picture; return what was written."""
    from benchmarks.picture import draw

    words = draw(results, PAGE.with_name(PICTURE))
    parts = ["# Benchmarks", opening(results, size), f"![{words}]({PICTURE})"]
    for name, rows in results.items():
        title, text = TITLES[name]
        parts += [f"## {title}", text, table(rows)]
    PAGE.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return f"wrote {PAGE.relative_to(ROOT)} and {PICTURE}"


def opening(results: dict[str, list[Row]], size: Size) -> str:
    rows = [row for each in results.values() for row in each]
    missed = [row.what for row in rows if row.reached is False]
    reached = f"Goals reached: {sum(row.reached is True for row in rows)} of "
    reached += f"{sum(row.reached is not None for row in rows)}."
    if missed:
        reached += f" Missed: {'; '.join(missed)}."
    text = (
        "Written by `make bench` (`.venv/bin/python -m benchmarks`, with `--full` for "
        "10,000 submissions). Every row compares two things that took turns in one "
        "run, A B A B, on one machine, by their medians. The ratios are what counts: "
        "a machine that is slow for a while is slow for both. Nothing here is a "
        "test, and no test asks how long something takes."
    )
    return "\n\n".join(part for part in (text, SIZES[size], machine(), reached) if part)


def machine() -> str:
    """Return on what all of this was measured, and when."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{date.today()}; {processor()}, {os.cpu_count()} cores; {platform.system()} "
        f"{platform.release()}; Python {platform.python_version()}, {versions}."
    )


def processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text().splitlines() if path.exists() else []
    names = [line.split(":")[1].strip() for line in lines if "model name" in line]
    return names[0] if names else platform.machine()


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table in Markdown."""
    words = {True: "yes", False: "**no**", None: ""}
    lines = [
        f"| {row.what} | {row.a} | {row.b} | {short(row.ratio)} | {row.goal} "
        f"| {words[row.reached]} |"
        for row in rows
    ]
    return "\n".join([HEAD, *lines])
