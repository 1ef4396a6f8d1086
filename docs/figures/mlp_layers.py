"""What each layer computes, with the numbers of the notebook's examples."""

from __future__ import annotations

import numpy as np

from docs.figures.matrices import matrix, sign
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
from mytorch import nn

GRAD = np.array([[1.0, 0.0, 3.0, 2.0], [5.0, 5.0, -1.0, 0.0]])


def draw_all() -> None:
    """Draw every picture of this file."""
    linear_forward()
    linear_backward()
    misread_axis()
    relu_forward()
    relu_backward()
    sequential_forward()
    sequential_backward()


def linear_forward() -> None:
    layer = nn.Linear(3, 4)
    layer.weight = np.arange(1.0, 13.0).reshape(3, 4)
    layer.bias = np.array([[1.0, 2.0, 3.0, 4.0]])
    x = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    fig, ax = panel(8.4, 2.9)
    y = 1.65
    at = matrix(
        ax,
        0.3,
        y,
        x,
        "x",
        0.42,
        marked=[(0, 0), (0, 1), (0, 2)],
        note="(N, I) = (2, 3)",
    )
    at = sign(ax, at, y, "@")
    at = matrix(
        ax,
        at,
        y,
        layer.weight,
        "W",
        0.42,
        marked=[(0, 0), (1, 0), (2, 0)],
        note="(I, O) = (3, 4)",
    )
    at = sign(ax, at, y, "+")
    at = matrix(
        ax,
        at,
        y,
        layer.bias,
        "b",
        0.42,
        marked=[(0, 0)],
        note="(1, O), added\nto every row",
    )
    at = sign(ax, at, y, "=")
    matrix(
        ax,
        at,
        y,
        layer.forward(x),
        "output",
        0.42,
        marked=[(0, 0)],
        note="(N, O) = (2, 4)",
    )
    ax.text(4.2, 0.32, "framed: 1·1 + 2·5 + 3·9 + 1 = 39", ha="center", fontsize=12)
    save(fig, "mlp", "linear_forward")


def linear_backward() -> None:
    layer = nn.Linear(2, 4)
    layer.weight = np.array([[1.0, 2.0, 3.0, 2.0], [-1.0, 4.0, -2.0, 3.0]])
    layer.x = np.array([[1.0, -2.0], [0.0, -6.0]])
    grad_x = layer.backward(GRAD)
    fig, ax = panel(8.0, 6.1)
    y, start = 5.1, 2.1
    ax.text(0.3, y, "gradient of\nthe weight", va="center", fontsize=12)
    at = sign(ax, matrix(ax, start, y, layer.x.T, "xᵀ", note="(I, N)"), y, "@")
    at = sign(ax, matrix(ax, at, y, GRAD, "grad", note="(N, O)"), y, "=")
    matrix(ax, at, y, layer.grad_weight, "grad_weight", note="(I, O), like W")
    y = 3.35
    ax.text(0.3, y, "gradient of\nthe bias", va="center", fontsize=12)
    at = matrix(ax, start, y, GRAD, "grad", marked=[(0, 0), (1, 0)], note="(N, O)")
    arrow(ax, (at + 0.15, y), (at + 1.55, y))
    ax.text(at + 0.85, y + 0.12, "add the rows", ha="center", fontsize=11)
    matrix(
        ax,
        at + 1.7,
        y,
        layer.grad_bias,
        "grad_bias",
        marked=[(0, 0)],
        note="(1, O), like b",
    )
    y = 1.45
    ax.text(0.3, y, "gradient of\nthe input,\nreturned", va="center", fontsize=12)
    at = sign(ax, matrix(ax, start, y, GRAD, "grad", note="(N, O)"), y, "@")
    at = sign(ax, matrix(ax, at, y, layer.weight.T, "Wᵀ", note="(O, I)"), y, "=")
    matrix(ax, at, y, grad_x, "grad of x", note="(N, I), like x")
    save(fig, "mlp", "linear_backward")


def misread_axis() -> None:
    """The sum down the columns against the sum along the rows."""
    fig, ax = panel(8.2, 4.2)
    for y, good in [(3.2, True), (1.5, False)]:
        cells = [(0, 0), (1, 0)] if good else [(0, j) for j in range(4)]
        at = matrix(ax, 0.5, y, GRAD, "grad", marked=cells, note="(N, O) = (2, 4)")
        arrow(ax, (at + 0.15, y), (at + 1.35, y), GREEN if good else RED)
        ax.text(at + 0.75, y + 0.13, "axis=0" if good else "axis=1", ha="center")
        total = GRAD.sum(axis=0 if good else 1, keepdims=True)
        right = matrix(ax, at + 1.5, y, total, marked=[(0, 0)])
        says = (
            "✓ down the batch:\none number a neuron,\nas many as b has"
            if good
            else "✗ along the neurons:\none number an example,\nno gradient of b"
        )
        ax.text(max(right + 0.25, 5.75), y, says, va="center", fontsize=11.5)
    ax.text(
        4.1,
        0.35,
        "with N = O the shapes can agree by chance; the numbers do not",
        ha="center",
        fontsize=11.5,
        color=GREY,
    )
    save(fig, "mlp", "misread_axis")


def relu_forward() -> None:
    x = np.array([[-3.0, 1.0, 0.0], [4.0, 2.0, -5.0]])
    fig, ax = panel(8.0, 2.7)
    y = 1.4
    lost = [(0, 0), (1, 2)]
    at = matrix(ax, 0.4, y, x, "x", 0.5, faint=lost)
    arrow(ax, (at + 0.15, y), (at + 0.95, y))
    ax.text(at + 0.55, y + 0.13, "ReLU", ha="center")
    at = matrix(ax, at + 1.1, y, nn.ReLU().forward(x), "output", 0.5, faint=lost)
    plot = chart(fig, at + 0.85, 0.7, 2.3, 1.6)
    line = np.array([-5.5, 0.0, 5.0])
    plot.plot(line, np.maximum(line, 0), color=BLUE, linewidth=2.2)
    plot.plot(x.ravel(), np.maximum(x.ravel(), 0), "o", color=INK, markersize=6)
    plot.set(xlabel="x", xticks=[-5, 0, 5], yticks=[0, 5])
    plot.set_ylabel("ReLU(x)", labelpad=2)
    ax.text(0.4, 0.3, "hatched: below 0, replaced by 0", fontsize=11, color=GREY)
    save(fig, "mlp", "relu_forward")


def relu_backward() -> None:
    layer = nn.ReLU()
    layer.x = np.array([[1.0, -2.0, 3.0, -4.0], [5.0, 6.0, -0.0, 0.0]])
    grad = np.array([[-1.0, 2.0, -3.0, 4.0], [0.0, 6.0, -2.0, 8.0]])
    off = [(0, 1), (0, 3), (1, 2), (1, 3)]
    fig, ax = panel(8.9, 2.4)
    y = 1.3
    at = matrix(ax, 0.3, y, layer.x, "x, from forward", 0.42, faint=off)
    at = sign(ax, at, y, "→")
    at = matrix(ax, at, y, layer.x > 0, "slope", 0.42, faint=off)
    at = sign(ax, at, y, "⊙")
    at = matrix(ax, at, y, grad, "grad", 0.42)
    at = sign(ax, at, y, "=")
    matrix(ax, at, y, layer.backward(grad), "grad of x", 0.42, faint=off)
    ax.text(
        4.45, 0.28, "hatched: x is not above 0, nothing passes", ha="center", color=GREY
    )
    save(fig, "mlp", "relu_backward")


def sequential_forward() -> None:
    model = nn.Sequential(nn.ReLU(), nn.Linear(2, 3), nn.ReLU())
    linear = model.layers[1]
    assert isinstance(linear, nn.Linear)
    linear.weight = np.array([[-1.0, 2.0, -3.0], [5.0, -6.0, 7.0]])
    linear.bias = np.array([[-1.0, 2.0, 3.0]])
    x = np.array([[-3.0, 0.0], [4.0, 1.0], [-2.0, -1.0]])
    fig, ax = panel(9.4, 2.5)
    y = 1.25
    at = matrix(ax, 0.3, y, x, "x", 0.42)
    for layer, name, color in zip(
        model.layers, ("ReLU", "Linear", "ReLU"), (GREEN, BLUE, GREEN), strict=True
    ):
        x = layer.forward(x)
        arrow(ax, (at + 0.06, y), (at + 0.33, y))
        box(ax, at + 0.74, y, name, 0.78, 0.6, color, 11)
        arrow(ax, (at + 1.14, y), (at + 1.41, y))
        at = matrix(ax, at + 1.46, y, x, "", 0.42)
    ax.text(at - 0.63, y + 0.77, "output", ha="center", fontsize=12.5)
    save(fig, "mlp", "sequential_forward")


def sequential_backward() -> None:
    fig, ax = panel(8.8, 2.7)
    y = 1.55
    places = [
        (1.6, "ReLU", GREEN),
        (3.75, "Linear", BLUE),
        (5.9, "ReLU", GREEN),
        (8.0, "loss", PURPLE),
    ]
    for x, name, color in places:
        box(ax, x, y, name, 1.05, 0.75, color)
    for x, shape in [
        (6.95, "(3, 4)"),
        (4.83, "(3, 4)"),
        (2.68, "(3, 2)"),
        (0.62, "(3, 2)"),
    ]:
        arrow(ax, (x + 0.46, y), (x - 0.46, y), RED, dashed=True)
        ax.text(x, y + 0.15, "grad", ha="center", fontsize=11.5)
        ax.text(x, y - 0.32, shape, ha="center", fontsize=10.5, color=GREY)
    for x, text in [
        (8.0, "starts: gives the\nfirst gradient"),
        (3.75, "stores grad_weight (2, 4)\nand grad_bias (1, 4)"),
        (0.95, "not used:\nwe stop at x"),
    ]:
        ax.text(x, 0.58, text, ha="center", va="center", fontsize=10.5)
    for number, (x, *_) in enumerate(reversed(places), start=1):
        ax.text(x, y + 0.5, f"{number}", ha="center", fontsize=12, color=GREY)
    save(fig, "mlp", "sequential_backward")
