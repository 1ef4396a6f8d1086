"""The reference of mlp is proved by means other than itself.

Finite differences say what each gradient must be, given the forward formulas; known
numbers say what the forward formulas must give. A fault planted in the reference has
to fail the proofs (PyTorch, the third one, stands in verify_torch.py).
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.judging.answer_key import Course
from autograder.releasing.freeze import frozen_text
from autograder.student.assignment import load
from mytorch import nn, optim
from tests.support.programs import planted

ROOT = Path(__file__).resolve().parents[2]
LIB = SimpleNamespace(nn=nn, optim=optim)
FROZEN = load(ROOT, "mlp").frozen()
STEP = 1e-6

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 5)
# Always the same examples: a test that turns red has a change to blame.
thorough = settings(max_examples=100, deadline=None, derandomize=True, database=None)


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


# ---- the loss where a naive formula fails, and where it does not


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


# ---- known numbers: what the course's first notebook printed

LOGITS = np.array([[-3.0, 2, -1, 0], [-1, 2, -3, 4]])
# These two gave answers 2 and 3 of that notebook. It does not print them, but the
# gradients that it prints tell the logits of a row up to a summand.
LOGITS_2 = np.array([[-4.0, 0, -1], [0, -2, -9], [-5, 0, -4]])
LOGITS_3 = np.array(
    [[-8.0, -7, 0, -5], [-3, -2, -3, 0], [-2, -9, 0, -11], [-17, -2, -19, 0]]
)
LINEAR_2 = np.arange(1.0, 13.0).reshape(3, 4)


def linear(weight, bias):
    layer = nn.Linear(*np.shape(weight))
    layer.weight, layer.bias = np.array(weight, float), np.array(bias, float)
    return layer


def assert_printed(found, printed, digits=9):
    """Fail unless `found` would be printed so, with that many digits."""
    assert np.shape(found) == np.shape(printed)
    # The ninth digit of 1.00000000 is its 1e-8.
    np.testing.assert_allclose(found, printed, rtol=0.51 * 10.0 ** (1 - digits), atol=0)


def linear_forward_numbers():
    layer = linear(LINEAR_2, [[1, 2, 3, 4]])
    out = layer.forward(np.array([[1.0, 2, 3], [4, 5, 6]]))
    assert_printed(out, [[39, 46, 53, 60], [84, 100, 116, 132]])


def relu_forward_numbers():
    out = nn.ReLU().forward(np.array([[-3.0, 1, 0], [4, 2, -5]]))
    assert_printed(out, [[0, 1, 0], [4, 2, 0]])


def sequential_forward_numbers():
    layer = linear([[-1, 2, -3], [5, -6, 7]], [[-1, 2, 3]])
    network = nn.Sequential(nn.ReLU(), layer, nn.ReLU())
    out = network.forward(np.array([[-3.0, 0], [4, 1], [-2, -1]]))
    assert_printed(out, [[0, 2, 3], [0, 4, 0], [0, 2, 3]])


def xeloss_forward_numbers():
    loss = nn.CrossEntropyLoss()
    found = loss.forward(LOGITS, np.array([3, 1]))
    assert_printed(found, 2.1545793610744024, digits=15)
    found = loss.forward(LOGITS_2, np.array([1, 0, 2]))
    assert_printed(found, 1.4927814118455973, digits=15)
    found = loss.forward(LOGITS_3, np.array([3, 1, 1, 2]))
    assert_printed(found, 8.868232666695468, digits=15)


def xeloss_backward_numbers():
    loss = nn.CrossEntropyLoss()
    loss.input, loss.target = LOGITS, np.eye(4)[[3, 1]]
    assert_printed(
        loss.backward(),
        [
            [2.82665133e-03, 4.19512254e-01, 2.08862853e-02, -4.43225190e-01],
            [2.94752177e-03, -4.40797443e-01, 3.98903693e-04, 4.37451017e-01],
        ],
    )
    loss.input, loss.target = LOGITS_2, np.eye(3)[[1, 0, 2]]
    assert_printed(
        loss.backward(),
        [
            [4.40429565e-03, -9.28669386e-02, 8.84626429e-02],
            [-3.97662178e-02, 3.97299887e-02, 3.62290602e-05],
            [2.19108773e-03, 3.25186252e-01, -3.27377339e-01],
        ],
    )
    loss.input, loss.target = LOGITS_3, np.eye(4)[[3, 1, 1, 2]]
    assert_printed(
        loss.backward(),
        [
            [8.32012706e-05, 2.26164502e-04, 2.48019492e-01, -2.48328858e-01],
            [1.00790932e-02, -2.22602184e-01, 1.00790932e-02, 2.02443998e-01],
            [2.97970533e-02, -2.49972829e-01, 2.20172098e-01, 3.67724850e-06],
            [9.11611224e-09, 2.98007293e-02, -2.49999999e-01, 2.20199260e-01],
        ],
    )


def linear_backward_numbers():
    layer = linear([[1, 2, 3, 2], [-1, 4, -2, 3]], [[1, 2, 3, 4]])
    layer.x = np.array([[1.0, -2], [0, -6]])
    grad_x = layer.backward(np.array([[1.0, 0, 3, 2], [5, 5, -1, 0]]))
    assert_printed(grad_x, [[14, -1], [12, 17]])
    assert_printed(layer.grad_weight, [[1, 0, 3, 2], [-32, -30, 0, -4]])
    assert_printed(np.ravel(layer.grad_bias), [6, 5, 2, 2])
    # Inputs not printed, but found again: x and W of the forward example.
    layer = linear(LINEAR_2, [[0, 0, 0, 0]])
    layer.x = np.array([[1.0, 2, 3], [4, 5, 6]])
    grad_x = layer.backward(np.arange(1.0, 9.0).reshape(2, 4))
    assert_printed(grad_x, [[30, 70, 110], [70, 174, 278]])
    weights = [[21, 26, 31, 36], [27, 34, 41, 48], [33, 42, 51, 60]]
    assert_printed(layer.grad_weight, weights)
    assert_printed(np.ravel(layer.grad_bias), [6, 8, 10, 12])


def relu_backward_numbers():
    layer = nn.ReLU()
    layer.x = np.array([[1.0, -2, 3, -4], [5, 6, -0.0, 0]])
    grad_x = layer.backward(np.array([[-1.0, 2, -3, 4], [0, 6, -2, 8]]))
    assert_printed(grad_x, [[-1, 0, -3, 0], [0, 6, 0, 0]])


# For sequential_backward and sgd the notebook prints no number.
NUMBERS = (
    linear_forward_numbers,
    relu_forward_numbers,
    sequential_forward_numbers,
    xeloss_forward_numbers,
    xeloss_backward_numbers,
    linear_backward_numbers,
    relu_backward_numbers,
)


@pytest.mark.parametrize("numbers", NUMBERS, ids=lambda function: function.__name__)
def test_known_numbers(numbers):
    numbers()


@pytest.mark.parametrize(
    ("question", "output", "printed"),
    [
        ("linear_forward", "output", [[39, 46, 53, 60], [84, 100, 116, 132]]),
        ("relu_forward", "output", [[0, 1, 0], [4, 2, 0]]),
        ("sequential_forward", "output", [[0, 2, 3], [0, 4, 0], [0, 2, 3]]),
        ("xeloss_forward", "loss", 2.1545793610744024),
        (
            "xeloss_backward",
            "gradient",
            [
                [2.82665133e-03, 4.19512254e-01, 2.08862853e-02, -4.43225190e-01],
                [2.94752177e-03, -4.40797443e-01, 3.98903693e-04, 4.37451017e-01],
            ],
        ),
        ("linear_backward", "grad_x", [[14, -1], [12, 17]]),
        ("linear_backward", "self.grad_weight", [[1, 0, 3, 2], [-32, -30, 0, -4]]),
        ("linear_backward", "self.grad_bias", [[6, 5, 2, 2]]),
        ("relu_backward", "grad_x", [[-1, 0, -3, 0], [0, 6, 0, 0]]),
        # Computed by hand: old - 0.15 grad.
        ("sgd", "layers[0].weight", [[-1.5, 0.65, 0.2], [-1.05, -0.1, 1.25]]),
        ("sgd", "layers[0].bias", [[1.45, -0.45, -2.55]]),
    ],
)
def test_visible_arrays_are_the_known_numbers(question, output, printed):
    (row,) = FROZEN[question]
    assert_printed(row.expected[output], printed)


@pytest.mark.parametrize(
    "name", [path.parent.name for path in sorted(ROOT.glob("tests/*/visible.json"))]
)
def test_visible_arrays_are_what_the_reference_gives(name):
    committed = (ROOT / "tests" / name / "visible.json").read_text(encoding="utf-8")
    fresh = frozen_text(Course.load(ROOT, name, bytes(32)))
    assert_same(json.loads(committed), json.loads(fresh))


def assert_same(committed, fresh):
    """Fail unless all words are equal, and all numbers up to rounding."""
    assert type(committed) is type(fresh)
    if isinstance(committed, dict):
        assert list(committed) == list(fresh)
        committed, fresh = list(committed.values()), list(fresh.values())
    if isinstance(committed, list):
        assert len(committed) == len(fresh)
        for one, other in zip(committed, fresh, strict=True):
            assert_same(one, other)
    elif isinstance(committed, float):
        assert math.isclose(committed, fresh, rel_tol=1e-9, abs_tol=1e-12)
    else:
        assert committed == fresh


# ---- a wrong reference fails the proofs


def all_differences():
    # Square, so that a fault shows in the numbers and not in a shape alone.
    check_linear(0, 3, 3, 3)
    check_relu(0, 4, 3)
    check_loss(0, 4, 3)
    check_network(0, 5, 3, 3, 3)
    check_step(0, 5, 3, 3, 3)


def all_numbers():
    for numbers in NUMBERS:
        numbers()


FAULTS = (
    (all_differences, "linear_forward", "the bias is not added:"),
    (all_differences, "relu_forward", "the sign is lost:"),
    (all_differences, "relu_forward", "a little of the"),
    (all_differences, "sequential_forward", "the layers run from"),
    (all_differences, "xeloss_forward", "averaged over N times C"),
    (all_differences, "xeloss_forward", "the minus sign is"),
    (all_differences, "xeloss_backward", "not divided by N: the"),
    (all_differences, "xeloss_backward", "softmax runs down the"),
    (all_differences, "linear_backward", "the weights are not"),
    (all_differences, "linear_backward", "averaged over the"),
    (all_differences, "linear_backward", "averaged over the"),
    (all_differences, "relu_backward", "the mask must come from"),
    (all_differences, "sequential_backward", "the layers run from"),
    (all_differences, "sequential_backward", "the first layer is left"),
    (all_differences, "sgd", "moves up the gradient:"),
    (all_differences, "sgd", "the bias is not"),
    (all_differences, "sgd", "the last layer is never"),
    (all_numbers, "linear_forward", "the bias is not added:"),
    (all_numbers, "relu_forward", "the sign is lost:"),
    (all_numbers, "sequential_forward", "the last layer is left"),
    (all_numbers, "xeloss_forward", "the logarithm is to the"),
    (all_numbers, "xeloss_forward", "averaged over N times C"),
    (all_numbers, "xeloss_backward", "not divided by N: the"),
    (all_numbers, "linear_backward", "averaged over the"),
    (all_numbers, "linear_backward", "not summed over the"),
    (all_numbers, "relu_backward", "the slope at exactly 0"),
    (all_numbers, "relu_backward", "the mask must come from"),
)


def test_the_reference_passes_both_proofs():
    all_differences()
    all_numbers()


@pytest.mark.parametrize(("proof", "question", "words"), FAULTS)
def test_a_planted_fault_fails_the_proof(proof, question, words):
    with planted("mlp", question, words, LIB), pytest.raises(AssertionError):
        proof()
