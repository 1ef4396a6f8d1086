"""The gradients of mlp's reference by finite differences, its loss by plain Python."""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mytorch import nn, optim
from tests.support.programs import planted

LIB = SimpleNamespace(nn=nn, optim=optim)
STEP = 1e-6

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 5)
# Always the same examples: a test that turns red has a change to blame.
thorough = settings(max_examples=100, derandomize=True)


def slopes(function, x):
    """Return how much `function()` grows with each entry of `x`, changed in place."""
    found = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        old, ends = x[place], []
        for step in (STEP, -STEP):
            x[place] = old + step
            ends.append(function())
        x[place] = old
        found[place] = (ends[0] - ends[1]) / (2 * STEP)
    return found


def assert_slope(gradient, function, x):
    """Fail unless `gradient` has the shape of `x` and says how `function()` grows."""
    assert np.shape(gradient) == x.shape
    np.testing.assert_allclose(gradient, slopes(function, x), rtol=1e-5, atol=1e-6)


def away_from_zero(rng, *shape):
    """Draw numbers at which the slope of a ReLU is in no doubt."""
    return rng.uniform(0.1, 2.0, shape) * rng.choice([-1.0, 1.0], shape)


def check_linear(seed, n, i, o):
    rng = np.random.default_rng(seed)
    layer = nn.Linear(i, o)
    layer.weight, layer.bias = rng.normal(size=(i, o)), rng.normal(size=(1, o))
    x, grad = rng.normal(size=(n, i)), rng.normal(size=(n, o))
    layer.forward(x)
    grad_x = layer.backward(grad)
    stored = layer.grad_weight, layer.grad_bias

    def blame():
        return np.sum(grad * layer.forward(x))

    for gradient, entries in zip(
        (grad_x, *stored), (x, layer.weight, layer.bias), strict=True
    ):
        assert_slope(gradient, blame, entries)


def check_relu(seed, *shape):
    rng = np.random.default_rng(seed)
    layer = nn.ReLU()
    x, grad = away_from_zero(rng, *shape), rng.normal(size=shape)
    layer.forward(x)
    assert_slope(layer.backward(grad), lambda: np.sum(grad * layer.forward(x)), x)


def check_loss(seed, n, c):
    rng = np.random.default_rng(seed)
    loss = nn.CrossEntropyLoss()
    logits, labels = rng.normal(0.0, 2.0, (n, c)), rng.integers(c, size=n)
    loss.forward(logits, labels)
    assert_slope(loss.backward(), lambda: loss.forward(logits, labels), logits)


def make_network(rng, n, i, h, c):
    """Return a network, a loss, inputs and labels, with no ReLU near its kink."""
    while True:
        first, last = nn.Linear(i, h), nn.Linear(h, c)
        for layer in (first, last):
            layer.weight = rng.normal(size=layer.weight.shape)
            layer.bias = rng.normal(size=layer.bias.shape)
        x = rng.normal(size=(n, i))
        if np.abs(x @ first.weight + first.bias).min() > 1e-3:
            break
    network = nn.Sequential(first, nn.ReLU(), last)
    return network, nn.CrossEntropyLoss(), x, rng.integers(c, size=n)


def check_network(seed, n, i, h, c):
    network, loss, x, labels = make_network(np.random.default_rng(seed), n, i, h, c)

    def cost():
        return loss.forward(network.forward(x), labels)

    cost()
    network.backward(loss)
    first, _, last = network.layers
    stored = [(layer.grad_weight, layer.grad_bias) for layer in (first, last)]
    for layer, (grad_weight, grad_bias) in zip((first, last), stored, strict=True):
        assert_slope(grad_weight, cost, layer.weight)
        assert_slope(grad_bias, cost, layer.bias)


def check_step(seed, n, i, h, c):
    """A short step lowers the loss by its length times the squares of all slopes."""
    network, loss, x, labels = make_network(np.random.default_rng(seed), n, i, h, c)
    before = loss.forward(network.forward(x), labels)
    network.backward(loss)
    first, _, last = network.layers
    squares = sum(
        np.sum(layer.grad_weight**2) + np.sum(layer.grad_bias**2)
        for layer in (first, last)
    )
    optim.SGD(network, STEP).step()
    after = loss.forward(network.forward(x), labels)
    found = (before - after) / STEP
    np.testing.assert_allclose(found, squares, rtol=1e-3, atol=1e-6)


@thorough
@given(seeds, sizes, sizes, sizes)
def test_gradients_of_linear(seed, n, i, o):
    check_linear(seed, n, i, o)


@thorough
@given(seeds, st.lists(sizes, min_size=1, max_size=3))
def test_gradient_of_relu(seed, shape):
    check_relu(seed, *shape)


@thorough
@given(seeds, sizes, sizes)
def test_gradient_of_the_loss(seed, n, c):
    check_loss(seed, n, c)


@thorough
@given(seeds, sizes, sizes, sizes, sizes)
def test_gradients_of_a_network(seed, n, i, h, c):
    check_network(seed, n, i, h, c)


@thorough
@given(seeds, sizes, sizes, sizes, sizes)
def test_step_goes_down_the_gradient(seed, n, i, h, c):
    check_step(seed, n, i, h, c)


def test_slope_at_exactly_zero_is_zero():
    layer = nn.ReLU()
    layer.forward(np.array([[0.0, -0.0]]))
    np.testing.assert_array_equal(layer.backward(np.array([[3.0, 4.0]])), [[0, 0]])


def naive_loss(logits, labels):
    """Return the mean of -log(softmax), entry by entry, in plain Python."""
    losses = [
        -math.log(math.exp(row[label]) / math.fsum(map(math.exp, row)))
        for row, label in zip(logits.tolist(), labels.tolist(), strict=True)
    ]
    return math.fsum(losses) / len(losses)


@thorough
@given(seeds, sizes, sizes)
def test_loss_agrees_with_the_naive_formula(seed, n, c):
    rng = np.random.default_rng(seed)
    logits, labels = rng.uniform(-30, 30, (n, c)), rng.integers(c, size=n)
    found = nn.CrossEntropyLoss().forward(logits, labels)
    assert isinstance(found, float)
    np.testing.assert_allclose(found, naive_loss(logits, labels), rtol=1e-9, atol=1e-12)


@thorough
@given(seeds, sizes, sizes, st.sampled_from([-1000.0, 1000.0]))
def test_loss_does_not_care_where_logits_start(seed, n, c, shift):
    rng = np.random.default_rng(seed)
    logits, labels = rng.normal(size=(n, c)), rng.integers(c, size=n)
    found = nn.CrossEntropyLoss().forward(logits + shift, labels)
    np.testing.assert_allclose(found, naive_loss(logits, labels), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("labels", "mean", "gradient"),
    [
        ([0, 1], 0.0, [[0, 0], [0, 0]]),
        ([1, 1], 1000.0, [[0.5, -0.5], [0, 0]]),
        ([1, 0], 2000.0, [[0.5, -0.5], [-0.5, 0.5]]),
    ],
)
def test_loss_is_right_for_logits_a_thousand_off(labels, mean, gradient):
    loss = nn.CrossEntropyLoss()
    logits = np.array([[1000.0, -1000.0], [-1000.0, 1000.0]])
    assert loss.forward(logits, labels) == mean
    np.testing.assert_array_equal(loss.backward(), gradient)


def all_differences():
    # Square, so that a fault shows in the numbers and not in a shape alone.
    check_linear(0, 3, 3, 3)
    check_relu(0, 4, 3)
    check_loss(0, 4, 3)
    check_network(0, 5, 3, 3, 3)
    check_step(0, 5, 3, 3, 3)


FAULTS = (
    ("linear_forward", "the bias is not added:"),
    ("relu_forward", "this is the absolute"),
    ("relu_forward", "negative entries are only"),
    ("sequential_forward", "the layers run from"),
    ("xeloss_forward", "averaged over N times C"),
    ("xeloss_forward", "the minus sign is"),
    ("xeloss_backward", "not divided by N: the"),
    ("xeloss_backward", "softmax runs down the"),
    ("linear_backward", "the weights are not"),
    ("linear_backward", "averaged over the"),
    ("relu_backward", "the mask must come from"),
    ("sequential_backward", "the layers run from"),
    ("sequential_backward", "the first layer is left"),
    ("sgd", "the step is added:"),
    ("sgd", "the bias is not"),
    ("sgd", "the last layer is never"),
)


def test_the_reference_passes():
    all_differences()


@pytest.mark.parametrize(("question", "words"), FAULTS)
def test_a_planted_fault_is_found(question, words):
    with planted("mlp", question, words, LIB), pytest.raises(AssertionError):
        all_differences()
