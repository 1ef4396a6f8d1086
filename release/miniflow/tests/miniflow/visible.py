"""Which case of each question do students see, and when is an answer about a graph right?

The cases are the arrays of the notebook. A graph has many right orders: judges tell
what is wrong with one.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from autograder.student.asking import SECOND, SECOND_CALL
from autograder.student.declared import case
from autograder.student.questions import Array, Inputs
from tests.miniflow.probes import feed_of

Outputs = Mapping[str, Any]


def calls(inputs: Inputs, name: str) -> Iterator[tuple[str, Any]]:
    """Yield the words behind the outputs of each call, and its input of that name."""
    yield "", inputs[name]
    if SECOND + name in inputs:
        yield SECOND_CALL, inputs[SECOND + name]


def judge_sort(inputs: Inputs, outputs: Outputs) -> str | None:
    """Return what is wrong with an order, or None: any that keeps the rules is right.

    Each node stands in it once, and after every node that enters it.
    """
    edges = inputs["edges"]
    feed = feed_of(int(inputs["nodes"]), edges)
    into = edges[np.argsort(edges[:, 1], kind="stable")][:, ::-1]
    first = np.sort(np.unique(edges, axis=0, return_index=True)[1])
    out = edges[first][np.argsort(edges[first, 0], kind="stable")]
    for words, values in calls(inputs, "values"):
        if reason := wrong_order(outputs[f"order{words}"], int(inputs["nodes"]), edges):
            return f"order{words}: {reason}"
        for k, row in enumerate(values):
            if not np.array_equal(outputs[f"value of input {k}{words}"], row):
                return f"value of input {k}{words}: is not what feed_dict holds for it"
        entries = outputs[f"number of entries in feed_dict afterwards{words}"]
        if not np.array_equal(entries, len(feed)):
            return f"feed_dict{words}: entries were added or removed: leave it as it is"
        for side, rows in (("inbound_nodes", into), ("outbound_nodes", out)):
            if not np.array_equal(outputs[f"{side} afterwards{words}"], rows):
                return f"{side}{words}: the graph was changed: work on copies"
    return None


def wrong_order(order: Array, count: int, edges: Array) -> str | None:
    if order.ndim != 1 or not np.isin(order, np.arange(count)).all():
        return "contains something that is not a node of this graph"
    if not np.isin(np.arange(count), order).all():
        return "a node is missing: list all inputs and all nodes that they lead to"
    if len(order) > count:
        return "a node is listed more than once"
    place = np.argsort(order)
    late = place[edges[:, 0]] > place[edges[:, 1]]
    if late.all():
        return "the order is reversed: inputs come first"
    return "a node comes before a node that enters it" if late.any() else None


def judge_forward_pass(inputs: Inputs, outputs: Outputs) -> str | None:
    """Return what is wrong with the calls or the returned value, or None."""
    everyone = inputs["order"]
    for words, values in calls(inputs, "values"):
        if reason := wrong_calls(outputs[f"forward calls{words}"], everyone):
            return f"forward calls{words}: {reason}"
        if outputs[f"backward calls{words}"].size:
            return f"backward calls{words}: forward_pass must not call backward"
        expected = values[everyone[int(inputs["output"])]]
        if not np.array_equal(outputs[f"returned value{words}"], expected):
            return f"returned value{words}: is not the value of output_node"
        if not np.array_equal(outputs[f"sorted_nodes afterwards{words}"], everyone):
            return f"sorted_nodes{words}: the list was changed: leave it as it is"
    return None


def judge_forward_and_backward(inputs: Inputs, outputs: Outputs) -> str | None:
    """Return what is wrong with the calls, or None."""
    everyone = inputs["order"]
    for words in ("", SECOND_CALL)[: int(inputs["rounds"])]:
        if reason := wrong_calls(outputs[f"forward calls{words}"], everyone):
            return f"forward calls{words}: {reason}"
        if reason := wrong_calls(outputs[f"backward calls{words}"], everyone[::-1]):
            return f"backward calls{words}: {reason}"
        early = outputs[f"forward calls before the first backward{words}"]
        if not np.array_equal(early, len(everyone)):
            return f"backward calls{words}: a backward ran before all forwards had run"
        if not np.array_equal(outputs[f"graph afterwards{words}"], everyone):
            return f"graph{words}: the list was changed: leave it as it is"
    return None


def wrong_calls(found: Array, wanted: Array) -> str | None:
    if found.ndim != 1 or not found.size:
        return "no node was called"
    if not np.isin(wanted, found).all():
        return "a node was left out"
    if len(found) > len(wanted):
        return "a node was called more than once"
    return None if np.array_equal(found, wanted) else "the nodes were called in the wrong order"


EXAMPLE = "the example in the notebook"

CASES = (
    case("input", EXAMPLE, value=4),
    case("topological_sort", "three inputs that enter one node: the graph of x + y + z", judge=judge_sort, nodes=4, edges=np.array([[0, 3], [1, 3], [2, 3]]), values=[4, 5, 10]),
    case("forward_pass", "the nodes of x + y + z, with given values", judge=judge_forward_pass, order=np.array([0, 1, 2, 3]), output=3, values=[4, 5, 10, 19]),
    case("add_forward", EXAMPLE, enter="xyz", x=4, y=5, z=10),
    case("mul_forward", EXAMPLE, enter="xyz", x=4, y=5, z=10),
    case("linear_forward", EXAMPLE, X=[[1, 2], [3, 4]], W=[[5, 6], [7, 8]], b=[-1, -1]),
    case("sigmoid_forward", EXAMPLE, x=[[-9, 4], [-9, 4]]),
    case("mse_forward", EXAMPLE, y=[1, 2, 3], a=[4.5, 5, 10]),
    case("mse_backward", EXAMPLE, y_axes=1, a_axes=1, value=23.416666666666668, columns=[[1, 2, 3], [4.5, 5, 10], [-3.5, -3, -7]]),
    case("sigmoid_backward", "a value close to 0, with the gradient that a cost sends back", x=[[-11], [-11]], value=[[1.670142184809518e-05], [1.670142184809518e-05]], gradients=[[[-0.999983298578152], [-1.999983298578152]]]),
    case("linear_backward", "two rows, with the gradient that a sigmoid sends back", X=[[-1, -2], [-1, -2]], W=[[2], [3]], b=[-3], value=[[-11], [-11]], gradients=[[[-1.670086397777034e-05], [-3.340200688837377e-05]]]),
    case("add_backward", "q = x + y in f = (x + y) z", enter="xy", x=-2, y=5, value=3, gradients=[-4]),
    case("mul_backward", "f = q z, the last node of f = (x + y) z", enter="qz", q=3, z=-4, value=-12, gradients=np.zeros(0)),
    case("input_backward", "the input x of f = (x + y) z", x=-2, gradients=[-4]),
    case("forward_and_backward", "five nodes in a row, as in f = (x + y) z", judge=judge_forward_and_backward, order=np.arange(5), rounds=1),
    case("sgd_update", "the default learning rate", w=5, grad_w=10),
)
