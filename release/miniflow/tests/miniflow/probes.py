"""How is each question of miniflow asked of any implementation?

The nodes up and down the graph are stand-ins: plain `Node` and `Input` objects that
hold given arrays (`value`, `gradients[node]`) and write down who calls them. No
formula of any question stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.student.asking import SECOND, SECOND_CALL
from autograder.student.declared import ask
from autograder.student.questions import PLAIN, SAME, Library, Rule, probe, quietly

Array, Given = np.ndarray, Mapping[str, Any]
# A gradient (N, 1) is as good as (N,), that of a bias also as (1, N), a bare 0 as zeros.
GRADIENT, BIAS = Rule(flat=(1,), zero=True), Rule(flat=(0, 1))
# The value that an earlier pass has left in a node.
OLD = 0.0


def each_call(inputs: Given, run: Callable[[Given], Iterable[tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
    """Yield what `run` yields for the inputs and, if there are any, those of a second call."""
    first = {k: v for k, v in inputs.items() if not k.startswith(SECOND)}
    second = {k.removeprefix(SECOND): v for k, v in inputs.items() if k.startswith(SECOND)}
    for call, given in enumerate([first, first | second][: 2 if second else 1], start=1):
        for name, value, *rule in run(given):
            yield name + SECOND_CALL * (call - 1), value, (rule[0] if rule else PLAIN).of_call(call)


def as_value(array: Array) -> Any:
    """Return a copy that may be changed: an array, or a number for a 0-d one."""
    return np.asarray(array).item() if np.ndim(array) == 0 else array.copy()


def hold(nodes: Mapping[str, Any], values: Given) -> None:
    """Give each node its name and its value."""
    for name, node in nodes.items():
        node.name, node.value = name, as_value(values[name])


def of_node(kind: str, names: Sequence[str], run: Callable[..., Any]) -> Any:
    """Return the probe of a node: `names` enter it, or the letters of the input `enter`."""

    def asked(lib: Library, enter: Any = "", **inputs: Any) -> Any:
        nodes = {name: lib.miniflow.Node() for name in names or enter}
        node = getattr(lib.miniflow, kind)(*[nodes[name] for name in names or enter])
        yield from each_call(inputs, lambda given: run(lib, node, nodes, given))

    return probe(asked)


def go_forward(lib: Library, node: Any, nodes: Mapping[str, Any], given: Given) -> Any:
    """Yield what a node computes, and the values that it should leave as they are."""
    hold(nodes, given)
    node.forward()
    yield from ((name, getattr(node, name)) for name in ("value", *(("m", "diff") if "a" in nodes else ())))
    yield from ((f"value of {name} afterwards", source.value, SAME) for name, source in nodes.items())


def use(lib: Library, node: Any, gradients: Array) -> list[Any]:
    """Return nodes that use a bystander and `node`: each holds its row of `gradients` for it."""
    node.outbound_nodes.clear()
    consumers = [lib.miniflow.Node([lib.miniflow.Input("bystander"), node]) for _ in gradients]
    for consumer, gradient in zip(consumers, gradients, strict=True):
        rows = as_value(gradient + 1.0), as_value(gradient)
        consumer.gradients = dict(zip(consumer.inbound_nodes, rows, strict=True))
    return consumers


def go_back(lib: Library, node: Any, nodes: Mapping[str, Any], given: Given) -> Any:
    """Yield the gradients that a node holds after backward, and what it left as it was.

    The rows of `values` are those of `nodes` and the node's own, which belong together;
    each may also be given by its name. `gradients` (C, ...) come from C consumers.
    """
    given = {**given, **dict(zip((*nodes, "value"), given.get("values", ()), strict=False))}
    consumers = use(lib, node, given["gradients"])
    hold(nodes, given)
    quietly(node, "forward")
    hold(nodes, given)  # a forward that goes wrong may have changed them
    state = {name: given[name] for name in ("value", "m", "diff") if name in given}
    for name, value in state.items():
        setattr(node, name, as_value(value))
    node.backward()
    for name, source in nodes.items():
        yield f"gradients[{name}]", node.gradients.get(source), BIAS if name == "b" else GRADIENT
    yield from ((f"value of {name} afterwards", source.value, SAME) for name, source in nodes.items())
    yield from ((f"{name} afterwards", getattr(node, name), SAME) for name in state)
    for i, consumer in enumerate(consumers):
        yield f"outbound_nodes[{i}].gradients[node] afterwards", consumer.gradients.get(node), SAME


def go_back_from_cost(lib: Library, node: Any, nodes: Mapping[str, Any], given: Given) -> Any:
    """`columns` (3, m) holds y, a and diff; y and a come as (m,) or (m, 1)."""
    y, a, diff = given["columns"][:, :, np.newaxis]
    entering = {"y": y if given["y_axes"] == 2 else y[:, 0], "a": a if given["a_axes"] == 2 else a[:, 0]}
    state = {"value": given["value"], "m": np.array(len(diff)), "diff": diff}
    yield from go_back(lib, node, nodes, {**entering, **state, "gradients": ()})


input = ask("miniflow.Input.forward", args="value", state={"value": "old"}, see="self.value", output="")
add_forward, add_backward = of_node("Add", "", go_forward), of_node("Add", "", go_back)
mul_forward, mul_backward = of_node("Mul", "", go_forward), of_node("Mul", "", go_back)
linear_forward, linear_backward = of_node("Linear", "XWb", go_forward), of_node("Linear", "XWb", go_back)
sigmoid_forward, sigmoid_backward = of_node("Sigmoid", "x", go_forward), of_node("Sigmoid", "x", go_back)
mse_forward, mse_backward = of_node("MSE", "ya", go_forward), of_node("MSE", "ya", go_back_from_cost)


@probe
def input_backward(lib: Library, **inputs: Array) -> Any:
    node = lib.miniflow.Input("x")
    yield from each_call(inputs, lambda given: go_back(lib, node, {"x": node}, given))


@probe
def sgd_update(lib: Library, learning_rate: Any = None, by_name: Any = False, steps: Any = 1, **values: Array) -> Any:
    """Yield the values after each step; `grad_W` is the gradient of `W`."""
    nodes = {k: lib.miniflow.Input(k) for k in values if not k.startswith("grad_")}
    hold(nodes, values)
    for name, node in nodes.items():
        gradient = values[f"grad_{name}"]
        node.gradients = {lib.miniflow.Input("bystander"): as_value(gradient + 1.0), node: as_value(gradient)}
    rate = {} if learning_rate is None else {"learning_rate": float(learning_rate)}
    trainables = list(nodes.values())
    for words in ("", " after the second step")[: int(steps)]:
        lib.miniflow.sgd_update(trainables, *(() if by_name else rate.values()), **(rate if by_name else {}))
        yield from ((f"value of {name}{words}", node.value) for name, node in nodes.items())
    for name, node in nodes.items():
        yield f"gradients[{name}] afterwards", node.gradients.get(node), SAME
    yield "number of trainables", len(trainables)


def feed_of(count: int, edges: Array) -> Array:
    """Return the numbers of the nodes that nothing enters: the inputs."""
    return np.setdiff1d(np.arange(count), edges[:, 1])


def make_graph(lib: Library, count: int, edges: Array) -> list[Any]:
    """Return the nodes: node j is entered by node i for each row (i, j) of `edges`.

    They are made in the order of their numbers, which tells nothing. A node that
    nothing enters is an `Input` that keeps what it is fed.
    """
    sources = feed_of(count, edges)
    nodes = [lib.miniflow.Input() if i in sources else lib.miniflow.Node() for i in range(count)]
    for i in sources:
        nodes[i].value = OLD
        nodes[i].forward = lambda value=None, node=nodes[i]: None if value is None else setattr(node, "value", value)
    for i, j in edges.tolist():
        nodes[j].inbound_nodes.append(nodes[i])
        if nodes[j] not in nodes[i].outbound_nodes:
            nodes[i].outbound_nodes.append(nodes[j])
    return nodes


def places(nodes: Sequence[Any], found: object) -> object:
    """Return the index of each node of a list, -1 for a stranger; None for numbers."""
    if isinstance(found, list | tuple):
        where = {id(node): i for i, node in enumerate(nodes)}
        return np.array([where.get(id(node), -1) for node in found], dtype=np.int64)
    return None if isinstance(found, np.ndarray | np.generic | int | float) else found


def pairs(nodes: Sequence[Any], side: str) -> Array:
    """Return a row (node, neighbour) for each entry of a side's lists."""
    rows = [(i, j) for i, node in enumerate(nodes) for j in places(nodes, list(getattr(node, side)))]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


@probe
def topological_sort(lib: Library, nodes: Any, edges: Array, **values: Array) -> Any:
    """`values` has a row for each input. Another graph is alive beside, and has no part in it."""
    graph, beside = (make_graph(lib, int(nodes), edges) for _ in range(2))
    feed = feed_of(int(nodes), edges)

    def sort(given: Given) -> Any:
        feed_dict = {graph[i]: as_value(row) for i, row in zip(feed, given["values"], strict=True)}
        yield "order", places(graph, lib.miniflow.topological_sort(feed_dict))
        yield from ((f"value of input {k}", graph[i].value) for k, i in enumerate(feed))
        yield "number of entries in feed_dict afterwards", len(feed_dict), SAME
        yield from ((f"{side} afterwards", pairs(graph, side), SAME) for side in ("inbound_nodes", "outbound_nodes"))

    yield from each_call(values, sort)
    del beside


def recorder(lib: Library, i: int, called: list[tuple[str, int]]) -> Any:
    """Return a node, the first an `Input`, that writes down each call.

    `forward` lets it show the value that it was given to show.
    """
    node = lib.miniflow.Node() if i else lib.miniflow.Input()

    def forward(value: Any = None) -> None:
        called.append(("forward", i))
        node.value = node.to_show

    node.value = node.to_show = OLD
    node.forward, node.backward = forward, lambda: called.append(("backward", i))
    return node


def turns(called: Sequence[tuple[str, int]]) -> Iterator[tuple[Any, ...]]:
    """Yield the indices of the nodes whose forward and backward were called, in order."""
    for method in ("forward", "backward"):
        yield f"{method} calls", np.array([i for name, i in called if name == method], dtype=np.int64)


@probe
def forward_pass(lib: Library, order: Array, output: Any, **values: Array) -> Any:
    """`values` are what the nodes will show; the list holds them in this `order`.

    The one asked for is the one at the place `output` of the list.
    """
    called: list[tuple[str, int]] = []
    nodes = [recorder(lib, i, called) for i in range(len(order))]
    sorted_nodes = [nodes[i] for i in order]

    def go(given: Given) -> Any:
        called.clear()
        for node, row in zip(nodes, given["values"], strict=True):
            node.to_show = as_value(row)
        result = lib.miniflow.forward_pass(nodes[order[int(output)]], sorted_nodes)
        yield from turns(called)
        yield "returned value", result
        yield "sorted_nodes afterwards", places(nodes, sorted_nodes), SAME

    yield from each_call(values, go)


@probe
def forward_and_backward(lib: Library, order: Array, rounds: Any) -> Any:
    called: list[tuple[str, int]] = []
    nodes = [recorder(lib, i, called) for i in range(len(order))]
    graph = [nodes[i] for i in order]

    def go(_: Given) -> Any:
        called.clear()
        lib.miniflow.forward_and_backward(graph)
        yield from turns(called)
        yield "forward calls before the first backward", [*(name for name, _ in called), "backward"].index("backward")
        yield "graph afterwards", places(nodes, graph), SAME

    yield from each_call({"round": 1} | ({f"{SECOND}round": 2} if int(rounds) == 2 else {}), go)
