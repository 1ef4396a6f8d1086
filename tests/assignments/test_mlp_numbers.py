"""The reference of mlp gives the numbers that the course's first notebook printed."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from autograder.student.assignment import load
from autograder.student.frozen import frozen_cases
from mytorch import nn, optim
from tests.support.programs import planted
from tests.support.samples import ROOT

LIB = SimpleNamespace(nn=nn, optim=optim)
FROZEN = frozen_cases(load(ROOT, "mlp"))
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


FAULTS = (
    ("linear_forward", "the bias is not added:"),
    ("relu_forward", "this is the absolute"),
    ("sequential_forward", "the last layer is left"),
    ("xeloss_forward", "the logarithm is to the"),
    ("xeloss_forward", "averaged over N times C"),
    ("xeloss_backward", "not divided by N: the"),
    ("linear_backward", "averaged over the"),
    ("linear_backward", "not summed over the"),
    ("relu_backward", "the slope at exactly 0"),
    ("relu_backward", "the mask must come from"),
)


def all_numbers():
    for numbers in NUMBERS:
        numbers()


@pytest.mark.parametrize(("question", "words"), FAULTS)
def test_a_planted_fault_is_found(question, words):
    with planted("mlp", question, words, LIB), pytest.raises(AssertionError):
        all_numbers()
