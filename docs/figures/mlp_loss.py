"""The loss: what it measures, its gradient, its surface, and the appendix."""

from __future__ import annotations

import numpy as np

from docs.figures.matrices import matrix, number, sign
from docs.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    RED,
    arrow,
    chart,
    panel,
    save,
)
from mytorch import nn, optim

LOGITS = np.array([[-3.0, 2.0, -1.0, 0.0], [-1.0, 2.0, -3.0, 4.0]])
LABELS = np.array([3, 1])


def draw_all() -> None:
    """Draw every picture of this file."""
    cross_entropy()
    xeloss_backward()
    sgd_path()
    categorical_to_one_hot()
    softmax()


def cross_entropy() -> None:
    """The probability of the right class, and minus its logarithm."""
    p = nn.softmax(LOGITS)
    fig, ax = panel(8.2, 3.5)
    for n, left in enumerate((0.75, 2.75)):
        plot = chart(fig, left, 0.75, 1.6, 2.0)
        plot.bar(range(4), p[n], color="#aab1bc")
        label = LABELS[n]
        right = p[n, label]
        plot.bar(label, right, facecolor=ORANGE, hatch="///", edgecolor=INK)
        plot.set(ylim=(0, 1), xticks=range(4), xlabel="class", yticks=[0, 0.5, 1])
        plot.set_title(f"example {n}: label {label}", fontsize=11)
        plot.text(label, right + 0.03, f"{right:.3f}", ha="center", fontsize=10.5)
    plot = chart(fig, 5.15, 0.75, 2.7, 2.0)
    line = np.linspace(0.015, 1, 200)
    plot.plot(line, -np.log(line), color=BLUE, linewidth=2.2)
    for n, (marker, shift) in enumerate([("o", 1.1), ("s", 0.35)]):
        right = p[n, LABELS[n]]
        loss = -np.log(right)
        plot.plot(right, loss, marker, color=INK, markersize=7)
        plot.annotate(
            f"example {n}: {loss:.3f}",
            (right, loss),
            (0.3, loss + shift),
            fontsize=10.5,
            arrowprops={"arrowstyle": "-", "color": GREY, "shrinkB": 4},
        )
    plot.set(xlabel="p of the right class", ylim=(0, 4.2))
    plot.set_title("−log(p)", fontsize=11)
    ax.text(0.75, 3.1, "softmax(input); the right class hatched", fontsize=11.5)
    ax.text(5.15, 3.1, f"mean: {-np.log(p[[0, 1], LABELS]).mean():.3f}", fontsize=11.5)
    save(fig, "mlp", "cross_entropy")


def xeloss_backward() -> None:
    loss = nn.CrossEntropyLoss()
    loss.forward(LOGITS, LABELS)
    fig, ax = panel(9.2, 2.6)
    y, right = 1.4, [(0, 3), (1, 1)]
    ax.text(0.3, y, "(", fontsize=34, va="center")
    at = matrix(ax, 0.5, y, nn.softmax(LOGITS), "softmax(input)", 0.5, 2, right)
    at = sign(ax, at, y, "−")
    at = matrix(ax, at, y, loss.target, "target", 0.5, 0, right)
    ax.text(at + 0.05, y, ")", fontsize=34, va="center")
    at = sign(ax, at + 0.2, y, "/ 2")
    at = sign(ax, at, y, "=")
    matrix(ax, at, y, loss.backward(), "gradient", 0.6, 3, right)
    ax.text(
        4.5,
        0.3,
        "framed: the right class. Only there the gradient is below 0.",
        ha="center",
        fontsize=11.5,
        color=GREY,
    )
    save(fig, "mlp", "xeloss_backward")


def points() -> tuple[nn.Array, nn.Array]:
    """Return two overlapping clouds (N, 2), one direction wider, and labels."""
    rng = np.random.default_rng(4)
    labels = np.arange(120) % 2
    x = rng.normal(size=(120, 2)) * [2.2, 1.0]
    return x + np.outer(2 * labels - 1, [0.9, 0.6]), labels


def loss_at(weights: nn.Array, x: nn.Array, labels: nn.Array) -> float:
    """Return the loss when class 1 has these two weights and class 0 has zeros."""
    logits = np.stack([np.zeros(len(x)), x @ weights], axis=1)
    return nn.CrossEntropyLoss().forward(logits, labels)


def walk(lr: float, steps: int) -> nn.Array:
    """Return the weights of class 1 after each SGD step on batches of eight."""
    x, labels = points()
    rng = np.random.default_rng(1)
    linear, loss = nn.Linear(2, 2), nn.CrossEntropyLoss()
    model = nn.Sequential(linear)
    optimizer = optim.SGD(model, lr)
    linear.weight = np.array([[0.0, -0.6], [0.0, -0.5]])
    path = [linear.weight[:, 1]]
    for _ in range(steps):
        batch = rng.choice(len(x), 8, replace=False)
        loss.forward(model.forward(x[batch]), labels[batch])
        model.backward(loss)
        linear.grad_weight = linear.grad_weight * [0.0, 1.0]
        linear.grad_bias = np.zeros((1, 2))
        optimizer.step()
        path.append(linear.weight[:, 1])
    return np.array(path)


def sgd_path() -> None:
    """The loss over two weights, with a cautious and a reckless walk on it."""
    x, labels = points()
    one, two = np.linspace(-1.0, 1.8, 60), np.linspace(-1.0, 2.6, 60)
    surface = [[loss_at(np.array([a, b]), x, labels) for a in one] for b in two]
    fig, _ = panel(8.4, 3.9)
    for left, lr, steps, says in [
        (0.8, 0.25, 60, "small steps"),
        (4.7, 1.5, 13, "steps too large"),
    ]:
        plot = chart(fig, left, 0.75, 3.3, 2.65)
        plot.contourf(one, two, surface, levels=14, cmap="Blues")
        lines = plot.contour(one, two, surface, levels=7, colors=GREY, linewidths=0.7)
        plot.clabel(lines, fontsize=8, fmt="%.1f")
        path = walk(lr, steps)
        plot.plot(*path.T, "-", color=INK, linewidth=1.4)
        plot.plot(
            *path.T,
            "o",
            color=ORANGE,
            markersize=3.5,
            markeredgecolor=INK,
            markeredgewidth=0.5,
        )
        plot.plot(*path[0], "s", color=RED, markersize=8, markeredgecolor="white")
        plot.plot(*path[-1], "*", color=GREEN, markersize=15, markeredgecolor="white")
        plot.set(xlim=(-1.0, 1.8), ylim=(-1.0, 2.6), xlabel="one weight")
        plot.set_title(f"lr = {lr:g}: {says}", fontsize=11.5)
        plot.set_ylabel("another weight" if lr < 1 else "", labelpad=0)
    save(fig, "mlp", "sgd_path")


def categorical_to_one_hot() -> None:
    labels = np.array([3, 1, 0])
    fig, ax = panel(6.2, 2.9)
    y = 1.35
    at = matrix(ax, 0.6, y, labels[:, None], "labels", 0.5, note="(N,) = (3,)")
    arrow(ax, (at + 0.2, y), (at + 1.5, y))
    ax.text(at + 0.85, y + 0.13, "one-hot", ha="center")
    start = at + 1.75
    hot = [(n, int(label)) for n, label in enumerate(labels)]
    matrix(
        ax,
        start,
        y,
        nn.make_one_hot(labels, 4),
        "",
        0.5,
        marked=hot,
        note="(N, C) = (3, 4)",
    )
    for c in range(4):
        ax.text(start + 0.5 * c + 0.25, y + 0.85, str(c), ha="center", color=GREY)
    ax.text(start + 1.0, y + 1.12, "class", ha="center", fontsize=11, color=GREY)
    save(fig, "mlp", "categorical_to_one_hot")


def softmax() -> None:
    p = nn.softmax(LOGITS)
    fig, ax = panel(8.0, 4.1)
    y = 3.1
    at = matrix(ax, 0.6, y, LOGITS, "logits", 0.5)
    arrow(ax, (at + 0.2, y), (at + 1.3, y))
    ax.text(at + 0.75, y + 0.13, "softmax", ha="center")
    at = matrix(ax, at + 1.5, y, p, "probabilities", 0.58, digits=3)
    for n in range(2):
        ax.text(
            at + 0.2,
            y + 0.29 - 0.58 * n,
            f"adds up to {number(p[n].sum(), 0)}",
            va="center",
        )
    for left, values, text in [
        (0.85, LOGITS, "logits, row 0"),
        (4.6, p, "probabilities, row 0"),
    ]:
        plot = chart(fig, left, 0.45, 2.2, 1.25)
        plot.bar(range(4), values[0], color=BLUE)
        plot.axhline(0, color=INK, linewidth=0.8)
        plot.set(xticks=range(4))
        plot.set_title(text, fontsize=10.5)
    save(fig, "mlp", "softmax")
