"""Graphs of miniflow for the tests: one with everything in it, and drawn ones."""

from __future__ import annotations

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

from mytorch.miniflow import (
    MSE,
    Add,
    Input,
    Linear,
    Mul,
    Sigmoid,
)

thorough = settings(max_examples=150)


def feed(values):
    """Return named inputs and their feed_dict."""
    nodes = {name: Input(name) for name in values}
    return nodes, {nodes[name]: value for name, value in values.items()}


def network(rng, rows=4):
    """Return a cost and a feed_dict: shared nodes and weights, a zero, x twice."""
    values = {
        "x": rng.normal(size=(rows, 3)),
        "W": rng.normal(size=(3, 3)),
        "b": rng.normal(size=3),
        "V": rng.normal(size=(3, 1)),
        "c": rng.normal(size=1),
        "y": rng.normal(size=rows),
    }
    values["x"][0, 0] = 0.0
    n, feed_dict = feed(values)
    h = Linear(n["x"], n["W"], n["b"])
    s = Sigmoid(h)
    p = Mul(s, h, n["x"])
    q = Add(p, s, s, n["x"])
    u = Linear(Add(Mul(q, q), q, p), n["V"], n["c"])
    v = Linear(s, n["V"], n["c"])
    return MSE(n["y"], Add(u, v, u)), feed_dict


class Growing:
    """A graph that grows: all arrays are (N, D), weights (D, D), and shared at times.

    So every node can enter every other.
    """

    def __init__(self, draw):
        self.draw, self.feed_dict = draw, {}
        self.rows, self.columns = draw(st.integers(1, 4)), draw(st.integers(1, 3))
        self.rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        count = draw(st.integers(1, 3))
        self.nodes = [self.input(self.rows, self.columns) for _ in range(count)]
        self.weights = self.new_weights(self.columns)

    def input(self, *shape):
        node = Input()
        self.feed_dict[node] = self.rng.uniform(-1.0, 1.0, size=shape)
        return node

    def new_weights(self, columns):
        return self.input(self.columns, columns), self.input(columns)

    def grow(self, kind):
        """Add an operator over some of the nodes that are there."""
        some = self.draw(st.lists(st.integers(0, 100), min_size=1, max_size=3))
        first, *others = [self.nodes[i % len(self.nodes)] for i in some]
        if kind is Linear:
            if self.draw(st.booleans()):
                self.weights = self.new_weights(self.columns)
            others = self.weights
        elif kind is Sigmoid:
            others = []
        self.nodes.append(kind(first, *others))

    def cost(self, output):
        shape = self.draw(st.sampled_from([(self.rows,), (self.rows, 1)]))
        return MSE(self.input(*shape), Linear(output, *self.new_weights(1)))


@st.composite
def random_graphs(draw):
    """Draw an output and its feed_dict: any operators over any earlier nodes.

    What nobody uses is added up at the end.
    """
    graph = Growing(draw)
    for kind in draw(
        st.lists(st.sampled_from([Add, Mul, Sigmoid, Linear]), max_size=6)
    ):
        graph.grow(kind)
    output = Add(*[n for n in graph.nodes if not n.outbound_nodes])
    if draw(st.booleans()):
        output = graph.cost(output)
    names = draw(st.permutations(list(graph.feed_dict)))
    return output, {node: graph.feed_dict[node] for node in names}
