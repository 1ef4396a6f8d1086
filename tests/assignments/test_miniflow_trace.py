"""`trace` tells both passes of miniflow, changes nothing, and is silent otherwise."""

from __future__ import annotations

import logging

import numpy as np
import pytest

from mytorch.miniflow import (
    Add,
    Input,
    Mul,
    forward_and_backward,
    forward_pass,
    topological_sort,
    trace,
)
from tests.support.graphs import feed, network


def run_small_graph():
    n, feed_dict = feed({"x": -2.0, "y": 5.0, "z": -4.0})
    Mul(Add(n["x"], n["y"]), n["z"])
    forward_and_backward(topological_sort(feed_dict))


def test_passes_are_silent(capsys, caplog):
    with caplog.at_level(logging.DEBUG):
        run_small_graph()
    assert caplog.records == []
    assert capsys.readouterr() == ("", "")


def test_trace_tells_both_passes_and_then_is_silent(capsys, caplog):
    methods = {kind: dict(vars(kind)) for kind in (Input, Add, Mul)}
    with trace():
        run_small_graph()
    told = capsys.readouterr().out
    assert "forward at Mul_Op: Add_Op · z = -12." in told
    assert "forward at Add_Op: x + y = 3." in told
    assert "backward at Add_Op" in told
    assert told.index("forward at Mul_Op") < told.index("backward at Mul_Op")
    assert {record.name for record in caplog.records} == {"mytorch.miniflow"}
    assert {kind: dict(vars(kind)) for kind in methods} == methods
    caplog.clear()
    run_small_graph()
    assert caplog.records == []
    assert capsys.readouterr().out == ""


def test_trace_changes_no_number_and_ends_after_an_error(capsys):
    rng = np.random.default_rng(5)
    cost, feed_dict = network(rng)
    graph = topological_sort(feed_dict)
    forward_and_backward(graph)
    plain = [np.array(node.gradients[node]) for node in feed_dict]
    with trace():
        forward_and_backward(graph)
    for node, gradient in zip(feed_dict, plain, strict=True):
        np.testing.assert_array_equal(node.gradients[node], gradient)
    with pytest.raises(RuntimeError), trace():
        raise RuntimeError
    capsys.readouterr()
    forward_pass(cost, graph)
    assert capsys.readouterr().out == ""
