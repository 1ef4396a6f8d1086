"""The cases that decide the points. Nothing of this file ever ships.

Sizes are unequal (5, 3, 2), so that a mixed-up axis shows in a shape, with one
square case per layer, so that shape alone is not enough. A `new_` array is for a
second pass through the same graph. Where a node's own value must fit the values
that enter it, they are drawn as one stacked array.
"""

import numpy as np

from autograder.judging.random_arrays import normal, uniform
from autograder.student.declared import case
from autograder.student.questions import Array, Draw
from tests.miniflow.probes import (
    judge_forward_and_backward,
    judge_forward_pass,
    judge_sort,
)

RATE = uniform(low=0.02, high=0.4)
SIGMOID_RANGE = {"low": -8.0, "high": 8.0}


def with_sum(inputs: int, *shape: int) -> Draw:
    """Draw the values of some inputs; the last row is their sum."""

    def draw(rng: np.random.Generator) -> Array:
        rows = rng.normal(size=(inputs, *shape))
        return np.concatenate([rows, rows.sum(axis=0, keepdims=True)])

    return draw


def away_from_zero(*shape: int) -> Draw:
    """Draw numbers of both signs, none of them close to 0 or to 1."""

    def draw(rng: np.random.Generator) -> Array:
        signs = rng.choice([-1.0, 1.0], size=shape)
        return np.asarray(rng.uniform(1.2, 2.5, size=shape) * signs)

    return draw


def with_product(inputs: int, *shape: int, zero: bool = False) -> Draw:
    """Draw the values of some inputs, one of them a 0 if so; then their product."""

    def draw(rng: np.random.Generator) -> Array:
        rows = away_from_zero(inputs, *shape)(rng)
        if zero:
            rows[0, ..., 0] = 0.0
        return np.concatenate([rows, rows.prod(axis=0, keepdims=True)])

    return draw


def with_x_x_y(add: bool, *shape: int) -> Draw:
    """Draw x and y; the last row is what a node makes of x, x and y."""

    def draw(rng: np.random.Generator) -> Array:
        x, y = away_from_zero(2, *shape)(rng)
        return np.stack([x, y, x + x + y if add else x * x * y])

    return draw


def with_sigmoid(*shape: int) -> Draw:
    """Draw what enters a sigmoid; the last row is what leaves it."""

    def draw(rng: np.random.Generator) -> Array:
        x = rng.uniform(**SIGMOID_RANGE, size=shape)
        return np.stack([x, 1.0 / (1.0 + np.exp(-x))])

    return draw


def errors(m: int) -> Draw:
    """Draw y and a, m entries each; the last row is their difference."""

    def draw(rng: np.random.Generator) -> Array:
        y, a = rng.normal(0.0, 1.0, m), rng.normal(2.0, 1.0, m)
        return np.stack([y, a, y - a])

    return draw


def order(n: int) -> Draw:
    """Draw an order of n nodes, not that of their numbers."""

    def draw(rng: np.random.Generator) -> Array:
        found = rng.permutation(n)
        return found if n < 2 or (np.diff(found) < 0).any() else draw(rng)

    return draw


def shuffled(n: int, edges: list[list[int]]) -> Draw:
    """Draw other numbers for the nodes: counting up, or down, is no right order."""

    def draw(rng: np.random.Generator) -> Array:
        found = rng.permutation(n)[np.array(edges)]
        up = found[:, 0] < found[:, 1]
        return draw(rng) if up.all() or not up.any() else found

    return draw


INPUT = (
    case("input", "an array", probe="input_forward", value=normal(5, 3)),
    case("input", "a new array of another shape", probe="input_forward_twice", value=normal(5, 3), new_value=normal(2, 3)),
    case("input", "a new array of the same shape", probe="input_forward_twice", value=normal(5, 3), new_value=normal(5, 3)),
    case("input", "zero after another number", probe="input_forward_twice", new_value=0.0, value=normal()),
    case("input", "zero as the first value", probe="input_forward", value=0.0),
    case("input", "a value that was set from outside", probe="input_forward_fed", value=normal(3, 2)),
)

# The node that nothing enters is an Input; rows of `edges` are (from, to).
ONE_LAYER = [[0, 4], [1, 4], [2, 4], [4, 5], [3, 6], [5, 6]]
TWO_LAYERS = [
    *([0, 3], [1, 3], [2, 3], [3, 4]),
    *([4, 7], [5, 7], [6, 7], [8, 9], [7, 9]),
]
LADDER = [[0, 1], [0, 2], [1, 3], [2, 3], [3, 4], [3, 5], [4, 6], [5, 6], [1, 6]]

SORT = (
    case("topological_sort", "a layer, its activation and the cost", judge=judge_sort, nodes=7, edges=shuffled(7, ONE_LAYER), values=normal(4, 3)),
    case("topological_sort", "two layers, sorted twice with other values", judge=judge_sort, nodes=10, edges=shuffled(10, TWO_LAYERS), values=normal(6, 2), new_values=normal(6, 2)),
    case("topological_sort", "a shortcut past two nodes", judge=judge_sort, nodes=4, edges=shuffled(4, [[0, 1], [1, 2], [0, 3], [2, 3]]), values=normal(1)),
    case("topological_sort", "diamonds in a row", judge=judge_sort, nodes=7, edges=shuffled(7, LADDER), values=normal(1, 3)),
    case("topological_sort", "a node that enters another one twice", judge=judge_sort, nodes=4, edges=shuffled(4, [[0, 2], [0, 2], [2, 3], [1, 3], [2, 3]]), values=normal(2)),
    case("topological_sort", "two last nodes, and an input that nothing uses", judge=judge_sort, nodes=7, edges=shuffled(7, [[0, 3], [1, 3], [0, 4], [3, 5], [4, 6], [3, 6]]), values=normal(3), new_values=normal(3)),
)

FORWARD_PASS = (
    case("forward_pass", "the last node is asked for", judge=judge_forward_pass, order=order(5), output=4, values=normal(5)),
    case("forward_pass", "a node in the middle is asked for", judge=judge_forward_pass, order=order(5), output=2, values=normal(5, 3, 2)),
    case("forward_pass", "two passes with other values", judge=judge_forward_pass, order=order(4), output=3, values=normal(4, 2), new_values=normal(4, 2)),
    case("forward_pass", "two passes, the first node is asked for", judge=judge_forward_pass, order=order(3), output=0, values=normal(3), new_values=normal(3)),
    case("forward_pass", "a graph of one node", judge=judge_forward_pass, order=np.array([0]), output=0, values=normal(1, 5)),
)

ADD_FORWARD = (
    case("add_forward", "two arrays, two passes", x=normal(5, 3), y=normal(5, 3), new_x=normal(4, 3), new_y=normal(4, 3)),
    case("add_forward", "four inputs", w=normal(3), x=normal(3), y=normal(3), z=normal(3)),
    case("add_forward", "three numbers, two passes", **{name: normal() for name in ("x", "y", "z", "new_x", "new_y", "new_z")}),
    case("add_forward", "one input, two passes", x=normal(5, 2), new_x=normal(5, 2)),
    case("add_forward", "a node that enters twice", probe="add_forward_same", x=normal(3, 2), y=normal(3, 2)),
)

MUL_FORWARD = (
    case("mul_forward", "two arrays, two passes", x=away_from_zero(5, 3), y=away_from_zero(5, 3), new_x=away_from_zero(4, 3), new_y=away_from_zero(4, 3)),
    case("mul_forward", "four inputs", **{name: away_from_zero(3) for name in ("w", "x", "y", "z")}),
    case("mul_forward", "three numbers, one of them zero, then none", y=0.0, **{name: away_from_zero() for name in ("x", "z", "new_x", "new_y", "new_z")}),
    case("mul_forward", "one input, two passes", x=away_from_zero(5, 2), new_x=away_from_zero(5, 2)),
    case("mul_forward", "a node that enters twice", probe="mul_forward_same", x=away_from_zero(3, 2), y=away_from_zero(3, 2)),
    case("mul_forward", "square arrays", x=away_from_zero(3, 3), y=away_from_zero(3, 3)),
)

LINEAR = {"X": normal(5, 3), "W": normal(3, 2), "b": normal(2)}
SQUARE = {"X": normal(4, 4), "W": normal(4, 4), "b": normal(4)}
ONE_ROW = {"X": normal(1, 3), "W": normal(3, 2), "b": normal(2)}
ONE_NEURON = {"X": normal(3, 5), "W": normal(5, 1), "b": normal(1)}
NEW_LINEAR = {"new_X": normal(4, 3), "new_W": normal(3, 2), "new_b": normal(2)}

LINEAR_FORWARD = (
    case("linear_forward", "five rows, two passes", **LINEAR, **NEW_LINEAR),
    case("linear_forward", "a batch of one", **ONE_ROW),
    case("linear_forward", "a square layer and batch, two passes", **SQUARE, **{f"new_{name}": draw for name, draw in SQUARE.items()}),
    case("linear_forward", "one neuron", **ONE_NEURON),
)

SIGMOID_FORWARD = (
    case("sigmoid_forward", "both signs, two passes", x=uniform(5, 3, **SIGMOID_RANGE), new_x=uniform(4, 2, **SIGMOID_RANGE)),
    case("sigmoid_forward", "a batch of one", x=uniform(1, 4, **SIGMOID_RANGE)),
    case("sigmoid_forward", "zero, and numbers near and far", x=[0.0, -10.0, 10.0, 0.4, -0.4, 1.0]),
    case("sigmoid_forward", "a square array", x=uniform(3, 3, **SIGMOID_RANGE)),
    case("sigmoid_forward", "a number, two passes", x=uniform(low=0.5, high=4.0), new_x=uniform(low=-4.0, high=-0.5)),
)

MSE_FORWARD = (
    case("mse_forward", "y as (5,), a as a column, two passes", y=normal(5), a=normal(5, 1, shift=2.0), new_y=normal(3), new_a=normal(3, 1, shift=2.0)),
    case("mse_forward", "y as a column, a as (5,)", y=normal(5, 1), a=normal(5, shift=2.0)),
    case("mse_forward", "two columns", y=normal(4, 1), a=normal(4, 1, shift=2.0)),
    case("mse_forward", "both without a second axis", y=normal(6), a=normal(6, shift=2.0)),
    case("mse_forward", "a batch of one", y=normal(1), a=normal(1, 1, shift=2.0)),
)

MSE_VALUE = uniform(low=1.0, high=5.0)
MSE_BACKWARD = (
    case("mse_backward", "y as (5,), a as a column, two passes", probe="mse_backward_columns", y_axes=1, a_axes=2, value=MSE_VALUE, columns=errors(5), new_columns=errors(3)),
    case("mse_backward", "y as a column, a as (5,)", probe="mse_backward_columns", y_axes=2, a_axes=1, value=MSE_VALUE, columns=errors(5)),
    case("mse_backward", "two columns", probe="mse_backward_columns", y_axes=2, a_axes=2, value=MSE_VALUE, columns=errors(7)),
    case("mse_backward", "both without a second axis", probe="mse_backward_columns", y_axes=1, a_axes=1, value=MSE_VALUE, columns=errors(6), new_columns=errors(6)),
    case("mse_backward", "a batch of one", probe="mse_backward_columns", y_axes=1, a_axes=2, value=MSE_VALUE, columns=errors(1)),
)

SIGMOID_BACKWARD = (
    case("sigmoid_backward", "one consumer", values=with_sigmoid(5, 3), gradients=normal(1, 5, 3)),
    case("sigmoid_backward", "two consumers, two passes", values=with_sigmoid(5, 2), gradients=normal(2, 5, 2), new_values=with_sigmoid(4, 2), new_gradients=normal(2, 4, 2)),
    case("sigmoid_backward", "a batch of one, three consumers", values=with_sigmoid(1, 4), gradients=normal(3, 1, 4)),
    case("sigmoid_backward", "a square array, two passes of the same shape", values=with_sigmoid(3, 3), gradients=normal(1, 3, 3), new_values=with_sigmoid(3, 3), new_gradients=normal(1, 3, 3)),
)

LINEAR_BACKWARD = (
    case("linear_backward", "one consumer", **LINEAR, value=normal(5, 2), gradients=normal(1, 5, 2)),
    case("linear_backward", "two consumers, two passes", **LINEAR, **NEW_LINEAR, value=normal(5, 2), gradients=normal(2, 5, 2), new_value=normal(4, 2), new_gradients=normal(2, 4, 2)),
    case("linear_backward", "a batch of one", **ONE_ROW, value=normal(1, 2), gradients=normal(1, 1, 2)),
    case("linear_backward", "a square layer and batch, two passes", **SQUARE, **{f"new_{name}": draw for name, draw in SQUARE.items()}, value=normal(4, 4), gradients=normal(1, 4, 4), new_value=normal(4, 4), new_gradients=normal(1, 4, 4)),
    case("linear_backward", "one neuron, three consumers", **ONE_NEURON, value=normal(3, 1), gradients=normal(3, 3, 1)),
)

ADD_BACKWARD = (
    case("add_backward", "two inputs, one consumer", values=with_sum(2, 5, 3), gradients=normal(1, 5, 3)),
    case("add_backward", "three inputs, two consumers, two passes", values=with_sum(3, 5, 2), gradients=normal(2, 5, 2), new_values=with_sum(3, 4, 2), new_gradients=normal(2, 4, 2)),
    case("add_backward", "the last node, an array, two passes", gradients=np.zeros((0, 3)), new_gradients=np.zeros((0, 3)), values=with_sum(2, 3), new_values=with_sum(2, 3)),
    case("add_backward", "the last node, four numbers", gradients=np.zeros(0), values=with_sum(4)),
    case("add_backward", "one input, three consumers", values=with_sum(1, 4, 4), gradients=normal(3, 4, 4)),
    case("add_backward", "a node that enters twice", probe="add_backward_same", values=with_x_x_y(True, 3, 2), gradients=normal(2, 3, 2)),
    case("add_backward", "numbers, two passes", values=with_sum(2), gradients=normal(1), new_values=with_sum(2), new_gradients=normal(1)),
)

MUL_BACKWARD = (
    case("mul_backward", "two inputs, one consumer", values=with_product(2, 5, 3), gradients=normal(1, 5, 3)),
    case("mul_backward", "three inputs, two consumers, two passes", values=with_product(3, 5, 2), gradients=normal(2, 5, 2), new_values=with_product(3, 4, 2), new_gradients=normal(2, 4, 2)),
    case("mul_backward", "a zero among the inputs", values=with_product(3, 4, 2, zero=True), gradients=normal(1, 4, 2)),
    case("mul_backward", "the last node, an array, two passes", gradients=np.zeros((0, 3)), new_gradients=np.zeros((0, 3)), values=with_product(2, 3), new_values=with_product(2, 3)),
    case("mul_backward", "the last node, four numbers", gradients=np.zeros(0), values=with_product(4)),
    case("mul_backward", "one input, three consumers", values=with_product(1, 5), gradients=normal(3, 5)),
    case("mul_backward", "a node that enters twice", probe="mul_backward_same", values=with_x_x_y(False, 3, 2), gradients=normal(2, 3, 2)),
    case("mul_backward", "square arrays", values=with_product(2, 3, 3), gradients=normal(1, 3, 3)),
)

INPUT_BACKWARD = (
    case("input_backward", "one consumer, two passes", value=normal(5, 3), gradients=normal(1, 5, 3), new_gradients=normal(1, 5, 3)),
    case("input_backward", "three consumers", value=normal(3, 2), gradients=normal(3, 3, 2)),
    case("input_backward", "a bias with two consumers, two passes", value=normal(4), gradients=normal(2, 4), new_gradients=normal(2, 4)),
    case("input_backward", "an array that no node uses", gradients=np.zeros((0, 2, 3)), value=normal(2, 3)),
    case("input_backward", "a number with two consumers", value=normal(), gradients=normal(2)),
)

FORWARD_AND_BACKWARD = (
    case("forward_and_backward", "three nodes", judge=judge_forward_and_backward, order=order(3), rounds=1),
    case("forward_and_backward", "five nodes", judge=judge_forward_and_backward, order=order(5), rounds=1),
    case("forward_and_backward", "a graph of one node", judge=judge_forward_and_backward, order=np.array([0]), rounds=1),
    case("forward_and_backward", "four nodes, two rounds on the same list", judge=judge_forward_and_backward, order=order(4), rounds=2),
)

SGD_UPDATE = (
    case("sgd_update", "a weight and a bias", learning_rate=RATE, W=normal(3, 2), b=normal(2), grad_W=normal(3, 2), grad_b=normal(2)),
    case("sgd_update", "a weight and a bias, no learning rate given", probe="sgd_update_default", W=normal(3, 2), b=normal(2), grad_W=normal(3, 2), grad_b=normal(2)),
    case("sgd_update", "a large learning rate, given by name", probe="sgd_update_by_name", learning_rate=1.75, W=normal(4, 4), grad_W=normal(4, 4)),
    case("sgd_update", "four trainables, two steps", probe="sgd_update_twice", learning_rate=RATE, W1=normal(4, 3), b1=normal(3), W2=normal(3, 1), b2=normal(1), grad_W1=normal(4, 3), grad_b1=normal(3), grad_W2=normal(3, 1), grad_b2=normal(1)),
    case("sgd_update", "a number", learning_rate=RATE, w=normal(), grad_w=normal()),
)

CASES = (
    *INPUT,
    *SORT,
    *FORWARD_PASS,
    *ADD_FORWARD,
    *MUL_FORWARD,
    *LINEAR_FORWARD,
    *SIGMOID_FORWARD,
    *MSE_FORWARD,
    *ADD_BACKWARD,
    *MUL_BACKWARD,
    *INPUT_BACKWARD,
    *FORWARD_AND_BACKWARD,
    *MSE_BACKWARD,
    *SIGMOID_BACKWARD,
    *LINEAR_BACKWARD,
    *SGD_UPDATE,
)
