"""What machine learning is made of: the way of the data, the loop, the neuron."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from docs.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    RED,
    arrow,
    box,
    chart,
    panel,
    save,
)
from mytorch.miniflow import Input, Sigmoid


def draw_all() -> None:
    """Draw every picture of this file."""
    data_to_model()
    supervised()
    neuron()
    layers()
    sigmoid()


def data_to_model() -> None:
    fig, ax = panel(9.6, 2.9)
    steps = [
        ("data", GREY), ("pre-\nprocessing", BLUE), ("batches", BLUE),
        ("model\ntraining", GREEN), ("evaluation", ORANGE), ("deployed\nmodel", PURPLE),
    ]  # fmt: skip
    at = [0.9 + 1.56 * i for i in range(len(steps))]
    for x, (text, color) in zip(at, steps, strict=True):
        box(ax, x, 1.55, text, 1.15, 0.85, color, 11)
    for left, right in pairwise(at):
        arrow(ax, (left + 0.6, 1.55), (right - 0.6, 1.55))
    ax.text((at[4] + at[5]) / 2, 2.15, "accurate\nenough", ha="center", va="bottom")
    arrow(ax, (at[4], 1.05), (at[3], 1.05), RED, bend=-0.55)
    ax.text((at[3] + at[4]) / 2, 0.3, "not yet: train on", ha="center", color=RED)
    save(fig, "miniflow", "data_to_model")


def supervised() -> None:
    fig, ax = panel(9.0, 3.6)
    box(ax, 1.2, 2.5, "features X,\ntargets y", 1.6, 0.9, GREY)
    box(ax, 3.5, 2.5, "random\nparameters W, b", 1.9, 0.9, BLUE)
    box(ax, 5.8, 2.5, "predict\nthe targets", 1.6, 0.9, GREEN)
    box(ax, 7.9, 2.5, "measure\nthe error", 1.5, 0.9, ORANGE)
    box(ax, 6.85, 0.85, "update the parameters", 2.7, 0.7, RED)
    arrow(ax, (2.02, 2.5), (2.53, 2.5))
    arrow(ax, (4.47, 2.5), (4.98, 2.5))
    arrow(ax, (6.62, 2.5), (7.13, 2.5))
    arrow(ax, (7.9, 2.03), (7.5, 1.23), RED)
    arrow(ax, (6.2, 1.23), (5.8, 2.03), RED)
    ax.text(1.2, 1.7, "each row of X\nhas its right answer", ha="center", va="top")
    ax.text(3.5, 1.7, "once, at the start", ha="center", va="top")
    ax.text(4.6, 0.85, "again and again", ha="center", va="center", color=RED)
    save(fig, "miniflow", "supervised")


def circle(
    ax: Axes, x: float, y: float, text: str, color: str, radius: float = 0.33
) -> None:
    """Draw a neuron, or a number that enters one."""
    ax.add_patch(
        Circle((x, y), radius, facecolor="white", edgecolor=color, lw=2.2, zorder=2)
    )
    ax.text(x, y, text, ha="center", va="center", fontsize=12, zorder=3)


def neuron() -> None:
    fig, ax = panel(8.2, 3.5)
    for i, y in enumerate((2.8, 1.9, 1.0), start=1):
        circle(ax, 0.9, y, f"$x_{i}$", GREY)
        end = (3.0, 1.9 + 0.28 * (2 - i))
        arrow(ax, (1.25, y), end)
        ax.text(
            2.05, (y + end[1]) / 2, f"$w_{i}$", ha="center", va="center", color=BLUE,
            fontsize=13, bbox={"facecolor": "#fcfcfa", "edgecolor": "none", "pad": 1.5},
            zorder=4,
        )  # fmt: skip
    box(ax, 3.95, 1.9, "weighted sum\n$\\Sigma\\, x_i w_i + b$", 1.8, 1.1, GREEN)
    circle(ax, 3.95, 0.65, "b", BLUE, 0.28)
    arrow(ax, (3.95, 0.95), (3.95, 1.33))
    box(ax, 6.2, 1.9, "activation\nσ", 1.3, 1.1, ORANGE)
    arrow(ax, (4.87, 1.9), (5.53, 1.9))
    arrow(ax, (6.87, 1.9), (7.6, 1.9))
    ax.text(7.25, 2.05, "output", ha="center", va="bottom")
    ax.text(2.05, 3.1, "weights", ha="center", color=BLUE)
    ax.text(4.35, 0.65, "bias", va="center", color=BLUE)
    ax.text(0.9, 0.35, "inputs", ha="center", color=GREY)
    save(fig, "miniflow", "neuron")


def layers() -> None:
    fig, ax = panel(8.2, 3.7)
    columns = [(1.2, 3, GREY), (3.6, 4, GREEN), (6.0, 1, ORANGE)]
    middle, step = 2.15, 0.72
    spots = [
        [(x, middle + step * ((n - 1) / 2 - i)) for i in range(n)]
        for x, n, _ in columns
    ]
    for left, right in pairwise(spots):
        for a in left:
            for b in right:
                ax.plot([a[0], b[0]], [a[1], b[1]], color=BLUE, lw=1.0, zorder=1)
    for (_, _, color), column in zip(columns, spots, strict=True):
        for x, y in column:
            circle(ax, x, y, "", color, 0.25)
    for x, text in (1.2, "input layer"), (3.6, "hidden layer"), (6.0, "output layer"):
        ax.text(x, 0.35, text, ha="center")
    ax.text(2.4, 3.3, "a weight on\nevery line", ha="center", va="center", color=BLUE)
    arrow(ax, (6.3, middle), (6.8, middle))
    ax.text(6.9, middle, "prediction", va="center")
    save(fig, "miniflow", "layers")


def sigmoid() -> None:
    x, ticks = Input("x"), np.linspace(-8, 8, 321)
    node = Sigmoid(x)
    x.value = ticks
    node.forward()
    fig, _ = panel(7.4, 3.4)
    ax = chart(fig, 0.8, 0.75, 6.2, 2.3)
    ax.plot(ticks, node.value, color=BLUE, lw=2.4)
    ax.plot(ticks, node.value * (1 - node.value), color=RED, lw=2.0, ls="--")
    ax.axhline(1.0, color=GREY, lw=0.8, ls=":")
    ax.text(3.2, 0.82, "S(x)", color=BLUE, fontsize=13)
    ax.text(2.6, 0.14, "its slope S(x)(1 - S(x))", color=RED, fontsize=12)
    ax.set_xlabel("x", color=INK)
    ax.set_yticks([0.0, 0.25, 0.5, 1.0])
    ax.set_ylim(-0.03, 1.06)
    save(fig, "miniflow", "sigmoid")
