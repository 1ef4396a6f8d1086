"""The pictures of the attention notebook: `python -m docs.figures.attention`."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from docs.figures.matrices import matrix, sign
from docs.figures.style import BLUE, GREY, INK, ORANGE, SKY, arrow, panel, save
from mytorch import attention
from mytorch.attention import Array


def grid(
    ax: Axes, left: float, top: float, mask: Array, name: str, rows: list[str]
) -> None:
    """Draw a mask: a dark square with a cross where nobody may look."""
    cell = 0.42
    for i, j in np.ndindex(*mask.shape):
        x, y = left + j * cell, top - (i + 1) * cell
        face = INK if mask[i, j] else "white"
        ax.add_patch(
            Rectangle((x, y), cell, cell, facecolor=face, edgecolor=GREY, zorder=2)
        )
        if mask[i, j]:
            middle = x + cell / 2, y + cell / 2
            ax.text(*middle, "×", color="white", ha="center", va="center", zorder=3)
    for i, text in enumerate(rows):
        y = top - (i + 0.5) * cell
        ax.text(left - 0.12, y, text, ha="right", va="center", fontsize=10, color=INK)
    for j in range(mask.shape[1]):
        x = left + (j + 0.5) * cell
        ax.text(x, top + 0.1, str(j), ha="center", fontsize=10, color=GREY)
    middle_x = left + mask.shape[1] * cell / 2
    ax.text(middle_x, top + 0.42, name, ha="center", fontsize=12.5, color=INK)


def masks() -> None:
    """A causal mask, a padding mask, and both together."""
    fig, ax = panel(9.4, 3.1)
    causal, pads = attention.causal_mask(4), attention.pad_mask([2, 4, 1], 4)
    queries = [f"query {t}" for t in range(4)]
    grid(ax, 1.25, 2.35, causal, "causal_mask(4)", queries)
    lengths = [f"length {n}" for n in (2, 4, 1)]
    grid(ax, 4.35, 2.35, pads, "pad_mask([2, 4, 1], 4)", lengths)
    grid(ax, 7.3, 2.35, causal | pads[0], "both, first sequence", queries)
    ax.text(4.7, 0.35, "columns: keys", ha="center", fontsize=10, color=GREY)
    save(fig, "attention", "masks")


def look() -> None:
    """One query: scores, weights, values and their mean."""
    fig, ax = panel(10.2, 3.0)
    scores = np.array([[2.1, 0.7, -0.7, 1.4]])
    weights = attention.Softmax().forward(np.where([0, 0, 0, 1], -1e9, scores))
    values = np.array([[1.0, 0, 2], [0, 3, 1], [-1, 1, 0], [2, -2, 4]])
    hidden = {(0, 3)}
    y = 1.55
    right = matrix(
        ax, 0.5, y, scores, "scores", 0.52, 1, faint=hidden, note="hidden: ///"
    )
    arrow(ax, (right + 0.12, y), (right + 0.95, y), color=BLUE)
    ax.text(right + 0.52, y + 0.16, "softmax", ha="center", fontsize=11, color=INK)
    right = matrix(ax, right + 1.07, y, weights, "weights A", 0.52, 2, faint=hidden)
    right = sign(ax, right, y, "·")
    right = matrix(
        ax, right, y, values, "values V", 0.44, faint={(3, j) for j in range(3)}
    )
    right = sign(ax, right, y, "=")
    answer = weights @ values
    marked = {(0, j) for j in range(3)}
    matrix(ax, right, y, answer, "answer", 0.52, 2, marked=marked)
    save(fig, "attention", "attention")


def block(
    ax: Axes, left: float, top: float, values: Array, color: str, name: str
) -> None:
    """Draw numbers on one colour, a row for each place."""
    cell = 0.46
    for i, j in np.ndindex(*values.shape):
        x, y = left + j * cell, top - (i + 1) * cell
        ax.add_patch(
            Rectangle((x, y), cell, cell, facecolor=color, edgecolor=INK, zorder=2)
        )
        text = f"{values[i, j]:.0f}".replace("-", "−")
        ax.text(x + cell / 2, y + cell / 2, text, ha="center", va="center", zorder=3)
    middle = left + values.shape[1] * cell / 2
    ax.text(middle, top + 0.12, name, ha="center", fontsize=11.5, color=INK)


def heads() -> None:
    """Three places of four features are cut into two heads."""
    fig, ax = panel(9.4, 2.9)
    x = np.array([[[0, 1, -1, 2], [3, -2, 4, 6], [9, 7, 8, -5]]])
    cut = attention.split_heads(x, 2)[0]
    colors = ("#cfe8f7", "#fbe3b5")
    edges = (SKY, ORANGE)
    for head, color in enumerate(colors):
        block(ax, 1.5 + 0.92 * head, 2.05, cut[head], color, "")
        left = 5.3 + 2.0 * head
        block(ax, left, 2.05, cut[head], color, f"head {head}")
        ax.plot([left, left + 0.92], [0.55, 0.55], color=edges[head], linewidth=4)
    for t in range(3):
        y = 2.05 - (t + 0.5) * 0.46
        ax.text(1.38, y, f"place {t}", ha="right", va="center", fontsize=10)
    ax.text(2.42, 2.17, "x", ha="center", fontsize=12.5)
    ax.text(2.42, 0.4, "(1, 3, 4)", ha="center", va="top", fontsize=10, color=GREY)
    ax.text(6.76, 0.4, "(1, 2, 3, 2)", ha="center", va="top", fontsize=10, color=GREY)
    arrow(ax, (3.55, 1.55), (5.05, 1.55), color=BLUE)
    ax.text(4.3, 1.68, "split_heads", ha="center", fontsize=10.5)
    arrow(ax, (5.05, 1.15), (3.55, 1.15), color=BLUE)
    ax.text(4.3, 0.85, "merge_heads", ha="center", fontsize=10.5)
    save(fig, "attention", "heads")


def main() -> None:
    """Draw every picture."""
    masks()
    look()
    heads()


if __name__ == "__main__":
    main()
