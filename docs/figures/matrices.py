"""Matrices drawn as grids of numbers."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from docs.figures.style import GREY, INK, LIGHT, ORANGE

Cells = Collection[tuple[int, int]]


def number(value: float, digits: int) -> str:
    """Return the number as text, with a true minus sign and no minus before 0."""
    rounded = round(value, digits) + 0.0
    return f"{rounded:.{digits}f}".replace("-", "−")


def matrix(
    ax: Axes,
    x: float,
    y: float,
    values: object,
    name: str = "",
    cell: float = 0.44,
    digits: int = 0,
    marked: Cells = (),
    faint: Cells = (),
    note: str = "",
) -> float:
    """Draw a matrix whose left middle is at (x, y); return its right edge.

    `marked` cells get a thick frame, `faint` ones a grey hatching. The name stands
    above, the shape (or `note`) below.
    """
    array = np.atleast_2d(np.asarray(values, dtype=float))
    rows, columns = array.shape
    top = y + rows * cell / 2
    for i, j in np.ndindex(rows, columns):
        left, bottom = x + j * cell, top - (i + 1) * cell
        face = LIGHT if (i, j) in faint else "#fff3d6" if (i, j) in marked else "white"
        ax.add_patch(
            Rectangle(
                (left, bottom),
                cell,
                cell,
                facecolor=face,
                edgecolor="#b6bbc4",
                linewidth=0.8,
                zorder=2,
                hatch="///" if (i, j) in faint else None,
            )
        )
        ax.text(
            left + cell / 2,
            bottom + cell / 2,
            number(float(array[i, j]), digits),
            ha="center",
            va="center",
            fontsize=12 if digits == 0 else 10.5,
            zorder=5,
            bbox={"facecolor": face, "edgecolor": "none", "pad": 0.6},
        )
    for i, j in marked:
        ax.add_patch(
            Rectangle(
                (x + j * cell, top - (i + 1) * cell),
                cell,
                cell,
                fill=False,
                edgecolor=ORANGE,
                linewidth=2.4,
                zorder=4,
            )
        )
    right = float(x + columns * cell)
    middle = (x + right) / 2
    ax.text(middle, top + 0.14, name, ha="center", fontsize=12.5, color=INK)
    ax.text(
        middle,
        top - rows * cell - 0.14,
        note or f"({rows}, {columns})",
        ha="center",
        va="top",
        fontsize=10,
        color=GREY,
    )
    return right


def sign(ax: Axes, x: float, y: float, text: str) -> float:
    """Write an operator between two matrices; return where the next one starts."""
    ax.text(x + 0.24, y, text, ha="center", va="center", fontsize=17)
    return x + 0.48
