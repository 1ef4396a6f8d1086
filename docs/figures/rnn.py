"""The pictures of the rnn notebook: `python -m docs.figures.rnn` draws them all."""

from __future__ import annotations

import itertools

from matplotlib.axes import Axes

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
    panel,
    save,
)

COLUMNS = (2.3, 4.5, 6.7)
ROWS = (1.45, 2.75)


def cells(ax: Axes) -> None:
    """Draw two layers of cells at three steps, without arrows."""
    for layer, y in enumerate(ROWS):
        for x in COLUMNS:
            box(ax, x, y, f"cell {layer}", 1.0, 0.6, BLUE if layer == 0 else GREEN)
    for t, x in enumerate(COLUMNS):
        ax.text(x, 0.5, f"x[:, {t}]", ha="center", va="center", fontsize=11.5)
        ax.text(x, 3.72, f"output[:, {t}]", ha="center", va="center", fontsize=11.5)


def rnn_forward() -> None:
    fig, ax = panel(9.2, 4.3)
    cells(ax)
    for layer, y in enumerate(ROWS):
        ax.text(0.75, y, f"h_0[{layer}]", ha="center", va="center", fontsize=11.5)
        ax.text(8.4, y, f"h_n[{layer}]", ha="center", va="center", fontsize=11.5)
        ends = [1.15, *COLUMNS, 8.5]
        for left, right in itertools.pairwise(ends):
            start = left if left == ends[0] else left + 0.52
            end = 7.95 if right == ends[-1] else right - 0.52
            arrow(ax, (start, y), (end, y), INK)
    for x in COLUMNS:
        arrow(ax, (x, 0.68), (x, ROWS[0] - 0.32), GREY)
        arrow(ax, (x, ROWS[0] + 0.32), (x, ROWS[1] - 0.32), GREY)
        arrow(ax, (x, ROWS[1] + 0.32), (x, 3.52), GREY)
    save(fig, "rnn", "rnn_forward")


def rnn_backward() -> None:
    fig, ax = panel(9.2, 4.3)
    cells(ax)
    for y in ROWS:
        for left, right in itertools.pairwise(COLUMNS):
            arrow(ax, (right - 0.52, y), (left + 0.52, y), RED, dashed=True)
        arrow(ax, (COLUMNS[0] - 0.52, y), (1.0, y), RED, dashed=True)
        ax.text(7.55, y, "0 from the\nstep after", va="center", fontsize=10.5)
    for x in COLUMNS:
        arrow(ax, (x, 3.52), (x, ROWS[1] + 0.32), PURPLE, dashed=True)
        arrow(ax, (x, ROWS[1] - 0.32), (x, ROWS[0] + 0.32), PURPLE, dashed=True)
        arrow(ax, (x, ROWS[0] - 0.32), (x, 0.68), PURPLE, dashed=True)
    for layer, y in enumerate(ROWS):
        ax.text(0.6, y, f"h_0[{layer}]", ha="center", va="center", fontsize=11.5)
    ax.text(7.55, 3.72, "grad comes in", va="center", fontsize=10.5)
    ax.text(7.55, 0.5, "goes out", va="center", fontsize=10.5)
    save(fig, "rnn", "rnn_backward")


def gru_cell() -> None:
    fig, ax = panel(9.2, 3.5)
    box(ax, 1.2, 2.55, "h_prev", 1.1, 0.6, GREY)
    box(ax, 1.2, 0.95, "x", 1.1, 0.6, GREY)
    box(ax, 3.35, 2.55, "q = W_hn h + b_hn", 2.0, 0.6, BLUE, 10.5)
    box(ax, 3.35, 0.95, "W_in x + b_in", 2.0, 0.6, BLUE, 10.5)
    box(ax, 5.35, 1.75, "n", 0.7, 0.6, GREEN)
    box(ax, 7.9, 1.75, "h_t", 0.9, 0.6, INK)
    arrow(ax, (1.77, 2.55), (2.33, 2.55))
    arrow(ax, (1.77, 0.95), (2.33, 0.95))
    arrow(ax, (4.37, 2.4), (5.0, 1.95))
    arrow(ax, (4.37, 1.1), (5.0, 1.55))
    arrow(ax, (5.72, 1.75), (7.43, 1.75))
    arrow(ax, (1.2, 2.87), (7.9, 2.07), bend=-0.22)
    ax.text(4.62, 2.47, "times r", fontsize=11.5, color=ORANGE, weight="bold")
    ax.text(5.83, 1.4, "times 1 − z", fontsize=11.5, color=PURPLE, weight="bold")
    ax.text(7.05, 2.95, "times z", fontsize=11.5, color=PURPLE, weight="bold")
    ax.text(5.35, 1.22, "tanh", ha="center", fontsize=10, color=GREY)
    ax.text(
        4.6,
        0.32,
        "r and z lie between 0 and 1; each is computed from x and h_prev",
        ha="center",
        fontsize=11,
        color=GREY,
    )
    save(fig, "rnn", "gru_cell")


def lstm_cell() -> None:
    fig, ax = panel(9.2, 3.9)
    box(ax, 1.2, 2.9, "c_prev", 1.1, 0.6, GREY)
    box(ax, 1.2, 1.2, "x, h_prev", 1.3, 0.6, GREY, 11)
    box(ax, 3.3, 1.2, "g", 0.7, 0.6, GREEN)
    box(ax, 5.0, 2.9, "c_t", 0.9, 0.6, INK)
    box(ax, 7.9, 1.2, "h_t", 0.9, 0.6, INK)
    arrow(ax, (1.77, 2.9), (4.53, 2.9))
    arrow(ax, (5.47, 2.9), (8.8, 2.9))
    arrow(ax, (1.87, 1.2), (2.93, 1.2))
    arrow(ax, (3.67, 1.32), (4.75, 2.58))
    arrow(ax, (5.25, 2.58), (7.43, 1.32))
    ax.text(2.8, 3.04, "times f", fontsize=11.5, color=ORANGE, weight="bold")
    ax.text(4.3, 1.75, "times i", fontsize=11.5, color=BLUE, weight="bold")
    ax.text(6.45, 2.05, "tanh, times o", fontsize=11.5, color=PURPLE, weight="bold")
    ax.text(2.4, 1.32, "tanh", ha="center", fontsize=10, color=GREY)
    ax.text(7.2, 3.04, "to the next step", fontsize=10, color=GREY)
    ax.text(
        4.6,
        0.4,
        "i, f and o lie between 0 and 1; each is computed from x and h_prev",
        ha="center",
        fontsize=11,
        color=GREY,
    )
    save(fig, "rnn", "lstm_cell")


if __name__ == "__main__":
    rnn_forward()
    rnn_backward()
    gru_cell()
    lstm_cell()
