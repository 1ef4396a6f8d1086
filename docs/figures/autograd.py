"""The pictures of the autograd notebook: `python -m docs.figures.autograd`."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from docs.figures.matrices import matrix
from docs.figures.style import BLUE, GREEN, GREY, INK, RED, arrow, box, panel, save

GRAD = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def edge(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], text: str
) -> None:
    """Draw the arrow of a value, and beside it that of the gradient, with a number."""
    (x0, y0), (x1, y1) = start, end
    length = float(np.hypot(x1 - x0, y1 - y0))
    across = np.array([y0 - y1, x1 - x0]) / length * 0.09
    arrow(ax, (x0 + across[0], y0 + across[1]), (x1 + across[0], y1 + across[1]))
    arrow(
        ax,
        (x1 - across[0], y1 - across[1]),
        (x0 - across[0], y0 - across[1]),
        RED,
        dashed=True,
    )
    middle = (x0 + x1) / 2 - 3.1 * across[0], (y0 + y1) / 2 - 3.1 * across[1]
    ax.text(*middle, text, ha="center", va="center", fontsize=11, color=RED)


def graph() -> None:
    """Draw s = x w + b and L = s s, with other numbers than the notebook asks for."""
    fig, ax = panel(9.2, 3.7)
    box(ax, 0.95, 2.9, "x = 3", 1.0, 0.6, BLUE)
    box(ax, 0.95, 1.7, "w = 2", 1.0, 0.6, BLUE)
    box(ax, 3.3, 2.3, "x · w = 6", 1.3, 0.65, GREEN)
    box(ax, 3.3, 0.75, "b = 1", 1.0, 0.6, BLUE)
    box(ax, 5.6, 1.7, "s = 7", 1.1, 0.65, GREEN)
    box(ax, 8.2, 1.7, "L = s · s = 49", 1.6, 0.7, GREEN)
    edge(ax, (1.5, 2.85), (2.6, 2.5), "28")
    edge(ax, (1.5, 1.75), (2.6, 2.1), "42")
    edge(ax, (4.0, 2.2), (5.0, 1.85), "14")
    edge(ax, (3.85, 0.85), (5.0, 1.5), "14")
    edge(ax, (6.2, 1.98), (7.35, 1.98), "7")
    edge(ax, (6.2, 1.42), (7.35, 1.42), "7")
    ax.plot([5.2, 5.6], [0.68, 0.68], color=INK, linewidth=1.8)
    ax.text(5.72, 0.68, "values, from left to right", va="center", fontsize=10.5)
    ax.plot([5.2, 5.6], [0.4, 0.4], "--", color=RED, linewidth=1.8)
    ax.text(5.72, 0.4, "gradients of L, from right to left", va="center", fontsize=10.5)
    ax.text(0.95, 0.75, "blue: leaves", ha="center", color=GREY, fontsize=10.5)
    save(fig, "autograd", "graph")


def unbroadcast() -> None:
    """One gradient, and what becomes of it for two shapes."""
    fig, ax = panel(9.8, 2.5)
    y = 1.25
    at = matrix(ax, 0.5, y, GRAD, "grad", 0.46)
    arrow(ax, (at + 0.25, y), (at + 1.35, y))
    ax.text(at + 0.8, y + 0.15, "shape (3,)", ha="center", fontsize=10.5)
    rows = GRAD.sum(axis=0)
    matrix(ax, at + 1.6, y, rows, "over the rows", 0.46, note="(3,)")
    at = matrix(ax, 5.5, y, GRAD, "grad", 0.46)
    arrow(ax, (at + 0.25, y), (at + 1.4, y))
    ax.text(at + 0.82, y + 0.15, "shape (2, 1)", ha="center", fontsize=10.5)
    columns = GRAD.sum(axis=1, keepdims=True)
    matrix(ax, at + 1.7, y, columns, "over the columns", 0.46)
    save(fig, "autograd", "unbroadcast")


def order() -> None:
    """A long way and a short one, and which line-up is right."""
    fig, ax = panel(9.0, 3.2)
    places = {"x": (0.7, 1.6), "u": (1.9, 2.2), "v": (3.1, 2.2), "L": (4.3, 1.6)}
    edges = [("x", "u"), ("u", "v"), ("v", "L"), ("x", "L")]
    for name, (x, y) in places.items():
        box(ax, x, y, name, 0.55, 0.5, BLUE if name == "x" else GREEN)
    for start, end in edges:
        (x0, y0), (x1, y1) = places[start], places[end]
        bend = 0.25 if (start, end) == ("x", "L") else 0.0
        low = 0.12 if bend else 0.0
        arrow(ax, (x0 + 0.32, y0 - low), (x1 - 0.32, y1 - low), bend=bend)
    for names, y, says in (
        ("xuvL", 2.35, "right"),
        ("xvuL", 1.15, "wrong: u is later"),
    ):
        where = {name: (5.4 + 0.95 * k, y) for k, name in enumerate(names)}
        for name, (x, _) in where.items():
            box(ax, x, y, name, 0.5, 0.45, BLUE if name == "x" else GREEN, 11)
        for start, end in edges:
            x0, x1 = where[start][0], where[end][0]
            if (start, end) == ("x", "L"):
                arrow(ax, (x0, y + 0.24), (x1, y + 0.24), bend=-0.16)
            elif x1 > x0:
                bend = 0.0 if x1 - x0 < 1 else 0.3
                low = 0.24 if bend else 0.0
                gap = 0.0 if bend else 0.27
                arrow(ax, (x0 + gap, y - low), (x1 - gap, y - low), bend=bend)
            else:
                arrow(ax, (x0 - 0.27, y), (x1 + 0.27, y), RED)
        ax.text(
            6.85,
            y - (0.5 if says == "right" else 0.85),
            says,
            ha="center",
            fontsize=10.5,
        )
    save(fig, "autograd", "order")


def draw_all() -> None:
    """Draw every picture of the notebook."""
    graph()
    unbroadcast()
    order()


if __name__ == "__main__":
    draw_all()
