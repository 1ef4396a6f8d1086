"""A miniflow graph as a picture: `draw(graph)`, for a list in topological order.

Every node is a box with its operation and its value and, after a backward pass, the
gradient of the last node with respect to it. Lengths are inches.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

INK, PAPER, GREY = "#1f2430", "#fcfcfa", "#6b7280"
BLUE, GREEN, RED = "#0072B2", "#009E73", "#B34700"
LETTER, LINE, PADDING = 0.085, 0.19, 0.12
GAP_X, GAP_Y, MARGIN = 0.7, 0.25, 0.25

SYMBOLS = {"Add_Op": "+", "Mul_Op": "×", "Linear_OP": "XW + b", "Sigmoid_Op": "σ"}

Lines = list[tuple[str, str]]


class Box(NamedTuple):
    """A place in the picture, with its centre at (x, y)."""

    x: float
    y: float
    width: float
    height: float


def draw(graph: Sequence[Any]) -> Figure:
    """Return a picture of the sorted `graph`, in layers from left to right."""
    blame = gradients(graph)
    labels = {node: label(node, blame.get(node)) for node in graph}
    columns = into_columns(graph)
    hops = links(columns)
    untangle(columns, hops)
    boxes = arrange(columns, labels)
    figure, axes = canvas(list(boxes.values()))
    for before, after in hops:
        arrow(axes, boxes[before], boxes[after], tip=after in labels)
    for node, lines in labels.items():
        write(axes, boxes[node], lines, operation=bool(node.inbound_nodes))
    return figure


def canvas(boxes: Sequence[Box]) -> tuple[Figure, Axes]:
    """Return a light panel that holds all boxes, and its axes in inches."""
    right = max((b.x + b.width / 2 for b in boxes), default=1.0) + MARGIN
    top = max((b.y + b.height / 2 for b in boxes), default=0.5) + MARGIN
    bottom = min((b.y - b.height / 2 for b in boxes), default=0.0) - MARGIN
    figure = Figure(figsize=(right + MARGIN, top - bottom), facecolor=PAPER)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set(xlim=(-MARGIN, right), ylim=(bottom, top))
    axes.axis("off")
    return figure, axes


def gradients(graph: Sequence[Any]) -> dict[Any, Any]:
    """Return the gradient that the backward pass has brought to each node."""
    arrived: dict[Any, list[Any]] = {}
    for node in graph:
        for n, gradient in node.gradients.items():
            if n is not node:
                arrived.setdefault(n, []).append(gradient)
        if node.gradients and node.inbound_nodes and not node.outbound_nodes:
            arrived[node] = [np.ones(np.shape(node.value))]
    return {
        node: np.add.reduce(parts)
        if len({np.shape(part) for part in parts}) == 1
        else "of several shapes"
        for node, parts in arrived.items()
    }


def label(node: Any, gradient: Any) -> Lines:
    """Return the lines of a node's box, each with its colour."""
    symbol = SYMBOLS.get(node.name, "")
    lines = [(f"{node.name}  {symbol}".strip(), INK)]
    for name, what, color in ("value", node.value, BLUE), ("gradient", gradient, RED):
        if what is not None:
            text = short(what)
            text = [f"{name} {text[0]}"] if len(text) == 1 else [name, *text]
            lines += [(line, color) for line in text]
    return lines


def short(value: Any) -> list[str]:
    """Return a value as a few lines: a small array whole, a large one as a range."""
    array = np.asarray(value)
    if array.dtype.kind not in "biuf" or array.size == 0:
        return [str(value)[:24]]
    if array.ndim == 0:
        return [f"{array.item():.4g}"]
    if array.ndim <= 2 and max(array.shape) <= 3:
        three_digits: Any = {"float_kind": lambda number: f"{number:.3g}"}
        return np.array2string(array, formatter=three_digits).splitlines()
    return [f"shape {array.shape}", f"{array.min():.3g} to {array.max():.3g}"]


def into_columns(graph: Sequence[Any]) -> list[list[Any]]:
    """Return the nodes in columns, such that every arrow points to the right.

    An arrow that passes a column leaves a stop in it, (before, after, column), so
    that it finds its way between the boxes.
    """
    depth: dict[Any, int] = {}
    for node in graph:
        depth[node] = 1 + max((depth.get(n, 0) for n in node.inbound_nodes), default=-1)
    for node in graph:
        users = [depth[n] for n in node.outbound_nodes if n in depth]
        if users and not node.inbound_nodes:
            depth[node] = max(0, min(users) - 1)
    columns: list[list[Any]] = [[] for _ in range(1 + max(depth.values(), default=0))]
    for node in graph:
        columns[depth[node]].append(node)
        for after in node.outbound_nodes:
            for column in range(depth[node] + 1, depth.get(after, 0)):
                columns[column].append((node, after, column))
    return columns


def links(columns: list[list[Any]]) -> list[tuple[Any, Any]]:
    """Return every hop of every arrow: from a node or stop to the next one."""
    at = {place: i for i, column in enumerate(columns) for place in column}
    hops: list[tuple[Any, Any]] = []
    for node in (place for place in at if not isinstance(place, tuple)):
        for after in (n for n in node.outbound_nodes if n in at):
            between = range(at[node] + 1, at[after])
            stops = [node, *((node, after, i) for i in between), after]
            hops += pairwise(stops)
    return hops


def untangle(columns: list[list[Any]], hops: list[tuple[Any, Any]]) -> None:
    """Reorder each column so that neighbours stand level and few arrows cross."""
    height = {p: i - len(c) / 2 for c in columns for i, p in enumerate(c)}
    for sweep in (columns[::-1], columns, columns[::-1]):
        for column in sweep:
            wish = {p: [height[p]] for p in column}
            for before, after in hops:
                for place, other in (before, after), (after, before):
                    if place in wish:
                        wish[place].append(height[other])
            level = {p: sum(levels) / len(levels) for p, levels in wish.items()}
            column.sort(key=level.__getitem__)
            height |= {p: i - len(column) / 2 for i, p in enumerate(column)}


def box_size(lines: Lines) -> tuple[float, float]:
    """Return the width and the height of a box with these lines."""
    longest = max(len(text) for text, _ in lines)
    return longest * LETTER + 2 * PADDING, len(lines) * LINE + 2 * PADDING


def arrange(columns: list[list[Any]], labels: dict[Any, Lines]) -> dict[Any, Box]:
    """Return where every node stands; a stop is as wide as its column, and flat."""
    boxes: dict[Any, Box] = {}
    x = middle = 0.0
    for column in columns:
        sizes = {p: box_size(labels[p]) for p in column if p in labels}
        width = max((w for w, _ in sizes.values()), default=0.0)
        sizes = {p: sizes.get(p, (width, LINE)) for p in column}
        top = middle + sum(h + GAP_Y for _, h in sizes.values()) / 2
        for p, (w, h) in sizes.items():
            boxes[p] = Box(x + width / 2, top - h / 2, w, h)
            top -= h + GAP_Y
        x += width + GAP_X
    return boxes


def arrow(axes: Axes, start: Box, end: Box, tip: bool) -> None:
    """Draw one hop, from the right side of a box to the left side of the next."""
    left, right = start.x + start.width / 2, end.x - end.width / 2
    axes.add_patch(
        FancyArrowPatch(
            (left, start.y), (right, end.y), arrowstyle="-|>" if tip else "-",
            mutation_scale=13, color=INK, linewidth=1.3, shrinkA=0, shrinkB=0, zorder=1,
        )
    )  # fmt: skip
    if not tip:
        axes.plot([right, right + end.width], [end.y, end.y], color=INK, lw=1.3)


def write(axes: Axes, box: Box, lines: Lines, operation: bool) -> None:
    """Draw a node: a thin grey frame for an input, a thick green one otherwise."""
    left, top = box.x - box.width / 2, box.y + box.height / 2
    axes.add_patch(
        FancyBboxPatch(
            (left, top - box.height), box.width, box.height,
            "round,pad=0,rounding_size=0.08", facecolor="white",
            edgecolor=GREEN if operation else GREY,
            linewidth=2.2 if operation else 1.2, zorder=2,
        )
    )  # fmt: skip
    for i, (text, color) in enumerate(lines):
        axes.text(
            left + PADDING, top - PADDING - (i + 0.5) * LINE, text, fontsize=9.5,
            family="DejaVu Sans Mono", color=color, va="center",
            weight="bold" if i == 0 else "normal", zorder=3,
        )  # fmt: skip
