"""Which pictures does a class report have? PNG, in colours that all can tell apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

# Blue, orange and grey differ in lightness too.
FULL, PART, NONE = "#0072b2", "#e69f00", "#c8c8c8"
WIDTH = 5.2  # inches: what is written stays readable on a phone


def scores(percents: Sequence[float]) -> bytes:
    """Return a histogram of the scores, in steps of 10 %."""
    figure, axes = _new(2.6)
    counts, edges = histogram(percents)
    bars = axes.bar(edges[:-1] + 5, counts, width=9, color=FULL)
    axes.bar_label(bars, labels=[str(n) if n else "" for n in counts])
    axes.set_xticks(edges, [f"{edge:.0f}" for edge in edges])
    axes.set_ylabel("submissions")
    axes.set_xlabel("score in percent")
    axes.margins(y=0.15)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    return _png(figure)


def histogram(percents: Sequence[float]) -> tuple[list[int], np.ndarray]:
    """Return how many scores lie in each step of 10 %, and the ends of the steps."""
    counts, edges = np.histogram(percents, bins=10, range=(0, 100))
    return [int(count) for count in counts], edges


def questions(shares: Mapping[str, tuple[int, int, int]]) -> bytes:
    """Return a bar per question: how many have full points, a part, none."""
    figure, axes = _new(0.9 + 0.3 * len(shares))
    names = list(shares)
    left = np.zeros(len(names))
    for i, (label, colour) in enumerate(
        (("full points", FULL), ("a part", PART), ("none", NONE))
    ):
        counts = np.array([shares[name][i] for name in names])
        bars = axes.barh(names, counts, left=left, color=colour, label=label)
        words = [str(n) if n else "" for n in counts]
        ink = "white" if colour == FULL else "black"
        axes.bar_label(bars, labels=words, label_type="center", color=ink)
        left += counts
    axes.invert_yaxis()
    axes.margins(y=0.02)
    axes.set_xlabel("submissions")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(loc="outside upper center", ncols=3, frameon=False)
    return _png(figure)


def cases(rates: Mapping[str, Sequence[float]]) -> bytes:
    """Return a grid: for each question the share that passed each of its cases.

    The darker, the fewer passed.
    """
    figure, axes = _new(0.8 + 0.3 * len(rates))
    longest = max((len(row) for row in rates.values()), default=0)
    grid = np.full((len(rates), longest), np.nan)
    for i, row in enumerate(rates.values()):
        grid[i, : len(row)] = row
    axes.imshow(grid, cmap=colormaps["Blues_r"], vmin=0, vmax=1, aspect="auto")
    for (i, j), rate in np.ndenumerate(grid):
        if not np.isnan(rate):
            ink = "black" if rate > 0.5 else "white"
            axes.text(j, i, f"{100 * rate:.0f}", ha="center", va="center", color=ink)
    axes.set_yticks(range(len(rates)), list(rates))
    axes.set_xticks(range(longest), [str(i + 1) for i in range(longest)])
    axes.set_xlabel("percentage that passed each case")
    axes.spines[:].set_visible(False)
    return _png(figure)


def _new(height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH, height), layout="constrained", facecolor="white")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_axisbelow(True)
    return figure, axes


def _png(figure: Figure) -> bytes:
    file = BytesIO()
    figure.savefig(file, format="png", dpi=150)
    return file.getvalue()
