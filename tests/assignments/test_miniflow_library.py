"""The reference of miniflow gives known numbers, in ordinary and in odd graphs."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mytorch.miniflow import (
    MSE,
    Add,
    Input,
    Linear,
    Mul,
    Node,
    Sigmoid,
    forward_and_backward,
    forward_pass,
    sgd_update,
    topological_sort,
)
from tests.support.graphs import feed, thorough


def test_a_node_that_enters_twice_is_listed_once():
    x = Input("x")
    twice = Add(x, x)
    assert x.outbound_nodes == [twice]
    assert twice.inbound_nodes == [x, x]
    graph = topological_sort({x: 3.0})
    assert forward_pass(twice, graph) == 6.0
    forward_and_backward(graph)
    assert x.gradients[x] == 2.0


def test_square_of_an_input():
    x = Input("x")
    square = Mul(x, x)
    graph = topological_sort({x: np.array([3.0, 0.0, -2.0])})
    forward_and_backward(graph)
    np.testing.assert_array_equal(square.value, [9.0, 0.0, 4.0])
    np.testing.assert_array_equal(x.gradients[x], [6.0, 0.0, -4.0])


def test_names():
    x, y = Input("x"), Input()
    kinds = [x, y, Add(x), Mul(x), Linear(x, x, x), Sigmoid(x), MSE(x, x), Node()]
    assert [n.name for n in kinds] == [
        *("x", "Input", "Add_Op", "Mul_Op", "Linear_OP", "Sigmoid_Op", "MSE_Op"),
        "Node",
    ]


@pytest.mark.parametrize(("kind", "expected"), [(Add, 19), (Mul, 200)])
def test_sum_and_product_of_three_numbers(kind, expected):
    n, feed_dict = feed({"x": 4, "y": 5, "z": 10})
    assert forward_pass(kind(*n.values()), topological_sort(feed_dict)) == expected


def test_linear_example():
    n, feed_dict = feed(
        {
            "X": np.array([[1.0, 2.0], [3.0, 4.0]]),
            "W": np.array([[5.0, 6.0], [7.0, 8.0]]),
            "b": np.array([-1.0, -1.0]),
        }
    )
    found = forward_pass(Linear(*n.values()), topological_sort(feed_dict))
    np.testing.assert_array_equal(found, [[18, 21], [42, 49]])


def test_sigmoid_example():
    n, feed_dict = feed(
        {
            "X": np.array([[-1.0, -2.0], [-1.0, -2.0]]),
            "W": np.array([[2.0, -3.0], [2.0, -3.0]]),
            "b": np.array([-3.0, -5.0]),
        }
    )
    found = forward_pass(Sigmoid(Linear(*n.values())), topological_sort(feed_dict))
    np.testing.assert_allclose(found, [[1.23394576e-04, 9.82013790e-01]] * 2, rtol=1e-8)


@pytest.mark.parametrize("shape", [(3,), (3, 1)])
def test_cost_example(shape):
    n, feed_dict = feed(
        {"y": np.array([1, 2, 3]), "a": np.reshape([4.5, 5.0, 10.0], shape)}
    )
    cost = MSE(n["y"], n["a"])
    found = forward_pass(cost, topological_sort(feed_dict))
    assert found == pytest.approx(23.4166666667, abs=1e-10)
    assert type(found) is float
    assert cost.m == 3
    np.testing.assert_array_equal(cost.diff, [[-3.5], [-3.0], [-7.0]])


def test_gradients_example():
    n, feed_dict = feed(
        {
            "X": np.array([[-1.0, -2.0], [-1.0, -2.0]]),
            "W": np.array([[2.0], [3.0]]),
            "b": np.array([-3.0]),
            "y": np.array([1, 2]),
        }
    )
    cost = MSE(n["y"], Sigmoid(Linear(n["X"], n["W"], n["b"])))
    forward_and_backward(topological_sort(feed_dict))
    assert cost.value == pytest.approx(2.4999498960133932, rel=1e-14)
    expected = {
        "X": [[-3.34017280e-05, -5.01025919e-05], [-6.68040138e-05, -1.00206021e-04]],
        "y": [0.9999833, 1.9999833],
        "W": [[5.01028709e-05], [1.00205742e-04]],
        "b": [-5.01028709e-05],
    }
    for name, array in expected.items():
        gradient = n[name].gradients[n[name]]
        np.testing.assert_allclose(gradient, array, rtol=1e-7, err_msg=name)


def test_worked_example():
    n, feed_dict = feed({"x": -2.0, "y": 5.0, "z": -4.0})
    f = Mul(Add(n["x"], n["y"]), n["z"])
    forward_and_backward(topological_sort(feed_dict))
    assert f.value == -12.0
    assert [float(k.gradients[k]) for k in n.values()] == [-4.0, -4.0, 3.0]


def test_minimum_by_descent():
    """x^4 - 3x^3 + 2 from x = 6 in steps of 0.01 times the slope ends near 9/4."""
    x, factor, two = Input("x"), Input("-3"), Input("2")
    f = Add(Mul(x, x, x, x), Mul(factor, x, x, x), two)
    graph = topological_sort({x: 6.0, factor: -3.0, two: 2.0})
    moved = np.inf
    while moved > 1e-5:
        before = x.value
        forward_and_backward(graph)
        sgd_update([x])
        moved = abs(x.value - before)
    assert f"{x.value:f}" == "2.249965"
    assert forward_pass(f, graph) == pytest.approx(-6.54296875, abs=1e-7)


@pytest.mark.parametrize(
    "x", [np.array([-1000.0, 0.0, 1000.0]), np.full((2, 2), -800.0), -1000.0, 1000.0]
)
def test_sigmoid_of_large_numbers_gives_no_warning(x):
    n, feed_dict = feed({"x": x})
    with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
        warnings.simplefilter("error")
        s = Sigmoid(n["x"])
        Add(s)
        forward_and_backward(topological_sort(feed_dict))
    exact = np.where(np.equal(x, 0), 0.5, np.greater(x, 0))
    np.testing.assert_allclose(s.value, exact, atol=1e-300)
    gradient = n["x"].gradients[n["x"]]
    np.testing.assert_allclose(gradient, np.where(np.equal(x, 0), 0.25, 0.0))


@given(st.floats(-700, 700))
@thorough
def test_sigmoid_is_symmetric_and_exact(x):
    a, b = Input(), Input()
    left, right = Sigmoid(a), Sigmoid(b)
    forward_pass(left, topological_sort({a: x, b: -x}))
    assert left.value + right.value == pytest.approx(1.0, rel=1e-15)
    assert left.value == pytest.approx(1.0 / (1.0 + np.exp(-x)), rel=1e-14)


def test_input_keeps_and_replaces_its_value():
    x = Input("x")
    x.forward(0.0)
    assert x.value == 0.0
    x.forward(3.0)
    x.forward()
    assert x.value == 3.0
    x.forward(0.0)
    assert x.value == 0.0
    x.forward(np.zeros(2))
    np.testing.assert_array_equal(x.value, [0.0, 0.0])


def test_product_with_zeros_has_finite_gradients():
    n, feed_dict = feed({"x": 0.0, "y": 0.0, "z": 3.0})
    Mul(*n.values())
    forward_and_backward(topological_sort(feed_dict))
    assert [float(k.gradients[k]) for k in n.values()] == [0.0, 0.0, 0.0]
    n["y"].value = 5.0
    forward_and_backward(topological_sort({**feed_dict, n["y"]: 5.0}))
    assert [float(k.gradients[k]) for k in n.values()] == [15.0, 0.0, 0.0]


def test_default_learning_rate():
    w = Input("w")
    w.value, w.gradients = 5.0, {w: 10.0}
    sgd_update([w])
    assert w.value == pytest.approx(4.9, rel=1e-15)
    sgd_update([w], learning_rate=0.1)
    assert w.value == pytest.approx(3.9, rel=1e-15)


def test_training_lowers_the_cost():
    rng = np.random.default_rng(0)
    X, W, b, y = Input("X"), Input("W"), Input("b"), Input("y")
    cost = MSE(y, Linear(X, W, b))
    data = rng.normal(size=(20, 3))
    feed_dict = {X: data, W: np.zeros((3, 1)), b: np.zeros(1), y: data @ [1, -2, 3]}
    graph = topological_sort(feed_dict)
    for _ in range(400):
        forward_and_backward(graph)
        sgd_update([W, b], 0.1)
    assert cost.value < 1e-6
    np.testing.assert_allclose(W.value, [[1.0], [-2.0], [3.0]], atol=1e-3)
