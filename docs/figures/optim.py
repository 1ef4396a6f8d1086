"""The pictures of the optim notebook: `python -m docs.figures.optim` draws them all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes

from docs.figures.matrices import matrix, sign
from docs.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    RED,
    chart,
    panel,
    save,
)
from mytorch import training
from mytorch.training import Array, Optimizer, Parameter

STEEP = np.array([1.0, 25.0])
START = [-4.0, 1.2]


def surface(place: Array) -> Array:
    """Return the height of a long narrow valley, (...) for places (..., 2)."""
    return np.asarray(np.sum(STEEP * place**2, axis=-1) / 2)


def walk(make: Callable[[Sequence[Parameter]], Optimizer], steps: int) -> Array:
    """Return the places (steps + 1, 2) of an optimizer on its way down the valley."""
    place = Parameter(START)
    optimizer = make([place])
    path = [place.value]
    for _ in range(steps):
        place.grad = STEEP * place.value
        optimizer.step()
        path.append(place.value)
    return np.array(path)


def paths() -> None:
    """Forty steps of three optimizers down the same valley."""
    fig, _ = panel(9.4, 3.1)
    walks = [
        ("SGD, lr 0.07", walk(lambda p: training.SGD(p, 0.07), 40)),
        (
            "SGD with momentum, lr 0.03",
            walk(lambda p: training.SGD(p, 0.03, momentum=0.8), 40),
        ),
        ("Adam, lr 0.3", walk(lambda p: training.Adam(p, 0.3), 40)),
    ]
    one, two = np.linspace(-4.6, 1.6, 120), np.linspace(-1.6, 1.6, 80)
    heights = surface(np.stack(np.meshgrid(one, two), axis=-1))
    levels = [0.2, 1, 3, 7, 12, 20, 32]
    for k, (title, path) in enumerate(walks):
        plot = chart(fig, 0.65 + 2.92 * k, 0.6, 2.6, 1.95)
        plot.contourf(one, two, heights, levels=[0, *levels, 45], cmap="Blues", vmax=60)
        plot.contour(one, two, heights, levels=levels, colors=GREY, linewidths=0.6)
        plot.plot(*path.T, "-", color=INK, linewidth=1.3)
        plot.plot(*path.T, "o", color=ORANGE, ms=3.6, mec=INK, mew=0.5)
        plot.plot(*path[0], "s", color=RED, ms=8, mec="white")
        plot.plot(*path[-1], "*", color=GREEN, ms=14, mec="white")
        plot.set(xlim=(-4.6, 1.6), ylim=(-1.6, 1.6), xlabel="one parameter")
        plot.set_title(title, fontsize=11)
        if k == 0:
            plot.set_ylabel("another", labelpad=-2)
        else:
            plot.set_yticklabels([])
    save(fig, "optim", "paths")


def vector(plot: Axes, end: Sequence[float], color: str, dashed: bool = False) -> None:
    """Draw an arrow from the origin."""
    style = {
        "arrowstyle": "-|>",
        "color": color,
        "linewidth": 2.2,
        "linestyle": "--" if dashed else "-",
        "shrinkA": 0,
        "shrinkB": 0,
        "mutation_scale": 16,
    }
    plot.annotate("", end, (0, 0), arrowprops=style)


def clipping() -> None:
    """A gradient of norm 5, clipped to norm 2, and what clipping each entry gives."""
    fig, ax = panel(8.9, 3.6)
    plot = chart(fig, 0.75, 0.6, 3.4, 2.7)
    angle = np.linspace(0, np.pi / 2, 50)
    plot.fill_between(2 * np.cos(angle), 2 * np.sin(angle), color="#dbeaf5")
    plot.plot(2 * np.cos(angle), 2 * np.sin(angle), color=GREY, linewidth=1)
    vector(plot, (3, 4), GREY)
    vector(plot, (2, 2), RED, dashed=True)
    vector(plot, (1.2, 1.6), BLUE)
    plot.plot([0, 3], [0, 4], ":", color=GREY)
    plot.set(xlim=(0, 4.6), ylim=(0, 4.3), aspect="equal")
    plot.set(xlabel="w.grad", ylabel="b.grad")
    words = [
        (INK, "before: (3, 4), its norm is 5"),
        (BLUE, "clip_grad_norm_ with max_norm 2: (1.2, 1.6)\nshorter, the same way"),
        (RED, "each entry clipped to 2: (2, 2)\nanother way, and too long"),
    ]
    for k, (color, text) in enumerate(words):
        y = 2.75 - 0.85 * k
        line = "--" if color == RED else "-"
        shade = GREY if color == INK else color
        ax.plot([4.55, 4.95], [y, y], line, color=shade, linewidth=2.4)
        ax.text(5.08, y, text, va="center", fontsize=10.2)
    ax.text(4.55, 0.45, "blue area: norm at most 2", fontsize=10.2, color=GREY)
    save(fig, "optim", "clipping")


def schedule() -> None:
    """The learning rate of each of 24 steps: warm-up, then half a cosine wave."""
    fig, _ = panel(8.4, 3.0)
    plot = chart(fig, 0.9, 0.7, 7.1, 1.9)
    steps = np.arange(27)
    rates = [training.cosine_lr(int(s), 0.8, 0.1, 4, 24) for s in steps]
    plot.axvspan(-0.5, 3.5, color="#fff3d6")
    plot.plot(steps, rates, "o-", color=BLUE, linewidth=1.4, markersize=5)
    for y, text in ((0.8, "lr_max"), (0.1, "lr_min")):
        plot.axhline(y, color=GREY, linewidth=0.8, linestyle=":")
        plot.text(26.4, y + 0.03, text, ha="right", fontsize=10.5, color=GREY)
    plot.axvline(24, color=GREY, linewidth=0.8, linestyle=":")
    plot.text(1.5, 0.93, "warm-up", ha="center", fontsize=11)
    plot.text(13.0, 0.93, "half a wave of the cosine", ha="center", fontsize=11)
    plot.annotate(
        "step 0: lr_max / 4",
        (0, 0.2),
        (4.4, 0.25),
        fontsize=10.5,
        va="center",
        arrowprops={"arrowstyle": "-", "color": GREY, "shrinkB": 4},
    )
    plot.set(xlim=(-0.5, 26.5), ylim=(0, 1.05), xlabel="step")
    plot.set(xticks=[0, 4, 8, 12, 16, 20, 24], ylabel="learning rate")
    save(fig, "optim", "schedule")


def dropout() -> None:
    """What a mask leaves of two examples, in training and afterwards."""
    x = np.array([[3.0, 1.0, -2.0, 4.0], [2.0, -1.0, 5.0, 6.0]])
    u = np.array([[0.7, 0.2, 0.9, 0.4], [0.1, 0.6, 0.3, 0.8]])
    fig, ax = panel(9.4, 3.9)
    layer = training.Dropout(0.5)
    for y, title in ((2.75, "training"), (1.0, "after eval()")):
        output = layer.forward(x, u)
        assert layer.mask is not None
        off = [(int(n), int(i)) for n, i in np.argwhere(layer.mask == 0)]
        ax.text(0.35, y, title, va="center", fontsize=12)
        if layer.training:
            matrix(ax, 1.5, y, u, "u", 0.4, 1, faint=off, note="below p: off")
        at = matrix(ax, 3.35, y, x, "x", 0.4)
        at = sign(ax, at, y, "·")
        at = matrix(ax, at, y, layer.mask, "mask", 0.4, faint=off)
        at = sign(ax, at, y, "=")
        matrix(ax, at, y, output, "output", 0.4, faint=off)
        layer.eval()
    save(fig, "optim", "dropout")


def draw_all() -> None:
    """Draw every picture of the notebook."""
    paths()
    clipping()
    schedule()
    dropout()


if __name__ == "__main__":
    draw_all()
