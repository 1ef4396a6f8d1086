"""The order of miniflow's graph: each node once, behind all that enters it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mytorch.miniflow import (
    Add,
    Input,
    Mul,
    Node,
    topological_sort,
)
from tests.support.graphs import thorough


@st.composite
def bare_graphs(draw):
    """Draw nodes, each entered by some earlier ones, the first by none."""
    nodes = []
    for i in range(draw(st.integers(1, 12))):
        sources = draw(st.lists(st.integers(0, i - 1), max_size=4)) if i else []
        nodes.append(Node([nodes[k] for k in sources]) if sources else Input())
    return nodes


@given(bare_graphs(), st.randoms(use_true_random=False))
@thorough
def test_order_has_each_node_once_and_after_what_enters_it(nodes, random):
    inputs = [n for n in nodes if isinstance(n, Input)]
    random.shuffle(inputs)
    feed_dict = {node: i for i, node in enumerate(inputs)}
    order = topological_sort(feed_dict)
    assert len(order) == len(nodes)
    assert set(order) == set(nodes)
    place = {node: i for i, node in enumerate(order)}
    for node in nodes:
        assert all(place[m] < place[node] for m in node.inbound_nodes)
    assert [node.value for node in inputs] == list(range(len(inputs)))
    assert len(feed_dict) == len(inputs)


def test_order_does_not_grow_with_the_number_of_paths():
    node = first = Input()
    for _ in range(60):
        node = Add(node, Mul(node, node))
    assert len(topological_sort({first: 0.5})) == 121


def test_an_input_without_a_value_is_asked_for():
    x, y = Input("x"), Input("y")
    Add(x, y)
    with pytest.raises(ValueError, match="feed_dict must hold every Input"):
        topological_sort({x: 1.0})
