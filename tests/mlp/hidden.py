"""Which cases decide the points? Nothing of this file ever ships.

Sizes are unequal (5, 3, 2), so that a mixed-up axis shows in a shape, with one
square case per layer, so that shape alone is not enough.
"""

import numpy as np

from autograder.judging.random_arrays import (
    both_signs,
    labels,
    normal,
    uniform,
    with_zeros,
)
from autograder.student.declared import case

# Biases that are never near 0: whatever bends the output shows.
BIAS = {"low": 6.0, "high": 9.0}
LINEAR = {"weight": normal(3, 2), "bias": both_signs(1, 2, **BIAS)}
SQUARE = {"weight": normal(4, 4), "bias": both_signs(1, 4, **BIAS)}
NEURON = {"weight": normal(5, 1), "bias": uniform(1, 1, low=-9.0, high=-6.0)}
CONFIDENT = {"logits": [[40, -20, 1], [-3, 30, 5], [2, 25, -30], [-50, 4, 60]], "labels": np.array([0, 0, 2, 2])}
# So far apart that a guard of 1e-20 in the logarithm shows.
WRONG = (52.0, 56.0)
RATE = uniform(low=0.02, high=0.4)
# Rows of a Sequential: 0 shifts, 1 scales; by how much.
TWO, FOUR, FIVE = [[0, 2], [1, 3]], [[0, -1], [1, 2], [0, 5], [1, -3]], [[0, 1.5], [1, -2], [0, -0.25], [1, 0.5], [0, 3]]


def linear(place, i, o):
    """Return the arrays of a Linear at that place, with gradients."""
    return {f"weight_{place}": normal(i, o), f"bias_{place}": normal(1, o), f"grad_weight_{place}": normal(i, o), f"grad_bias_{place}": normal(1, o)}


def of_all_sizes(*shape):
    """Draw numbers near 0.5, 20 and 1e5, of both signs."""

    def draw(rng):
        n = int(np.prod(shape))
        signs = np.where(np.arange(n) // 3 % 2, -1.0, 1.0)
        sizes = np.resize([0.5, 20.0, 1e5], n) * rng.uniform(0.5, 1.5, n)
        return rng.permutation(sizes * signs).reshape(shape)

    return draw


def wrong_by(low, high, rows, classes):
    """Draw logits; the first row's label, 0, is `low` to `high` below the others."""

    def draw(rng):
        logits = rng.normal(size=(rows, classes))
        logits[0, 0] = logits[0].min() - rng.uniform(low, high)
        return logits

    return draw


def first_is_0(n, classes):
    """Draw labels of which the first is 0."""
    return lambda rng: np.concatenate([[0], rng.permutation(np.resize(np.arange(classes)[::-1], n - 1))])


def loss(rows, classes, low=0.5, high=2.0):
    return {"logits": wrong_by(low, high, rows, classes), "labels": first_is_0(rows, classes)}


CASES = (
    case("linear_forward", "five rows, then four", **LINEAR, x=normal(5, 3), again={"x": normal(4, 3)}),
    case("linear_forward", "a batch of one, then another", **LINEAR, x=normal(1, 3), again="x"),
    case("linear_forward", "a square layer, two calls", **SQUARE, x=normal(4, 4), again="x"),
    case("linear_forward", "a square layer, then a batch of one", **SQUARE, x=normal(4, 4), again={"x": normal(1, 4)}),
    case("linear_forward", "one neuron, two calls", **NEURON, x=normal(3, 5), again={"x": normal(4, 5)}),
    case("relu_forward", "both signs", x=both_signs(5, 3, low=0.2, high=0.9)),
    case("relu_forward", "zeros and negative zeros in one row", x=with_zeros(1, 8)),
    case("relu_forward", "a batch of one, small and large numbers", x=of_all_sizes(1, 7)),
    case("relu_forward", "small and large numbers", x=of_all_sizes(3, 5)),
    case("relu_forward", "small numbers", x=both_signs(3, 5, low=1e-4, high=1e-2)),
    case("relu_forward", "a second call with one row", x=of_all_sizes(5, 3), again={"x": of_all_sizes(1, 6)}),
    case("sequential_forward", "one layer", layers=[[1, 2.5]], x=normal(5, 3)),
    case("sequential_forward", "two layers", layers=TWO, x=normal(5, 3)),
    case("sequential_forward", "five layers", layers=FIVE, x=normal(5, 3)),
    case("sequential_forward", "a batch of one", layers=FOUR, x=normal(1, 3)),
    case("sequential_forward", "a second call on the same network", layers=FOUR, first=normal(2, 3), x=normal(5, 3)),
    case("xeloss_forward", "five rows", **loss(5, 3)),
    case("xeloss_forward", "a batch of one, confident and wrong", **loss(1, 4, *WRONG)),
    case("xeloss_forward", "confident logits", **CONFIDENT),
    case("xeloss_forward", "as many rows as classes", **loss(4, 4)),
    case("xeloss_forward", "labels as a list, confident and wrong", probe="xeloss_forward_list", **loss(3, 5, *WRONG)),
    case("xeloss_forward", "a second call, confident and wrong", logits=normal(2, 4), labels=labels(2, 4), again=loss(5, 3, *WRONG)),
    case("xeloss_backward", "five rows", **loss(5, 3)),
    case("xeloss_backward", "a batch of one", **loss(1, 4)),
    case("xeloss_backward", "confident logits", **CONFIDENT),
    case("xeloss_backward", "as many rows as classes", **loss(4, 4)),
    case("xeloss_backward", "a second call on the same loss", logits=normal(2, 4), labels=labels(2, 4), again=loss(5, 3)),
    case("linear_backward", "five rows, then four", **LINEAR, x=normal(5, 3), grad=normal(5, 2), again={"x": normal(4, 3), "grad": normal(4, 2)}),
    case("linear_backward", "a batch of one, then two", **LINEAR, x=normal(1, 3), grad=normal(1, 2), again={"x": normal(2, 3), "grad": normal(2, 2)}),
    case("linear_backward", "a square layer and batch, two calls", **SQUARE, x=normal(4, 4), grad=normal(4, 4), again=("x", "grad")),
    case("linear_backward", "one neuron", **NEURON, x=normal(3, 5), grad=normal(3, 1)),
    case("linear_backward", "four rows, then five", **LINEAR, x=normal(4, 3), grad=normal(4, 2), again={"x": normal(5, 3), "grad": normal(5, 2)}),
    case("relu_backward", "both signs", x=both_signs(5, 4), grad=both_signs(5, 4)),
    case("relu_backward", "zeros and negative zeros in one row", x=with_zeros(1, 24), grad=both_signs(1, 24)),
    case("relu_backward", "a batch of one", x=with_zeros(1, 32), grad=both_signs(1, 32)),
    case("relu_backward", "gradients that are zero", x=both_signs(8, 4), grad=with_zeros(8, 4)),
    case("relu_backward", "a second call, with one row", x=both_signs(5, 4), grad=both_signs(5, 4), again={"x": with_zeros(1, 24), "grad": both_signs(1, 24)}),
    case("sequential_backward", "one layer", layers=[[1, 2.5]], grad=normal(5, 3)),
    case("sequential_backward", "two layers", layers=TWO, grad=normal(5, 3)),
    case("sequential_backward", "five layers", layers=FIVE, grad=normal(5, 3)),
    case("sequential_backward", "a batch of one", layers=[[1, -1], [0, 0.5], [1, 4]], grad=normal(1, 3)),
    case("sequential_backward", "a second call on the same layers", layers=FOUR, first=normal(2, 3), grad=normal(5, 3)),
    case("sgd", "one layer and a ReLU", lr=RATE, **linear(0, 3, 2)),
    case("sgd", "four layers, two steps", lr=RATE, steps=2, **linear(0, 4, 3), **linear(2, 3, 5), **linear(3, 5, 2), **linear(4, 2, 3)),
    case("sgd", "two layers, one of them square, and a large learning rate, two steps", lr=1.75, steps=2, **linear(0, 3, 3), **linear(1, 3, 2)),
    case("sgd", "a bias gradient of shape (O,), and ReLUs between", lr=RATE, **{**linear(0, 3, 2), "grad_bias_0": normal(2)}, **linear(3, 2, 4)),
)
