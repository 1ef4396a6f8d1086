"""How each question of miniflow is asked of any implementation.

The nodes up and down the graph are stand-ins: plain `Node` and `Input` objects that
hold given arrays (`value`, `gradients[node]`) and write down who calls them. No
formula of any question stands here. An input whose name starts with `new_` is for
a second pass through the same graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.student.questions import (
    SAME,
    Array,
    Inputs,
    Library,
    Rule,
    probe,
    quietly,
)

Given = Mapping[str, Any]
# A gradient (N, 1) is as good as (N,), that of a bias also as (1, N).
COLUMN = Rule(flat=(1,))
FLAT = Rule(flat=(0, 1))
ZERO = Rule(flat=(1,), zero=True)
SECOND = " in the second pass"
# The value that an earlier pass has left in a node.
OLD = 0.0


def as_value(array: Array) -> Any:
    """Return a copy that may be changed: an array, or a float for a 0-d one."""
    return np.asarray(array).item() if np.ndim(array) == 0 else array.copy()


def stand_in(lib: Library, name: str) -> Any:
    """Return a node that will hold a given value."""
    node = lib.miniflow.Node()
    node.name = name
    return node


def hold(nodes: Mapping[str, Any], values: Given) -> None:
    """Give each node its value."""
    for name, node in nodes.items():
        node.value = as_value(values[name])


def add_consumer(lib: Library, node: Any) -> Any:
    """Return a node that uses a bystander and `node`."""
    return lib.miniflow.Node([stand_in(lib, "bystander"), node])


def blame(consumers: Sequence[Any], node: Any, gradients: Array) -> None:
    """Let each consumer hold its row of `gradients` for `node`."""
    for consumer, gradient in zip(consumers, gradients, strict=True):
        bystander = consumer.inbound_nodes[0]
        consumer.gradients = {
            bystander: as_value(gradient + 1.0),
            node: as_value(gradient),
        }


def run_forward(
    lib: Library, kind: Callable[..., Any], slots: Sequence[str], values: Given
) -> Any:
    """Yield what a node computes from given values; `slots` names what enters it."""
    nodes = {name: stand_in(lib, name) for name in slots}
    node = kind(*[nodes[name] for name in slots])
    for words, given in passes(values):
        hold(nodes, given)
        node.forward()
        yield f"value{words}", node.value
        for name, source in nodes.items():
            yield f"value of {name}{words} afterwards", source.value, SAME


def passes(values: Given) -> list[tuple[str, Given]]:
    """Return the values of the first pass and, if there are any, of the second."""
    first = {k: v for k, v in values.items() if not k.startswith("new_")}
    second = {k[4:]: v for k, v in values.items() if k.startswith("new_")}
    return [("", first), (SECOND, second)] if second else [("", first)]


def run_backward(
    lib: Library, kind: Callable[..., Any], slots: Sequence[str], values: Given
) -> Any:
    """Yield the gradients that a node hands to the nodes in its `slots`.

    `values` holds, besides those of the slots, the node's own `value` and the
    `gradients` (C, ...) that come in from C consumers.
    """
    nodes = {name: stand_in(lib, name) for name in slots}
    node = kind(*[nodes[name] for name in slots])
    consumers = [add_consumer(lib, node) for _ in values["gradients"]]
    for words, given in passes(values):
        hold(nodes, given)
        quietly(node, "forward")
        hold(nodes, given)  # a forward that goes wrong may have changed them
        node.value = as_value(given["value"])
        blame(consumers, node, given["gradients"])
        node.backward()
        for name, source in nodes.items():
            flat = FLAT if name == "b" else COLUMN
            yield f"gradients[{name}]{words}", node.gradients.get(source), flat
        for name, source in nodes.items():
            yield f"value of {name}{words} afterwards", source.value, SAME
        yield f"value{words} afterwards", node.value, SAME
        yield from consumers_afterwards(consumers, node, words)


def consumers_afterwards(consumers: Sequence[Any], node: Any, words: str) -> Any:
    for i, consumer in enumerate(consumers):
        name = f"outbound_nodes[{i}].gradients[node]{words} afterwards"
        yield name, consumer.gradients.get(node), SAME


def unstacked(
    names: Sequence[str], values: Array, gradients: Array, **new: Array
) -> dict[str, Array]:
    """Return the rows of `values` (K + 1, ...): what enters, and the node's own."""
    rows = dict(zip([*names[: len(values) - 1], "value"], values, strict=True))
    rows["gradients"] = gradients
    if new:
        second = unstacked(names, new["new_values"], new["new_gradients"])
        rows |= {f"new_{name}": array for name, array in second.items()}
    return rows


def slots_of(values: Given) -> list[str]:
    """Return the names of what enters a node."""
    return sorted(set("wxyz") & set(values))


@probe
def input_forward(lib: Library, value: Array) -> Any:
    node = lib.miniflow.Input("x")
    node.forward(as_value(value))
    yield "value", node.value
    node.forward()
    yield "value after forward()", node.value


@probe
def input_forward_twice(lib: Library, value: Array, new_value: Array) -> Any:
    node = lib.miniflow.Input("x")
    first = as_value(value)
    node.forward(first)
    node.forward(as_value(new_value))
    yield "value after forward(new_value)", node.value
    node.forward()
    yield "value after forward()", node.value
    yield "the first value afterwards", first, SAME


@probe
def input_forward_fed(lib: Library, value: Array) -> Any:
    node = lib.miniflow.Input("x")
    node.value = as_value(value)
    node.forward()
    yield "value after forward()", node.value


@probe
def input_backward(
    lib: Library, value: Array, gradients: Array, new_gradients: Array | None = None
) -> Any:
    node = lib.miniflow.Input("x")
    consumers = [add_consumer(lib, node) for _ in gradients]
    for words, rows in (("", gradients), (SECOND, new_gradients)):
        if rows is None:
            return
        node.value = as_value(value)
        blame(consumers, node, rows)
        node.backward()
        # The notebook calls it a gradient of zero: a bare 0 is one.
        rule = COLUMN if len(rows) else ZERO
        yield f"gradients[x]{words}", node.gradients.get(node), rule
        yield f"value{words} afterwards", node.value, SAME
        yield from consumers_afterwards(consumers, node, words)


@probe
def add_forward(lib: Library, **values: Array) -> Any:
    yield from run_forward(lib, lib.miniflow.Add, slots_of(values), values)


@probe
def add_forward_same(lib: Library, **values: Array) -> Any:
    yield from run_forward(lib, lib.miniflow.Add, ["x", "x", "y"], values)


@probe
def mul_forward(lib: Library, **values: Array) -> Any:
    yield from run_forward(lib, lib.miniflow.Mul, slots_of(values), values)


@probe
def mul_forward_same(lib: Library, **values: Array) -> Any:
    yield from run_forward(lib, lib.miniflow.Mul, ["x", "x", "y"], values)


@probe
def linear_forward(lib: Library, **values: Array) -> Any:
    yield from run_forward(lib, lib.miniflow.Linear, ["X", "W", "b"], values)


@probe
def sigmoid_forward(lib: Library, **values: Array) -> Any:
    yield from run_forward(lib, lib.miniflow.Sigmoid, ["x"], values)


@probe
def add_backward_one(lib: Library, **values: Array) -> Any:
    yield from run_backward(lib, lib.miniflow.Add, slots_of(values), values)


@probe
def add_backward(lib: Library, **stacked: Array) -> Any:
    yield from add_backward_one.run(lib, **unstacked("xyzw", **stacked))


@probe
def add_backward_same(lib: Library, **stacked: Array) -> Any:
    values = unstacked("xy", **stacked)
    yield from run_backward(lib, lib.miniflow.Add, ["x", "x", "y"], values)


@probe
def mul_backward_last(lib: Library, x: Array, y: Array, value: Array) -> Any:
    values = {"x": x, "y": y, "value": value, "gradients": np.zeros((0, *np.shape(x)))}
    yield from run_backward(lib, lib.miniflow.Mul, ["x", "y"], values)


@probe
def mul_backward(lib: Library, **stacked: Array) -> Any:
    values = unstacked("xyzw", **stacked)
    yield from run_backward(lib, lib.miniflow.Mul, slots_of(values), values)


@probe
def mul_backward_same(lib: Library, **stacked: Array) -> Any:
    values = unstacked("xy", **stacked)
    yield from run_backward(lib, lib.miniflow.Mul, ["x", "x", "y"], values)


@probe
def linear_backward(lib: Library, **values: Array) -> Any:
    yield from run_backward(lib, lib.miniflow.Linear, ["X", "W", "b"], values)


@probe
def sigmoid_backward_one(lib: Library, **values: Array) -> Any:
    yield from run_backward(lib, lib.miniflow.Sigmoid, ["x"], values)


@probe
def sigmoid_backward(lib: Library, **stacked: Array) -> Any:
    yield from sigmoid_backward_one.run(lib, **unstacked("x", **stacked))


@probe
def mse_forward(lib: Library, **values: Array) -> Any:
    nodes = {name: stand_in(lib, name) for name in ("y", "a")}
    cost = lib.miniflow.MSE(*nodes.values())
    for words, given in passes(values):
        hold(nodes, given)
        cost.forward()
        yield f"value{words}", cost.value
        yield f"m{words}", cost.m
        yield f"diff{words}", cost.diff
        for name, source in nodes.items():
            yield f"value of {name}{words} afterwards", source.value, SAME


@probe
def mse_backward(lib: Library, **values: Array) -> Any:
    nodes = {name: stand_in(lib, name) for name in ("y", "a")}
    cost = lib.miniflow.MSE(*nodes.values())
    for words, given in passes(values):
        hold(nodes, given)
        quietly(cost, "forward")
        hold(nodes, given)
        cost.value, cost.m = as_value(given["value"]), int(given["m"])
        cost.diff = given["diff"]
        cost.backward()
        for name, source in nodes.items():
            yield f"gradients[{name}]{words}", cost.gradients.get(source), COLUMN
            yield f"value of {name}{words} afterwards", source.value, SAME
        yield f"value{words} afterwards", cost.value, SAME
        yield f"diff{words} afterwards", cost.diff, SAME


@probe
def mse_backward_columns(
    lib: Library,
    y_axes: Array,
    a_axes: Array,
    value: Array,
    columns: Array,
    new_columns: Array | None = None,
) -> Any:
    """`columns` (3, m) holds y, a and diff; y and a come as (m,) or (m, 1)."""
    given: dict[str, Array] = {}
    for prefix, rows in (("", columns), ("new_", new_columns)):
        if rows is not None:
            y, a, diff = rows[:, :, np.newaxis]
            given[f"{prefix}y"] = y if y_axes == 2 else y[:, 0]
            given[f"{prefix}a"] = a if a_axes == 2 else a[:, 0]
            given[f"{prefix}diff"] = diff
            given[f"{prefix}m"] = np.array(len(diff))
            given[f"{prefix}value"] = value
    yield from mse_backward.run(lib, **given)


def make_graph(lib: Library, count: int, edges: Array) -> list[Any]:
    """Return the nodes: node j is entered by node i for each row (i, j) of `edges`.

    All are made before any is linked, by their numbers, which tell nothing of the
    order. A node that nothing enters is an `Input`; what is fed to it through
    `forward` is written down in `heard`.
    """
    sources = set(feed_of(count, edges).tolist())
    kinds = lib.miniflow
    nodes = [kinds.Input() if i in sources else kinds.Node() for i in range(count)]
    for i in sources:
        node, heard = nodes[i], []
        node.value, node.heard = OLD, heard
        node.forward = lambda value=None, heard=heard: heard.append(value)
    for i, j in edges.tolist():
        nodes[j].inbound_nodes.append(nodes[i])
        if nodes[j] not in nodes[i].outbound_nodes:
            nodes[i].outbound_nodes.append(nodes[j])
    return nodes


def feed_of(count: int, edges: Array) -> Array:
    """Return the numbers of the nodes that nothing enters: the inputs."""
    return np.setdiff1d(np.arange(count), edges[:, 1])


def fed(node: Any) -> Any:
    """Return the value that an `Input` was fed, directly or through `forward`."""
    return next((v for v in reversed(node.heard) if v is not None), node.value)


def indices(nodes: Sequence[Any], found: Iterable[Any]) -> Array:
    """Return the index in `nodes` of each node found, -1 for a stranger."""
    where = {id(node): i for i, node in enumerate(nodes)}
    return np.array([where.get(id(n), -1) for n in found], dtype=np.int64)


def places(nodes: Sequence[Any], found: object) -> object:
    """Return the indices of a list of nodes; what is no list, as it is.

    What could be taken for indices becomes None.
    """
    if isinstance(found, list | tuple):
        return indices(nodes, found)
    return None if isinstance(found, np.ndarray | np.generic | int | float) else found


def pairs(nodes: Sequence[Any], side: str) -> Array:
    """Return a row (node, neighbour) for each entry of a side's lists."""
    rows = [
        (i, j)
        for i, node in enumerate(nodes)
        for j in indices(nodes, getattr(node, side))
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


@probe
def topological_sort(
    lib: Library,
    nodes: Any,
    edges: Array,
    values: Array,
    new_values: Array | None = None,
) -> Any:
    """`values` has a row for each input, in the order of feed_dict.

    The second sort gets its feed_dict in the opposite order. Another graph is alive
    at the same time, and has no part in it.
    """
    graph, beside = (make_graph(lib, int(nodes), edges) for _ in range(2))
    feed = feed_of(int(nodes), edges)
    for words, rows, step in (("", values, 1), (SECOND, new_values, -1)):
        if rows is None:
            return
        given = list(zip(feed, rows, strict=True))[::step]
        feed_dict = {graph[i]: as_value(row) for i, row in given}
        for i in feed:
            graph[i].heard.clear()
        order = lib.miniflow.topological_sort(feed_dict)
        yield f"order{words}", places(graph, order)
        for k, i in enumerate(feed):
            yield f"value of input {k}{words}", fed(graph[i])
        yield f"number of entries in feed_dict{words} afterwards", len(feed_dict), SAME
        yield f"inbound_nodes{words} afterwards", pairs(graph, "inbound_nodes"), SAME
        yield f"outbound_nodes{words} afterwards", pairs(graph, "outbound_nodes"), SAME
    del beside


def judge_sort(inputs: Inputs, outputs: Given) -> str | None:
    """Return what is wrong with an order, or None: any that keeps the rules is right.

    Each node stands in it once, and after every node that enters it.
    """
    edges = inputs["edges"]
    feed = feed_of(int(inputs["nodes"]), edges)
    for words, key in (("", "values"), (SECOND, "new_values")):
        if key not in inputs:
            continue
        reason = wrong_order(outputs[f"order{words}"], int(inputs["nodes"]), edges)
        if reason:
            return f"order{words}: {reason}"
        for k, row in enumerate(inputs[key]):
            if not np.array_equal(outputs[f"value of input {k}{words}"], row):
                return f"value of input {k}{words}: is not what feed_dict holds for it"
        entries = outputs[f"number of entries in feed_dict{words} afterwards"]
        if not np.array_equal(entries, len(feed)):
            return f"feed_dict{words}: has lost or won entries, it must stay as it was"
        into = edges[np.argsort(edges[:, 1], kind="stable")][:, ::-1]
        first = np.sort(np.unique(edges, axis=0, return_index=True)[1])
        out = edges[first][np.argsort(edges[first, 0], kind="stable")]
        for side, rows in (("inbound_nodes", into), ("outbound_nodes", out)):
            if not np.array_equal(outputs[f"{side}{words} afterwards"], rows):
                return f"{side}{words}: the graph was changed, work on copies of it"
    return None


def wrong_order(order: Array, count: int, edges: Array) -> str | None:
    if order.ndim != 1 or not np.isin(order, np.arange(count)).all():
        return "holds something that is no node of this graph"
    if not np.isin(np.arange(count), order).all():
        return "a node is missing that the inputs lead to, or an input itself"
    if len(order) > count:
        return "a node stands in it more than once"
    place = np.argsort(order)
    if (place[edges[:, 0]] > place[edges[:, 1]]).any():
        return "a node stands before one that enters it"
    return None


def make_recorders(lib: Library, count: int, calls: list[tuple[str, int]]) -> list[Any]:
    """Return nodes, the first an `Input`, that write each call into `calls`.

    `forward` lets a node show the value that it was given to show.
    """

    def recorder(i: int) -> Any:
        node = lib.miniflow.Node() if i else lib.miniflow.Input()

        def forward() -> None:
            calls.append(("forward", i))
            node.value = node.to_show

        def backward() -> None:
            calls.append(("backward", i))

        node.value = node.to_show = OLD
        node.forward = forward if i else lambda value=None: forward()
        node.backward = backward
        return node

    return [recorder(i) for i in range(count)]


def called(calls: Sequence[tuple[str, int]], method: str) -> Array:
    """Return the indices of the nodes whose `method` was called, in order."""
    return np.array([i for name, i in calls if name == method], dtype=np.int64)


@probe
def forward_pass(
    lib: Library, order: Array, output: Any, values: Array, new_values: Any = None
) -> Any:
    """`values` are what the nodes will show; the list holds them in this `order`.

    The one asked for is the one at the place `output` of the list.
    """
    calls: list[tuple[str, int]] = []
    nodes = make_recorders(lib, len(values), calls)
    sorted_nodes = [nodes[i] for i in order]
    for words, rows in (("", values), (SECOND, new_values)):
        if rows is None:
            return
        calls.clear()
        for node, row in zip(nodes, rows, strict=True):
            node.to_show = as_value(row)
        result = lib.miniflow.forward_pass(nodes[order[int(output)]], sorted_nodes)
        yield f"forward calls{words}", called(calls, "forward")
        yield f"backward calls{words}", called(calls, "backward")
        yield f"returned value{words}", result
        yield f"sorted_nodes{words} afterwards", places(nodes, sorted_nodes), SAME


@probe
def forward_and_backward(lib: Library, order: Array, rounds: Any) -> Any:
    calls: list[tuple[str, int]] = []
    recorders = make_recorders(lib, len(order), calls)
    graph = [recorders[i] for i in order]
    for words in ("", SECOND)[: int(rounds)]:
        calls.clear()
        lib.miniflow.forward_and_backward(graph)
        methods = [method for method, _ in calls]
        early = methods.index("backward") if "backward" in methods else len(methods)
        yield f"forward calls{words}", called(calls, "forward")
        yield f"backward calls{words}", called(calls, "backward")
        yield f"forward calls before the first backward{words}", early
        yield f"graph{words} afterwards", places(recorders, graph), SAME


def judge_forward_pass(inputs: Inputs, outputs: Given) -> str | None:
    """Return what is wrong with the calls or the returned value, or None."""
    for words, key in (("", "values"), (SECOND, "new_values")):
        if key not in inputs:
            continue
        everyone = inputs["order"]
        if reason := wrong_calls(outputs[f"forward calls{words}"], everyone):
            return f"forward calls{words}: {reason}"
        if outputs[f"backward calls{words}"].size:
            return f"backward calls{words}: a forward pass calls no backward"
        expected = inputs[key][everyone[int(inputs["output"])]]
        if not np.array_equal(outputs[f"returned value{words}"], expected):
            return f"returned value{words}: is not that of the node asked for"
        if not np.array_equal(outputs[f"sorted_nodes{words} afterwards"], everyone):
            return f"sorted_nodes{words}: the list was changed, leave it as it is"
    return None


def judge_forward_and_backward(inputs: Inputs, outputs: Given) -> str | None:
    """Return what is wrong with the calls, or None."""
    everyone = inputs["order"]
    for words in ("", SECOND)[: int(inputs["rounds"])]:
        if reason := wrong_calls(outputs[f"forward calls{words}"], everyone):
            return f"forward calls{words}: {reason}"
        if reason := wrong_calls(outputs[f"backward calls{words}"], everyone[::-1]):
            return f"backward calls{words}: {reason}"
        early = outputs[f"forward calls before the first backward{words}"]
        if not np.array_equal(early, len(everyone)):
            return f"backward calls{words}: came before the values were all there"
        if not np.array_equal(outputs[f"graph{words} afterwards"], everyone):
            return f"graph{words}: the list was changed, leave it as it is"
    return None


def wrong_calls(calls: Array, wanted: Array) -> str | None:
    if calls.ndim != 1 or not calls.size:
        return "no node was called"
    if not np.isin(wanted, calls).all():
        return "a node was left out"
    if len(calls) > len(wanted):
        return "a node was called more than once"
    return None if np.array_equal(calls, wanted) else "came in another order"


def run_sgd(
    lib: Library, values: Given, steps: Sequence[str], *args: float, **kwargs: float
) -> Any:
    """Yield the values after each step; `grad_W` is the gradient of `W`."""
    nodes = {k: lib.miniflow.Input(k) for k in values if not k.startswith("grad_")}
    hold(nodes, values)
    for name, node in nodes.items():
        gradient = values[f"grad_{name}"]
        bystander = stand_in(lib, "bystander")
        node.gradients = {
            bystander: as_value(gradient + 1.0),
            node: as_value(gradient),
        }
    trainables = list(nodes.values())
    for words in steps:
        lib.miniflow.sgd_update(trainables, *args, **kwargs)
        for name, node in nodes.items():
            yield f"value of {name}{words}", node.value
    for name, node in nodes.items():
        yield f"gradients[{name}] afterwards", node.gradients.get(node), SAME
    yield "number of trainables", len(trainables)


@probe
def sgd_update(lib: Library, learning_rate: Array, **values: Array) -> Any:
    yield from run_sgd(lib, values, [""], float(learning_rate))


@probe
def sgd_update_by_name(lib: Library, learning_rate: Array, **values: Array) -> Any:
    yield from run_sgd(lib, values, [""], learning_rate=float(learning_rate))


@probe
def sgd_update_default(lib: Library, **values: Array) -> Any:
    yield from run_sgd(lib, values, [""])


@probe
def sgd_update_twice(lib: Library, learning_rate: Array, **values: Array) -> Any:
    steps = [" after the first step", " after the second step"]
    yield from run_sgd(lib, values, steps, float(learning_rate))
