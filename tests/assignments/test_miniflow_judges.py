"""What the judges of miniflow's graph questions say of made-up answers."""

import numpy as np
import pytest

from tests.miniflow import probes, visible
from tests.support.judged import court
from tests.support.programs import apply, library

# Any order that keeps the rules is right; these graphs are judged by hand here.
DIAMOND = {
    "nodes": np.array(4),
    "edges": np.array([[0, 1], [0, 2], [1, 3], [2, 3]]),
    "values": np.array([3.0]),
}


def sorted_as(order, value=3.0, entries=1, **changed):
    """Return what the judge says of an order of the diamond's nodes."""
    outputs = {
        "order": np.array(order),
        "value of input 0": np.array(value),
        "number of entries in feed_dict afterwards": np.array(entries),
        "inbound_nodes afterwards": np.array([[1, 0], [2, 0], [3, 1], [3, 2]]),
        "outbound_nodes afterwards": np.array([[0, 1], [0, 2], [1, 3], [2, 3]]),
    }
    return visible.judge_sort(DIAMOND, outputs | changed)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [0, 2, 1, 3]])
def test_any_order_that_keeps_the_rules_is_right(order):
    assert sorted_as(order) is None


@pytest.mark.parametrize(
    "order",
    [
        [3, 2, 1, 0],
        [0, 1, 3, 2],
        [0, 1, 2],
        [1, 2, 3],
        [0, 1, 2, 3, 3],
        [0, 1, 2, -1],
        [0, 1, 2, 4],
        [[0, 1], [2, 3]],
        [],
        0,
        [0.0, 1.5, 2.0, 3.0],
        [0.0, 1.0, 2.0, float("nan")],
    ],
)
def test_an_order_that_breaks_a_rule_is_wrong(order):
    assert sorted_as(order).startswith("order: ")


def test_judge_of_a_sort_sees_values_and_changes():
    assert sorted_as([0, 1, 2, 3], value=4.0).startswith("value of input 0: ")
    assert sorted_as([0, 1, 2, 3], entries=0).startswith("feed_dict: ")
    assert sorted_as([0, 1, 2, 3], entries=[1, 1]).startswith("feed_dict: ")
    for side in ("inbound_nodes", "outbound_nodes"):
        changed = {f"{side} afterwards": np.zeros((0, 2), int)}
        assert sorted_as([0, 1, 2, 3], **changed).startswith(f"{side}: ")


def test_an_array_of_numbers_is_no_list_of_nodes():
    assert probes.places([], np.array([0, 1])) is None
    assert probes.places([], 3) is None
    assert probes.places([], {1: 2}) == {1: 2}


@pytest.mark.parametrize(
    ("calls", "wanted", "right"),
    [
        ([0, 1, 2], [0, 1, 2], True),
        ([0, 2, 1], [0, 1, 2], False),
        ([0, 1], [0, 1, 2], False),
        ([0, 1, 2, 2], [0, 1, 2], False),
        ([], [0, 1, 2], False),
        ([[0, 1, 2]], [0, 1, 2], False),
        (0, [0], False),
    ],
)
def test_calls_are_judged_by_their_order(calls, wanted, right):
    assert (visible.wrong_calls(np.array(calls), np.array(wanted)) is None) is right


# Programs that know how a probe makes its nodes, and nothing of the graph.
BY_AGE = """
def topological_sort(feed_dict):
    import gc
    for node, value in feed_dict.items():
        node.value = value
    return sorted((n for n in gc.get_objects() if isinstance(n, Node)), key=id)
"""
AS_FOUND = BY_AGE.replace("sorted((n", "list((n").replace(", key=id)", ")")
BY_NUMBER = """
def topological_sort(feed_dict):
    for node, value in feed_dict.items():
        node.value = value
    found, todo = [], list(feed_dict)
    while todo:
        node = todo.pop()
        if all(node is not n for n in found):
            found.append(node)
            todo += node.outbound_nodes
    return sorted(found, key=id)
"""
IN_ORDER_OF_MAKING = """
def {name}({arguments}):
    import gc
    nodes = [n for n in gc.get_objects() if isinstance(n, Node)]
    for n in nodes:
        n.forward()
    {end}
"""


@pytest.mark.parametrize("text", [BY_AGE, AS_FOUND, BY_NUMBER])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_sort_by_age_earns_next_to_nothing(text, seed):
    judge = court("miniflow", bytes([seed]) * 32)
    lib = library(apply({"miniflow.topological_sort": text}), "miniflow")
    points = judge.question(lib, "topological_sort").points
    # By address is by chance: a small graph can come out right.
    assert points < (0.2 if text is BY_NUMBER else 0.01)


@pytest.mark.parametrize(
    ("name", "arguments", "end"),
    [
        ("forward_pass", "output_node, sorted_nodes", "return output_node.value"),
        ("forward_and_backward", "graph", "[n.backward() for n in nodes[::-1]]"),
    ],
)
def test_calls_in_the_order_of_making_earn_nothing(name, arguments, end):
    text = IN_ORDER_OF_MAKING.format(name=name, arguments=arguments, end=end)
    lib = library(apply({f"miniflow.{name}": text}), "miniflow")
    report = court("miniflow").question(lib, name)
    assert report.points == 0


def test_a_wrong_forward_costs_no_backward_question():
    """What a forward leaves behind is set afresh, even if it spoils its inputs."""
    spoil = """
        def forward(self):
            for n in self.inbound_nodes:
                n.value = np.zeros(7)
            self.value = "spoilt"
            self.m, self.diff = 0, None
    """
    kinds = ("Add", "Mul", "Linear", "Sigmoid", "MSE")
    sources = apply({f"miniflow.{kind}.forward": spoil for kind in kinds})
    forwards = {f"{kind.lower()}_forward" for kind in kinds}
    lib = library(sources, "miniflow")
    assert court("miniflow").lost(lib) == forwards
