"""The three steps of training, and how a gradient travels."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from docs.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    PURPLE,
    RED,
    arrow,
    box,
    chart,
    panel,
    save,
)

LAYERS = (("Linear", 2.35, BLUE), ("ReLU", 3.85, GREEN), ("Linear", 5.35, BLUE))


def draw_all() -> None:
    """Draw every picture of this file."""
    training_forward()
    training_backward()
    training_step()
    training_summary()
    chain_rule()


def pipeline(ax: Axes, y: float) -> None:
    """Draw the boxes that forward and backward share: input, network, loss."""
    box(ax, 0.75, y, "input\nx", 0.9, 0.8, GREY)
    for name, x, color in LAYERS:
        box(ax, x, y, name, 1.05, 0.7, color)
    box(ax, 7.35, y, "loss\nfunction", 1.15, 0.8, PURPLE)
    ax.plot(
        [1.65, 6.05, 6.05, 1.65, 1.65],
        [y + 0.6, y + 0.6, y - 0.6, y - 0.6, y + 0.6],
        color=GREY,
        linewidth=1.0,
        linestyle=":",
    )
    ax.text(3.85, y + 0.7, "network (Sequential)", ha="center", color=GREY, fontsize=11)


def training_forward() -> None:
    fig, ax = panel(8.8, 2.6)
    ax.text(0.3, 2.2, "1  Forward: compute an answer and how wrong it is", fontsize=13)
    y = 1.2
    pipeline(ax, y)
    ends = [1.22, 1.8, 2.9, 3.3, 4.4, 4.8]
    for left, right in zip(ends[::2], ends[1::2], strict=True):
        arrow(ax, (left, y), (right, y))
    arrow(ax, (5.9, y), (6.75, y))
    ax.text(6.4, y + 0.12, "logits", ha="center", fontsize=10.5)
    arrow(ax, (7.35, 0.42), (7.35, 0.78))
    ax.text(7.2, 0.42, "labels", ha="right", va="center", fontsize=11)
    arrow(ax, (7.95, y), (8.3, y))
    ax.text(8.33, y + 0.2, "loss", ha="center", fontsize=11)
    save(fig, "mlp", "training_forward")


def training_backward() -> None:
    fig, ax = panel(8.8, 2.9)
    ax.text(0.3, 2.5, "2  Backward: ask, from the end, who is to blame", fontsize=13)
    y = 1.5
    pipeline(ax, y)
    for start, end in [(6.75, 5.9), (4.8, 4.4), (3.3, 2.9)]:
        arrow(ax, (start, y), (end, y), RED, dashed=True)
    ax.text(6.4, y + 0.12, "gradient", ha="center", fontsize=10.5)
    for x in (2.35, 5.35):
        arrow(ax, (x, y - 0.37), (x, 0.66), RED, dashed=True)
        ax.text(
            x,
            0.44,
            "stores grad_weight\nand grad_bias",
            ha="center",
            va="center",
            fontsize=10.5,
        )
    ax.text(7.35, 0.44, "starts here", ha="center", va="center", fontsize=10.5)
    save(fig, "mlp", "training_backward")


def training_step() -> None:
    fig, ax = panel(8.0, 3.1)
    ax.text(0.3, 2.7, "3  Step: move every weight a little, downhill", fontsize=13)
    box(ax, 0.95, 1.7, "old\nweight", 1.0, 0.75, BLUE)
    ax.text(1.75, 1.7, "−", fontsize=18, ha="center", va="center")
    box(ax, 2.75, 1.7, "lr · gradient", 1.5, 0.75, RED)
    arrow(ax, (1.95, 1.25), (1.95, 0.85))
    box(ax, 1.95, 0.5, "new weight", 1.5, 0.5, BLUE)
    plot = chart(fig, 4.5, 0.65, 3.1, 1.85)
    w = np.linspace(-0.5, 3.2, 100)
    plot.plot(w, (w - 2) ** 2 + 0.5, color=INK, linewidth=2)
    plot.plot([-0.1, 0.85], [4.66, 1.62], color=RED, linewidth=1.6, linestyle="--")
    plot.annotate(
        "",
        (1.3, 0.99),
        (0.4, 3.06),
        arrowprops={"arrowstyle": "-|>", "color": BLUE, "linewidth": 2.2},
    )
    plot.plot([0.4, 1.3], [3.06, 0.99], "o", color=BLUE, markersize=8)
    plot.text(0.62, 3.1, "old", fontsize=11)
    plot.text(1.18, 1.6, "new", fontsize=11)
    plot.text(-0.45, 0.45, "slope =\ngradient", fontsize=10.5, color=RED)
    plot.set(xlabel="one weight", ylabel="loss", xticks=[], yticks=[], ylim=(0, 5.4))
    save(fig, "mlp", "training_step")


def training_summary() -> None:
    fig, ax = panel(7.2, 3.3)
    places = [(1.4, 2.45), (5.8, 2.45), (3.6, 0.72)]
    texts = [
        "1  forward\nanswer and loss",
        "2  backward\ngradients",
        "3  step\nbetter weights",
    ]
    for (x, y), text, color in zip(places, texts, (BLUE, RED, GREEN), strict=True):
        box(ax, x, y, text, 1.9, 0.85, color)
    arrow(ax, (2.45, 2.45), (4.75, 2.45), bend=-0.15)
    arrow(ax, (5.5, 1.95), (4.65, 0.9), bend=-0.2)
    arrow(ax, (2.55, 0.9), (1.7, 1.95), bend=-0.2)
    ax.text(
        3.6,
        1.65,
        "again for every batch,\nuntil the loss is small",
        ha="center",
        va="center",
        fontsize=11.5,
    )
    save(fig, "mlp", "training_summary")


def chain_rule() -> None:
    """A chain of two functions: u = 3x, then L = (u - 4) squared, at x = 2."""
    fig, ax = panel(8.0, 2.8)
    y = 1.5
    box(ax, 2.3, y, "u = 3 x", 1.4, 0.75, BLUE)
    box(ax, 5.4, y, "L = (u − 4)²", 1.7, 0.75, PURPLE)
    for left, right, text in [
        (0.5, 1.55, "x = 2"),
        (3.05, 4.5, "u = 6"),
        (6.3, 7.4, "L = 4"),
    ]:
        arrow(ax, (left, y + 0.18), (right, y + 0.18))
        ax.text((left + right) / 2, y + 0.32, text, ha="center", fontsize=12)
    for right, left, text in [(4.5, 3.05, "dL/du = 4"), (1.55, 0.5, "dL/dx = 12")]:
        arrow(ax, (right, y - 0.2), (left, y - 0.2), RED, dashed=True)
        ax.text((left + right) / 2, y - 0.5, text, ha="center", fontsize=12, color=RED)
    ax.text(2.3, y + 0.55, "slope 3", ha="center", fontsize=11, color=GREY)
    ax.text(5.4, y + 0.55, "slope 2 (u − 4) = 4", ha="center", fontsize=11, color=GREY)
    ax.text(
        4.0,
        0.42,
        "one step back multiplies by one more slope: 4 · 3 = 12",
        ha="center",
        fontsize=12,
    )
    save(fig, "mlp", "chain_rule")
