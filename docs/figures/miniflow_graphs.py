"""Graphs by hand: values go right, gradients come back left."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes

from docs.figures.style import BLUE, GREEN, GREY, INK, RED, arrow, box, panel, save

Point = tuple[float, float]
Links = tuple[tuple[str, str], ...]

INPUTS = frozenset({"x", "y", "z", "a", "b", "c", "X", "w1", "b1", "w2", "b2"})
WIDTH, HEIGHT = 0.8, 0.6


def draw_all() -> None:
    """Draw every picture of this file."""
    topological_order()
    chain_rule()
    second_graph()
    two_layers()


def network(
    ax: Axes, places: Mapping[str, Point], links: Links,
    path: Links = (), signs: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Draw nodes and arrows; those on `path` are thick, dashed and point back."""
    for before, after in links:
        (x0, y0), (x1, y1) = places[before], places[after]
        start, end = (x0 + WIDTH / 2 + 0.03, y0), (x1 - WIDTH / 2 - 0.03, y1)
        if (before, after) in path:
            arrow(ax, end, start, RED, dashed=True)
        else:
            arrow(ax, start, end, INK)
    on_path = {name for link in path for name in link}
    for name, (x, y) in places.items():
        color = RED if name in on_path else GREY if name in INPUTS else GREEN
        box(ax, x, y, (signs or {}).get(name, name), WIDTH, HEIGHT, color, 13)


def numbers(
    ax: Axes, places: Mapping[str, Point], values: Mapping[str, str],
    gradients: Mapping[str, str],
) -> None:  # fmt: skip
    """Write values above the nodes and gradients below them."""
    for name, (x, y) in places.items():
        ax.text(x, y + 0.37, values[name], ha="center", va="bottom", color=BLUE)
        if name in gradients:
            text = gradients[name]
            ax.text(x, y - 0.39, text, ha="center", va="top", color=RED, style="italic")


def legend(ax: Axes, x: float, y: float, with_gradients: bool = True) -> None:
    """Say which number is which."""
    ax.text(x, y, "above: value", color=BLUE)
    if with_gradients:
        ax.text(x, y - 0.27, "below: gradient of f", color=RED, style="italic")


PRODUCT: dict[str, Point] = {
    "x": (0.9, 3.2), "y": (0.9, 1.8), "z": (3.0, 0.95),
    "q": (3.0, 2.5), "f": (5.4, 1.8),
}  # fmt: skip
PRODUCT_LINKS = (("x", "q"), ("y", "q"), ("q", "f"), ("z", "f"))


def topological_order() -> None:
    fig, ax = panel(8.0, 4.9)
    places = {name: (x + 0.9, y + 1.0) for name, (x, y) in PRODUCT.items()}
    network(ax, places, PRODUCT_LINKS, signs={"q": "+", "f": "×"})
    row = ("x", "z", "y", "q", "f")
    along = {name: (0.9 + 1.25 * i, 0.72) for i, name in enumerate(row)}
    for name, number in zip(row, range(1, 6), strict=True):
        x, y = places[name]
        ax.text(x + 0.5, y + 0.33, str(number), color=BLUE, fontsize=13)
        ax.text(along[name][0] - 0.06, 1.1, str(number), color=BLUE, fontsize=13)
    for before, after in PRODUCT_LINKS:
        x0, x1 = along[before][0], along[after][0]
        if row.index(after) - row.index(before) == 1:
            arrow(ax, (x0 + 0.43, 0.72), (x1 - 0.43, 0.72))
        else:
            arrow(ax, (x0 + 0.1, 0.4), (x1 - 0.1, 0.4), bend=0.12)
    network(ax, along, (), signs={"q": "+", "f": "×"})
    ax.text(7.35, 0.72, "in a row", ha="center", va="center")
    save(fig, "miniflow", "topological_order")


def chain_rule() -> None:
    values = {"x": "-2", "y": "5", "z": "-4", "q": "q = 3", "f": "f = -12"}
    gradients = {"x": "-4", "y": "-4", "z": "3", "q": "-4", "f": "1"}
    fig, ax = panel(7.6, 4.0)
    network(ax, PRODUCT, PRODUCT_LINKS, signs={"q": "+", "f": "×"})
    numbers(ax, PRODUCT, values, gradients)
    legend(ax, 5.2, 3.4)
    save(fig, "miniflow", "chain_rule")


SECOND: dict[str, Point] = {
    "b": (0.9, 3.6), "a": (0.9, 1.9), "p": (2.8, 2.4), "c": (2.8, 0.95),
    "q": (4.7, 1.9), "f": (6.6, 2.7),
}  # fmt: skip
SECOND_LINKS = (("a", "p"), ("b", "p"), ("p", "q"), ("c", "q"), ("q", "f"), ("b", "f"))


def second_graph() -> None:
    known = {"a": "3", "b": "-2", "c": "1", "p": "p = ?", "q": "q = ?", "f": "f = ?"}
    values = known | {"p": "p = -6", "q": "q = -5", "f": "f = 10"}
    gradients = dict.fromkeys("cpq", "-2") | {"a": "4", "b": "-5 - 6 = -11", "f": "1"}
    signs = {"p": "×", "q": "+", "f": "×"}
    for name, numbers_above, below in (
        ("second_graph", known, dict.fromkeys(known, "?")),
        ("second_graph_solved", values, gradients),
    ):
        fig, ax = panel(8.4, 4.5)
        network(ax, SECOND, SECOND_LINKS, signs=signs)
        numbers(ax, SECOND, numbers_above, below)
        legend(ax, 6.2, 3.95)
        save(fig, "miniflow", name)


TWO_LAYERS: dict[str, Point] = {
    "X": (0.9, 3.0), "w1": (0.9, 2.0), "b1": (0.9, 1.0), "l1": (2.6, 2.0),
    "s": (4.3, 2.4), "w2": (4.3, 1.5), "b2": (4.3, 0.6), "l2": (6.0, 1.9),
    "y": (6.0, 3.0), "C": (7.7, 2.4),
}  # fmt: skip
TWO_LAYER_LINKS = (
    ("X", "l1"), ("w1", "l1"), ("b1", "l1"), ("l1", "s"), ("s", "l2"), ("w2", "l2"),
    ("b2", "l2"), ("l2", "C"), ("y", "C"),
)  # fmt: skip


def two_layers() -> None:
    to_w2 = (("w2", "l2"), ("l2", "C"))
    to_w1 = (("w1", "l1"), ("l1", "s"), ("s", "l2"), ("l2", "C"))
    for name, path in ("two_layers", ()), ("path_to_w2", to_w2), ("path_to_w1", to_w1):
        fig, ax = panel(8.6, 3.7)
        letters = {node: f"${node[0]}_{node[1]}$" for node in TWO_LAYERS if node[1:]}
        network(ax, TWO_LAYERS, TWO_LAYER_LINKS, path, letters)
        save(fig, "miniflow", name)
