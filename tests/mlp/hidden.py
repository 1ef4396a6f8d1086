"""The cases that decide the points. Nothing of this file ever ships.

Sizes are unequal (5, 3, 2), so that a mixed-up axis shows in a shape, with one
square case per layer, so that shape alone is not enough.
"""

import numpy as np

from autograder.judging.random_arrays import labels, normal, uniform, with_zeros
from autograder.student.questions import Case

LINEAR = {"weight": normal(3, 2), "bias": normal(1, 2)}
RATE = uniform(low=0.02, high=0.4)
# Rows of a Sequential: 0 shifts, 1 scales; by how much.
FIVE_LAYERS = [[0, 1.5], [1, -2], [0, -0.25], [1, 0.5], [0, 3]]

CASES = (
    Case(
        "linear_forward",
        "five rows",
        draw=LINEAR | {"x": normal(5, 3)},
    ),
    Case(
        "linear_forward",
        "a batch of one",
        draw=LINEAR | {"x": normal(1, 3)},
    ),
    Case(
        "linear_forward",
        "a square layer",
        draw={"weight": normal(4, 4), "bias": normal(1, 4), "x": normal(4, 4)},
    ),
    Case(
        "linear_forward",
        "a second call on the same layer",
        probe="linear_forward_twice",
        draw=LINEAR | {"first": normal(4, 3), "x": normal(5, 3)},
    ),
    Case(
        "linear_forward",
        "one neuron",
        draw={"weight": normal(5, 1), "bias": normal(1, 1), "x": normal(3, 5)},
    ),
    Case("relu_forward", "both signs", draw={"x": normal(5, 3)}),
    Case("relu_forward", "zeros and negative zeros", draw={"x": with_zeros(5, 4)}),
    Case("relu_forward", "a batch of one", draw={"x": normal(1, 5)}),
    Case("relu_forward", "large numbers", draw={"x": normal(3, 5, scale=1e6)}),
    Case("relu_forward", "small numbers", draw={"x": normal(3, 5, scale=1e-3)}),
    Case(
        "relu_forward",
        "a second call on the same layer",
        probe="relu_forward_twice",
        draw={"first": normal(5, 3), "x": normal(5, 3)},
    ),
    Case(
        "sequential_forward",
        "one layer",
        given={"layers": [[1, 2.5]]},
        draw={"x": normal(5, 3)},
    ),
    Case(
        "sequential_forward",
        "two layers",
        given={"layers": [[0, 2], [1, 3]]},
        draw={"x": normal(5, 3)},
    ),
    Case(
        "sequential_forward",
        "five layers",
        given={"layers": FIVE_LAYERS},
        draw={"x": normal(5, 3)},
    ),
    Case(
        "sequential_forward",
        "a batch of one",
        given={"layers": [[1, -1], [0, 0.5], [1, 4]]},
        draw={"x": normal(1, 3)},
    ),
    Case(
        "sequential_forward",
        "a second call on the same network",
        probe="sequential_forward_twice",
        given={"layers": [[0, -1], [1, 2], [0, 5]]},
        draw={"first": normal(2, 3), "x": normal(5, 3)},
    ),
    Case(
        "xeloss_forward",
        "five rows",
        draw={"logits": normal(5, 3), "labels": labels(5, 3)},
    ),
    Case(
        "xeloss_forward",
        "a batch of one",
        draw={"logits": uniform(1, 4, low=-1, high=1), "labels": labels(1, 4)},
    ),
    Case(
        "xeloss_forward",
        "confident logits",
        given={
            "logits": [[40, -20, 1], [-3, 30, 5], [2, 25, -30], [-50, 4, 60]],
            "labels": np.array([0, 0, 2, 2]),
        },
    ),
    Case(
        "xeloss_forward",
        "as many rows as classes",
        draw={"logits": normal(4, 4), "labels": labels(4, 4)},
    ),
    Case(
        "xeloss_forward",
        "labels as a list",
        probe="xeloss_forward_list",
        draw={"logits": normal(3, 5), "labels": labels(3, 5)},
    ),
    Case(
        "xeloss_forward",
        "a second call on the same loss",
        probe="xeloss_forward_twice",
        draw={
            "first": normal(2, 4),
            "first_labels": labels(2, 4),
            "logits": normal(5, 3),
            "labels": labels(5, 3),
        },
    ),
    Case(
        "xeloss_backward",
        "five rows",
        draw={"logits": normal(5, 3), "labels": labels(5, 3)},
    ),
    Case(
        "xeloss_backward",
        "a batch of one",
        draw={"logits": normal(1, 4), "labels": labels(1, 4)},
    ),
    Case(
        "xeloss_backward",
        "confident logits",
        given={
            "logits": [[40, -20, 1], [-3, 30, 5], [2, 25, -30], [-50, 4, 60]],
            "labels": np.array([0, 0, 2, 2]),
        },
    ),
    Case(
        "xeloss_backward",
        "as many rows as classes",
        draw={"logits": normal(4, 4), "labels": labels(4, 4)},
    ),
    Case(
        "xeloss_backward",
        "a second call on the same loss",
        probe="xeloss_backward_twice",
        draw={
            "first": normal(2, 4),
            "first_labels": labels(2, 4),
            "logits": normal(5, 3),
            "labels": labels(5, 3),
        },
    ),
    Case(
        "linear_backward",
        "five rows",
        draw=LINEAR | {"x": normal(5, 3), "grad": normal(5, 2)},
    ),
    Case(
        "linear_backward",
        "a batch of one",
        draw=LINEAR | {"x": normal(1, 3), "grad": normal(1, 2)},
    ),
    Case(
        "linear_backward",
        "a square layer and batch",
        draw={
            "weight": normal(4, 4),
            "bias": normal(1, 4),
            "x": normal(4, 4),
            "grad": normal(4, 4),
        },
    ),
    Case(
        "linear_backward",
        "one neuron",
        draw={
            "weight": normal(5, 1),
            "bias": normal(1, 1),
            "x": normal(3, 5),
            "grad": normal(3, 1),
        },
    ),
    Case(
        "linear_backward",
        "a second call on the same layer",
        probe="linear_backward_twice",
        draw=LINEAR
        | {
            "first": normal(4, 3),
            "first_grad": normal(4, 2),
            "x": normal(5, 3),
            "grad": normal(5, 2),
        },
    ),
    Case(
        "relu_backward",
        "both signs",
        draw={"x": normal(5, 3), "grad": normal(5, 3)},
    ),
    Case(
        "relu_backward",
        "zeros and negative zeros",
        draw={"x": with_zeros(5, 4), "grad": normal(5, 4)},
    ),
    Case(
        "relu_backward",
        "a batch of one",
        draw={"x": normal(1, 5), "grad": normal(1, 5)},
    ),
    Case(
        "relu_backward",
        "gradients that are zero",
        draw={"x": normal(5, 4), "grad": with_zeros(5, 4)},
    ),
    Case(
        "relu_backward",
        "a second call on the same layer",
        probe="relu_backward_twice",
        draw={"first": normal(4, 3), "x": normal(4, 3), "grad": normal(4, 3)},
    ),
    Case(
        "sequential_backward",
        "one layer",
        given={"layers": [[1, 2.5]]},
        draw={"grad": normal(5, 3)},
    ),
    Case(
        "sequential_backward",
        "two layers",
        given={"layers": [[0, 2], [1, 3]]},
        draw={"grad": normal(5, 3)},
    ),
    Case(
        "sequential_backward",
        "five layers",
        given={"layers": FIVE_LAYERS},
        draw={"grad": normal(5, 3)},
    ),
    Case(
        "sequential_backward",
        "a batch of one",
        given={"layers": [[1, -1], [0, 0.5], [1, 4]]},
        draw={"grad": normal(1, 3)},
    ),
    Case(
        "sequential_backward",
        "a second call on the same layers",
        probe="sequential_backward_twice",
        given={"layers": [[0, -1], [1, 2], [0, 5]]},
        draw={"first": normal(2, 3), "grad": normal(5, 3)},
    ),
    Case(
        "sgd",
        "one layer and a ReLU",
        draw={"lr": RATE, "grad_weight": normal(3, 2), "grad_bias": normal(1, 2)}
        | LINEAR,
    ),
    Case(
        "sgd",
        "four layers, two steps",
        probe="sgd_four_layers",
        draw={"lr": RATE}
        | {
            f"{name}_{place}": normal(rows, o)
            for place, i, o in ((0, 4, 3), (2, 3, 5), (3, 5, 2), (4, 2, 3))
            for name, rows in (("weight", i), ("grad_weight", i), ("grad_bias", 1))
        },
    ),
    Case(
        "sgd",
        "a square layer and a large learning rate",
        given={"lr": 1.75},
        draw={
            "weight": normal(3, 3),
            "bias": normal(1, 3),
            "grad_weight": normal(3, 3),
            "grad_bias": normal(1, 3),
        },
    ),
    Case(
        "sgd",
        "a bias gradient of shape (O,)",
        draw={"lr": RATE, "grad_weight": normal(3, 2), "grad_bias": normal(2)} | LINEAR,
    ),
)
