"""How every picture looks: a light panel that reads on light and on dark pages.

Coordinates are inches from the lower left corner. Colours are Okabe and Ito's,
which colour-blind readers can tell apart; none of them carries a meaning alone.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

INK, PAPER, GREY, LIGHT = "#1f2430", "#fcfcfa", "#6b7280", "#e8eaee"
BLUE, SKY, GREEN = "#0072B2", "#56B4E9", "#009E73"
ORANGE, RED, PURPLE = "#E69F00", "#D55E00", "#CC79A7"

SOURCE = Path(__file__).resolve().parents[2] / "source"


def panel(width: float, height: float) -> tuple[Figure, Axes]:
    """Return a figure in inches with a rounded light panel, and axes in inches."""
    plt.rcParams.update(
        {"font.size": 11, "text.color": INK, "font.family": "DejaVu Sans"}
    )
    fig = plt.figure(figsize=(width, height))
    fig.patch.set_alpha(0.0)
    ax = fig.add_axes((0.0, 0.0, 1.0, 1.0))
    ax.set(xlim=(0, width), ylim=(0, height))
    ax.axis("off")
    ax.add_patch(
        FancyBboxPatch(
            (0.1, 0.1),
            width - 0.2,
            height - 0.2,
            "round,pad=0.08",
            facecolor=PAPER,
            edgecolor="#c9cdd4",
            linewidth=1.0,
            zorder=0,
        )
    )
    return fig, ax


def chart(fig: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Return axes for a plot inside the panel, placed in inches."""
    w, h = fig.get_size_inches()
    ax = fig.add_axes((left / w, bottom / h, width / w, height / h))
    ax.set_facecolor("white")
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(GREY)
    ax.tick_params(colors=INK, labelsize=10)
    return ax


def box(
    ax: Axes,
    x: float,
    y: float,
    text: str,
    width: float = 1.3,
    height: float = 0.7,
    color: str = BLUE,
    size: float = 12,
) -> None:
    """Draw a rounded box with centred text; (x, y) is its centre."""
    ax.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2),
            width,
            height,
            "round,pad=0,rounding_size=0.1",
            facecolor="white",
            edgecolor=color,
            linewidth=2.2,
            zorder=2,
        )
    )
    ax.text(x, y, text, ha="center", va="center", fontsize=size, zorder=3)


def arrow(
    ax: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    color: str = INK,
    dashed: bool = False,
    bend: float = 0.0,
) -> None:
    """Draw an arrow; dashed ones carry gradients."""
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=15,
            linewidth=1.8,
            color=color,
            linestyle=(0, (4, 2)) if dashed else "-",
            connectionstyle=f"arc3,rad={bend}",
            shrinkA=0,
            shrinkB=0,
            zorder=2,
        )
    )


def save(fig: Figure, assignment: str, name: str) -> None:
    """Write source/<assignment>/images/<name>.png and close the figure."""
    path = SOURCE / assignment / "images" / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    fig.savefig(path, dpi=110, transparent=False, metadata={"Software": None})
    plt.close(fig)
