"""How is each question of autograd asked of any implementation?

Everything hangs together in a graph, so no probe uses a student's `backward`. An
operation is asked for its result, and `pulled` hands a given gradient to what the
result remembers, along every path by itself. The graph under `topological_order` and
`backward` is a stand-in: tensors with given values and parents, whose `gradients`
multiply by given numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from typing import Any

import numpy as np

from autograder.student.questions import SAME, Array, Inputs, Library, Rule, probe

# What a leaf holds that got no gradient: an array, so that it can be compared.
NOTHING = np.zeros(0)


@probe
def unbroadcast(lib: Library, grad: Array, shape: Any, other: Any = None, other_shape: Any = None) -> Any:
    yield "output", lib.autograd.unbroadcast(grad, lengths(shape))
    yield "grad", grad, SAME
    if other is not None:
        yield "output (second call)", lib.autograd.unbroadcast(other, lengths(other_shape)), Rule(call=2)


def lengths(shape: Any) -> tuple[int, ...]:
    return tuple(int(length) for length in np.ravel(shape))


def leaf(lib: Library, data: Array, requires_grad: bool = True) -> Any:
    return lib.autograd.Tensor(data.copy(), requires_grad)


def pulled(result: Any, grad: Array, leaves: Sequence[Any]) -> list[Any]:
    """Return what reaches each leaf when `grad` comes in at the result."""
    found: list[list[Any]] = [[] for _ in leaves]
    paths = [(result, grad)]
    while paths:
        node, gradient = paths.pop()
        for one, parts in zip(leaves, found, strict=True):
            if node is one:
                parts.append(gradient)
        if node.gradients is not None:
            paths += zip(node.parents, node.gradients(gradient), strict=True)
    return [reduce(np.add, parts) if parts else None for parts in found]


def asked(lib: Library, operation: Callable[..., Any], grad: Array, words: str = "", **inputs: Array) -> Iterator[Any]:
    """Yield an operation's result, and what it makes of a gradient, twice."""
    leaves = {name: leaf(lib, array) for name, array in inputs.items()}
    result = operation(*leaves.values())
    yield f"result.data{words}", result.data
    for call, factor in ((1, 1.0), (2, -0.5)):
        again = "" if call == 1 else " (second call)"
        for name, gradient in zip(leaves, pulled(result, factor * grad, list(leaves.values())), strict=True):
            yield f"gradient of {name}{words}{again}", gradient, Rule(call=call)
    yield f"grad{words}", grad, SAME
    for name, one in leaves.items():
        yield f"{name}.data{words}", one.data, SAME


@probe(axes={"a": "N I", "b": "N I", "grad": "N I"})
def add(lib: Library, a: Array, b: Array, grad: Array) -> Any:
    yield from asked(lib, lambda x, y: x + y, grad, a=a, b=b)


@probe(axes={"a": "N I", "b": "N I", "grad": "N I"})
def mul(lib: Library, a: Array, b: Array, grad: Array) -> Any:
    yield from asked(lib, lambda x, y: x * y, grad, a=a, b=b)


def stretched(lib: Library, operation: Callable[..., Any], a: Array, b: Array, grad: Array) -> Iterator[Any]:
    """Of two shapes: the result, and whether each gradient fits what it belongs to."""
    result = operation(leaf(lib, a), leaf(lib, b))
    yield "result.data", result.data
    pairs = zip(result.parents, result.gradients(grad), strict=True)
    yield "whether each gradient has the shape of its parent", np.array([np.shape(g) == p.shape for p, g in pairs], float)


@probe
def add_stretched(lib: Library, a: Array, b: Array, grad: Array) -> Any:
    yield from stretched(lib, lambda x, y: x + y, a, b, grad)


@probe
def mul_stretched(lib: Library, a: Array, b: Array, grad: Array) -> Any:
    yield from stretched(lib, lambda x, y: x * y, a, b, grad)


@probe
def matmul(lib: Library, a: Array, b: Array, grad: Array) -> Any:
    yield from asked(lib, lambda x, y: x @ y, grad, a=a, b=b)


def axes_of(axis: Any) -> Any:
    """Return an axis as an operation takes it: a number, a tuple, or None."""
    if axis is None:
        return None
    return lengths(axis) if np.ndim(axis) else int(axis)


def taken_together(method: str) -> Any:
    @probe
    def reduced(lib: Library, x: Array, grad: Array, axis: Any = None) -> Any:
        """Ask without and with keepdims: the gradient then has axes of length 1."""
        axes = axes_of(axis)
        yield from asked(lib, lambda t: getattr(t, method)(axis=axes), grad, x=x)
        kept = np.reshape(grad, np.sum(x, axis=axes, keepdims=True).shape)
        yield from asked(lib, lambda t: getattr(t, method)(axis=axes, keepdims=True), kept, " (keepdims)", x=x)

    return reduced


sum, mean = map(taken_together, ("sum", "mean"))


@probe
def reshape(lib: Library, x: Array, shape: Any, grad: Array) -> Any:
    yield from asked(lib, lambda t: t.reshape(*lengths(shape)), grad, x=x)


@probe
def transpose(lib: Library, x: Array, axes: Any, grad: Array) -> Any:
    yield from asked(lib, lambda t: t.transpose(*lengths(axes)), grad, x=x)


@probe
def getitem(lib: Library, x: Array, rows: Any, grad: Array, columns: Any = None) -> Any:
    index = rows if columns is None else (rows, columns)
    yield from asked(lib, lambda t: t[index], grad, x=x)


@probe
def getitem_slice(lib: Library, x: Array, start: int, stop: int, column: int, grad: Array) -> Any:
    yield from asked(lib, lambda t: t[int(start) : int(stop), int(column)], grad, x=x)


def entrywise(method: str) -> Any:
    @probe(axes={"x": "N I", "grad": "N I"})
    def one_by_one(lib: Library, x: Array, grad: Array) -> Any:
        yield from asked(lib, lambda t: getattr(t, method)(), grad, x=x)

    return one_by_one


relu, exp, log, tanh = map(entrywise, ("relu", "exp", "log", "tanh"))


@probe(axes={"logits": "N C"})
def cross_entropy(lib: Library, logits: Array, labels: Array, grad: Any) -> Any:
    yield from asked(lib, lambda t: lib.autograd.cross_entropy(t, labels), np.asarray(grad), logits=logits)


class Graph:
    """A stand-in graph: each row of `edges` is a tensor, one of its parents, a factor.

    Tensors are numbered, parents first; those without parents are leaves. The gradient
    of a parent is the incoming one times the factor; for 1 it is the same array, as a
    sum hands it on. `made` lists the numbers in the order in which the tensors are
    made, so that their age says nothing.
    """

    def __init__(self, lib: Library, edges: Array, data: Array, constant: int = -1, made: Any = None) -> None:
        order = range(len(data)) if made is None else lengths(made)
        nodes = {k: leaf(lib, data[k], k != constant) for k in order}
        own: dict[int, list[Any]] = {}
        for child, place, factor in edges.tolist():
            own.setdefault(int(child), []).append((nodes[int(place)], factor))
        for k, pairs in own.items():
            nodes[k].parents = tuple(parent for parent, _ in pairs)
            nodes[k].gradients = self.scaled([factor for _, factor in pairs])
        self.nodes = [nodes[k] for k in range(len(data))]

    @property
    def leaves(self) -> dict[int, Any]:
        return {k: node for k, node in enumerate(self.nodes) if not node.parents}

    @staticmethod
    def scaled(factors: Sequence[float]) -> Callable[[Array], Any]:
        def gradients(grad: Array) -> Any:
            return tuple(grad if factor == 1 else grad * factor for factor in factors)

        return gradients


@contextmanager
def given_order(lib: Library, nodes: Sequence[Any]) -> Iterator[None]:
    """Let `topological_order` give the nodes as they were made, parents first."""
    own = lib.autograd.topological_order
    lib.autograd.topological_order = lambda root: list(nodes[: 1 + [n is root for n in nodes].index(True)])
    try:
        yield
    finally:
        lib.autograd.topological_order = own


@probe
def topological_order(lib: Library, root: Any, edges: Array, made: Array) -> Any:
    """Yield the place of each tensor of the order among those of the graph."""
    nodes = Graph(lib, edges, np.ones((len(made), 1)), made=made).nodes
    places = {id(node): k for k, node in enumerate(nodes)}
    order = lib.autograd.topological_order(nodes[int(root)])
    yield "order", np.array([places.get(id(node), -1) for node in order])


def right_order(inputs: Inputs, outputs: Inputs) -> str | None:
    """Every order is right that lists what `root` was made from, parents first."""
    order = np.asarray(outputs["order"]).ravel().astype(int).tolist()
    parents: dict[int, set[int]] = {}
    for child, parent, _ in inputs["edges"]:
        parents.setdefault(int(child), set()).add(int(parent))
    wanted, to_do = set(), [int(inputs["root"])]
    while to_do:
        k = to_do.pop()
        if k not in wanted:
            wanted.add(k)
            to_do += parents.get(k, ())
    if len(set(order)) < len(order):
        return "a tensor is listed twice: one that is used twice is still one"
    if set(order) - wanted:
        return "something is listed that root was not made from"
    if wanted - set(order):
        return "a tensor is missing: root itself and the leaves are listed, too"
    at = {k: i for i, k in enumerate(order)}
    late = [at[parent] > at[k] for k in order for parent in parents.get(k, ())]
    if all(late):
        return "the order is turned round: parents come first"
    if any(late):
        return "a tensor stands before one of its parents: list it when they are all listed"
    return None


@probe
def backward(lib: Library, root: Any, edges: Array, data: Array, constant: Any = -1, calls: Any = 1, zero: Any = False) -> Any:
    """Yield the gradients of the leaves after some calls; with `zero`, forgotten once."""
    graph, root = Graph(lib, edges, data, int(constant)), int(root)
    with given_order(lib, graph.nodes):
        for call in range(int(calls)):
            if zero and call:
                for node in graph.leaves.values():
                    node.zero_grad()
            graph.nodes[root].backward()
    for k, node in graph.leaves.items():
        yield f"grad of leaf {k}", NOTHING if node.grad is None else node.grad, Rule(call=min(2, int(calls)))
