"""Which cases decide the points? Nothing of this file ever ships.

Sizes are unequal (5, 3, 2), so that a mixed-up axis shows in a shape, with one
square case per layer, so that shape alone is not enough.
"""

import numpy as np

from autograder.judging.random_arrays import labels, normal, uniform, with_zeros
from autograder.student.declared import case

LINEAR = {"weight": normal(3, 2), "bias": normal(1, 2)}
SQUARE = {"weight": normal(4, 4), "bias": normal(1, 4)}
NEURON = {"weight": normal(5, 1), "bias": normal(1, 1)}
CONFIDENT = {"logits": [[40, -20, 1], [-3, 30, 5], [2, 25, -30], [-50, 4, 60]], "labels": np.array([0, 0, 2, 2])}
RATE = uniform(low=0.02, high=0.4)
# Rows of a Sequential: 0 shifts, 1 scales; by how much.
TWO, THREE, FIVE = [[0, 2], [1, 3]], [[0, -1], [1, 2], [0, 5]], [[0, 1.5], [1, -2], [0, -0.25], [1, 0.5], [0, 3]]


def linear(place, i, o):
    """Return the arrays of a Linear at that place, with gradients."""
    return {f"weight_{place}": normal(i, o), f"bias_{place}": normal(1, o), f"grad_weight_{place}": normal(i, o), f"grad_bias_{place}": normal(1, o)}


CASES = (
    case("linear_forward", "five rows", **LINEAR, x=normal(5, 3)),
    case("linear_forward", "a batch of one", **LINEAR, x=normal(1, 3)),
    case("linear_forward", "a square layer", **SQUARE, x=normal(4, 4)),
    case("linear_forward", "a second call on the same layer", **LINEAR, x=normal(4, 3), again={"x": normal(5, 3)}),
    case("linear_forward", "one neuron", **NEURON, x=normal(3, 5)),
    case("relu_forward", "both signs", x=normal(5, 3)),
    case("relu_forward", "zeros and negative zeros", x=with_zeros(5, 4)),
    case("relu_forward", "a batch of one", x=normal(1, 5)),
    case("relu_forward", "large numbers", x=normal(3, 5, scale=1e6)),
    case("relu_forward", "small numbers", x=normal(3, 5, scale=1e-3)),
    case("relu_forward", "a second call on the same layer", x=normal(5, 3), again="x"),
    case("sequential_forward", "one layer", layers=[[1, 2.5]], x=normal(5, 3)),
    case("sequential_forward", "two layers", layers=TWO, x=normal(5, 3)),
    case("sequential_forward", "five layers", layers=FIVE, x=normal(5, 3)),
    case("sequential_forward", "a batch of one", layers=[[1, -1], [0, 0.5], [1, 4]], x=normal(1, 3)),
    case("sequential_forward", "a second call on the same network", layers=THREE, first=normal(2, 3), x=normal(5, 3)),
    case("xeloss_forward", "five rows", logits=normal(5, 3), labels=labels(5, 3)),
    case("xeloss_forward", "a batch of one", logits=uniform(1, 4, low=-1, high=1), labels=labels(1, 4)),
    case("xeloss_forward", "confident logits", **CONFIDENT),
    case("xeloss_forward", "as many rows as classes", logits=normal(4, 4), labels=labels(4, 4)),
    case("xeloss_forward", "labels as a list", probe="xeloss_forward_list", logits=normal(3, 5), labels=labels(3, 5)),
    case("xeloss_forward", "a second call on the same loss", logits=normal(2, 4), labels=labels(2, 4), again={"logits": normal(5, 3), "labels": labels(5, 3)}),
    case("xeloss_backward", "five rows", logits=normal(5, 3), labels=labels(5, 3)),
    case("xeloss_backward", "a batch of one", logits=normal(1, 4), labels=labels(1, 4)),
    case("xeloss_backward", "confident logits", **CONFIDENT),
    case("xeloss_backward", "as many rows as classes", logits=normal(4, 4), labels=labels(4, 4)),
    case("xeloss_backward", "a second call on the same loss", logits=normal(2, 4), labels=labels(2, 4), again={"logits": normal(5, 3), "labels": labels(5, 3)}),
    case("linear_backward", "five rows", **LINEAR, x=normal(5, 3), grad=normal(5, 2)),
    case("linear_backward", "a batch of one", **LINEAR, x=normal(1, 3), grad=normal(1, 2)),
    case("linear_backward", "a square layer and batch", **SQUARE, x=normal(4, 4), grad=normal(4, 4)),
    case("linear_backward", "one neuron", **NEURON, x=normal(3, 5), grad=normal(3, 1)),
    case("linear_backward", "a second call on the same layer", **LINEAR, x=normal(4, 3), grad=normal(4, 2), again={"x": normal(5, 3), "grad": normal(5, 2)}),
    case("relu_backward", "both signs", x=normal(5, 3), grad=normal(5, 3)),
    case("relu_backward", "zeros and negative zeros", x=with_zeros(5, 4), grad=normal(5, 4)),
    case("relu_backward", "a batch of one", x=normal(1, 5), grad=normal(1, 5)),
    case("relu_backward", "gradients that are zero", x=normal(5, 4), grad=with_zeros(5, 4)),
    case("relu_backward", "a second call on the same layer", x=normal(4, 3), grad=normal(4, 3), again="x"),
    case("sequential_backward", "one layer", layers=[[1, 2.5]], grad=normal(5, 3)),
    case("sequential_backward", "two layers", layers=TWO, grad=normal(5, 3)),
    case("sequential_backward", "five layers", layers=FIVE, grad=normal(5, 3)),
    case("sequential_backward", "a batch of one", layers=[[1, -1], [0, 0.5], [1, 4]], grad=normal(1, 3)),
    case("sequential_backward", "a second call on the same layers", layers=THREE, first=normal(2, 3), grad=normal(5, 3)),
    case("sgd", "one layer and a ReLU", lr=RATE, **linear(0, 3, 2)),
    case("sgd", "four layers, two steps", lr=RATE, steps=2, **linear(0, 4, 3), **linear(2, 3, 5), **linear(3, 5, 2), **linear(4, 2, 3)),
    case("sgd", "a square layer and a large learning rate", lr=1.75, **linear(0, 3, 3)),
    case("sgd", "a bias gradient of shape (O,)", lr=RATE, **{**linear(0, 3, 2), "grad_bias_0": normal(2)}),
)
