"""The pictures of the cnn notebook: `python -m docs.figures.cnn` draws them all.

Their numbers are those of the notebook's examples.
"""

from __future__ import annotations

import numpy as np

from docs.figures.matrices import matrix, sign
from docs.figures.style import BLUE, GREEN, GREY, INK, RED, arrow, panel, save
from mytorch.conv import Conv1d, Conv2d
from mytorch.pool import MaxPool2d

SERIES = np.array([1.0, 0.0, 2.0, 3.0, 1.0, 0.0, 4.0, 5.0])
KERNEL = np.array([1.0, -1.0, 2.0])
GRAD = np.array([1.0, 2.0, -1.0])
PICTURE = np.array(
    [
        [1.0, 2.0, 0.0, 1.0, 3.0],
        [0.0, 1.0, 2.0, 1.0, 1.0],
        [3.0, 0.0, 1.0, 3.0, 2.0],
        [1.0, 1.0, 0.0, 2.0, 4.0],
    ]
)
HEIGHTS = np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 2.0, 8.0, 8.0], [4.0, 0.0, 1.0, 6.0]])


def conv1d() -> Conv1d:
    """Return the layer of the examples: one channel, one kernel, stride 2."""
    layer = Conv1d(1, 1, 3, stride=2)
    layer.weight, layer.bias = KERNEL.reshape(1, 1, 3), np.array([1.0])
    return layer


def conv1d_forward() -> None:
    output = conv1d().forward(SERIES.reshape(1, 1, 8))[0, 0]
    fig, ax = panel(8.6, 4.6)
    cell, left = 0.5, 1.2
    at = matrix(ax, left, 3.75, SERIES, "x", cell, note=" ", faint=[(0, 7)])
    ax.text(at + 0.2, 3.75, "hatched: left over,\nno kernel reaches it", va="center")
    for place in range(3):
        y = 2.9 - place * 0.82
        start = left + 2 * place * cell
        matrix(ax, start, y, KERNEL, "", cell, note=" ")
        ax.text(0.2, y, f"place {place}", va="center", fontsize=11.5)
        terms = " + ".join(
            f"{a:.0f}·(−1)" if w < 0 else f"{a:.0f}·{w:.0f}"
            for a, w in zip(SERIES[2 * place :], KERNEL, strict=False)
        )
        ax.text(5.0, y, f"{terms} + 1 = {output[place]:.0f}", va="center", fontsize=12)
    ax.text(
        left,
        0.4,
        "kernel 1 −1 2, bias 1, stride 2: L = 8 gives L' = 3",
        fontsize=11.5,
        color=GREY,
    )
    save(fig, "cnn", "conv1d_forward")


def conv1d_backward() -> None:
    layer = conv1d()
    layer.x = SERIES.reshape(1, 1, 8)
    grad_x = layer.backward(GRAD.reshape(1, 1, 3))[0, 0]
    fig, ax = panel(8.6, 5.1)
    cell, left = 0.5, 2.9
    for place, value in enumerate(GRAD):
        y = 4.3 - place * 0.82
        matrix(ax, 0.3, y, value, "", cell, note=" ")
        ax.text(1.0, y, "times kernel", va="center", fontsize=11.5)
        arrow(ax, (2.25, y), (2.75, y), RED, dashed=True)
        shared = (
            [(0, 2)] if place == 0 else [(0, 0), (0, 2)] if place == 1 else [(0, 0)]
        )
        matrix(
            ax,
            left + 2 * place * cell,
            y,
            value * KERNEL,
            "",
            cell,
            note=" ",
            marked=shared,
        )
    ax.text(0.32, 4.7, "grad", fontsize=12.5)
    y = 1.3
    ax.text(1.0, y, "add them up", va="center", fontsize=11.5)
    arrow(ax, (2.25, y), (2.75, y), RED, dashed=True)
    at = matrix(
        ax,
        left,
        y,
        grad_x,
        "grad of x",
        cell,
        note="(L,), like x",
        marked=[(0, 2), (0, 4)],
        faint=[(0, 7)],
    )
    ax.text(at + 0.15, y, "left over:\nit gets 0", va="center", fontsize=11)
    ax.text(
        0.3,
        0.33,
        "framed: two places read the same number of x, so two parts meet there",
        fontsize=11,
        color=GREY,
    )
    save(fig, "cnn", "conv1d_backward")


def conv2d_forward() -> None:
    layer = Conv2d(1, 1, 2, stride=2)
    layer.weight = np.array([[[[1.0, 0.0], [-1.0, 2.0]]]])
    layer.bias = np.array([1.0])
    output = layer.forward(PICTURE[np.newaxis, np.newaxis])[0, 0]
    fig, ax = panel(8.2, 3.5)
    y = 1.95
    window = [(2, 2), (2, 3), (3, 2), (3, 3)]
    left_over = [(i, 4) for i in range(4)]
    at = matrix(
        ax,
        0.4,
        y,
        PICTURE,
        "x",
        0.46,
        marked=window,
        faint=left_over,
        note="(H, W) = (4, 5)",
    )
    at = sign(ax, at + 0.1, y, "∗")
    everything = [(0, 0), (0, 1), (1, 0), (1, 1)]
    at = matrix(
        ax,
        at + 0.1,
        y,
        layer.weight[0, 0],
        "kernel",
        0.46,
        marked=everything,
        note="(k, k) = (2, 2)",
    )
    at = sign(ax, at + 0.3, y, "+ 1 =")
    matrix(
        ax,
        at + 0.3,
        y,
        output,
        "output",
        0.46,
        marked=[(1, 1)],
        note="(H', W') = (2, 2)",
    )
    ax.text(
        0.4,
        0.38,
        "framed: 1·1 + 0·3 + (−1)·0 + 2·2 + 1 = 6     hatched: left over",
        fontsize=11.5,
        color=INK,
    )
    save(fig, "cnn", "conv2d_forward")


def max_pool() -> None:
    layer = MaxPool2d(2, stride=1)
    output = layer.forward(HEIGHTS[np.newaxis, np.newaxis])[0, 0]
    grad = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    grad_x = layer.backward(grad[np.newaxis, np.newaxis])[0, 0]
    fig, ax = panel(8.6, 4.9)
    y = 3.7
    meets = [(0, 1), (1, 2)]
    at = matrix(ax, 1.6, y, HEIGHTS, "x", 0.46, marked=meets, note="(3, 4)")
    arrow(ax, (at + 0.15, y), (at + 1.15, y), BLUE)
    ax.text(at + 0.62, y + 0.13, "largest", ha="center", fontsize=11)
    matrix(ax, at + 1.3, y, output, "output", 0.46, note="(2, 3)")
    ax.text(0.3, y, "forward", va="center", fontsize=12)
    y = 1.4
    at = matrix(ax, 1.6, y, grad_x, "grad of x", 0.46, marked=meets, note="(3, 4)")
    arrow(ax, (at + 1.15, y), (at + 0.15, y), RED, dashed=True)
    matrix(ax, at + 1.3, y, grad, "grad", 0.46, note="(2, 3)")
    ax.text(0.3, y, "backward", va="center", fontsize=12)
    ax.text(
        6.3,
        2.6,
        "Four windows have\nan 8 as their largest:\n2 + 3 + 5 + 6 = 16 meet\n"
        "at the first 8. The\nsecond is never first.",
        va="center",
        fontsize=10.5,
        color=GREEN,
    )
    save(fig, "cnn", "max_pool")


if __name__ == "__main__":
    conv1d_forward()
    conv1d_backward()
    conv2d_forward()
    max_pool()
