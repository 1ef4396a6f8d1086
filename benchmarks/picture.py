"""The picture of docs/benchmarks.md: what a submission costs, how classes grow."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from benchmarks.measure import Row, short
from benchmarks.scaling import EACH, PEAK

# From Okabe and Ito, told apart by everybody.
BLUE, ORANGE = "#0072B2", "#D55E00"


def draw(results: dict[str, list[Row]], path: Path) -> str:
    """Write the picture, and return what it shows in words."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    words = f"Left: {bars(left, results)}. Right: {growth(right, results)}."
    figure.savefig(path, dpi=120, metadata={"Software": None})
    plt.close(figure)
    return words


def bars(ax: Axes, results: dict[str, list[Row]]) -> str:
    """Draw the milliseconds that one submission costs; return them in words."""
    plain, ahead = results["stock"][1], results["stock"][3]
    alone = results["floor"][1].b
    costs = {
        "stock nbgrader": plain.a.value,
        "nbgrader autograde": plain.b.value,
        "autograder grade": ahead.b.value,
        "judging alone": 1000 / alone.value,
    }
    # A quick run may find no difference between a class and its start.
    costs = {name: cost for name, cost in costs.items() if cost > 0}
    names = list(costs)[::-1]
    drawn = ax.barh(names, [costs[name] for name in names], color=BLUE)
    drawn[-1].set_color(ORANGE)
    ax.bar_label(drawn, [f"{short(costs[name])} ms" for name in names], padding=3)
    ax.set_xscale("log")
    ax.set_xlim(0.5 * min(costs.values()), 20 * max(costs.values()))
    ax.set_title("one submission costs (ms, log scale)", fontsize=10)
    told = ", ".join(f"{name} {short(cost)} ms" for name, cost in costs.items())
    return f"what one submission costs on two cores: {told}"


def growth(ax: Axes, results: dict[str, list[Row]]) -> str:
    """Draw time and memory against the size of the class; return them in words."""
    rows = results["scaling"]
    each = points([row for row in rows if row.what.startswith(EACH)])
    peak = points([row for row in rows if row.what.startswith(PEAK)])
    ax.plot(list(each), list(each.values()), "o-", color=BLUE)
    ax.set_xscale("log")
    ax.set_xticks(list(each), [f"{size:,}" for size in each])
    ax.set_xticks([], minor=True)
    ax.set_ylim(0, 1.2 * max(each.values()))
    ax.set_ylabel("ms each", color=BLUE)
    ax.set_xlabel("submissions")
    memory = ax.twinx()
    memory.plot(list(peak), list(peak.values()), "s--", color=ORANGE)
    memory.set_ylim(0, 2 * max(peak.values()))
    memory.set_ylabel("peak memory, MiB", color=ORANGE)
    ax.set_title("classes that grow", fontsize=10)
    told = ", ".join(
        f"{size:,} submissions {short(ms)} ms each and {short(peak[size])} MiB"
        for size, ms in each.items()
    )
    return f"how classes grow: {told}"


def points(rows: list[Row]) -> dict[int, float]:
    """Return the values of rows that each compare a class with the one before."""
    found = {}
    for row in rows:
        for figure in (row.b, row.a):
            found[int(figure.name.replace(",", ""))] = figure.value
    return found
