"""Which cases decide the points? Nothing of this file ever ships.

Sizes are unequal (5, 3, 2), so that a mixed-up axis shows in a shape, with one square
case per layer, so that shape alone is not enough. Each mistake shows in half of a
question's cases: in half of them a node has no consumer, enters twice, is asked again.
No case is answered by an input as it is, by zeros or by ones.
"""

from functools import reduce
from typing import Any

import numpy as np

from autograder.judging.random_arrays import both_signs, normal, uniform
from autograder.student.declared import case
from autograder.student.questions import Array, Draw
from tests.miniflow.visible import (
    judge_forward_and_backward,
    judge_forward_pass,
    judge_sort,
)

RATE = uniform(low=0.02, high=0.4)
MSE_VALUE = uniform(low=1.0, high=5.0)


def around(*shape: int) -> Draw:
    """Draw numbers of both signs, close to 0 and far from it."""
    return uniform(*shape, low=-8.0, high=8.0)


def factors(names: str, *shape: int) -> dict[str, Draw]:
    """Draw an array for each name, with no entry close to 0 or to 1."""
    return dict.fromkeys(names, both_signs(*shape, low=1.2))


def incoming(consumers: int, enter: str, make: np.ufunc, *shape: int, zero: bool = False) -> dict[str, Draw]:
    """Draw gradients, and the values of what enters a node and of the node itself.

    If `zero`, the second that enters has some zeros.
    """

    def draw(rng: np.random.Generator) -> Array:
        names = dict.fromkeys(enter)
        rows = both_signs(len(names), *shape, low=1.2)(rng)
        if zero:
            rows[1, ..., 0] = 0.0
        of_name = dict(zip(names, rows, strict=True))
        return np.stack([*rows, reduce(make, [of_name[name] for name in enter])])

    return {"values": draw, "gradients": normal(consumers, *shape)}


def squeezed(consumers: int, *shape: int) -> dict[str, Draw]:
    """Draw gradients, and what enters a sigmoid and what leaves it."""

    def draw(rng: np.random.Generator) -> Array:
        x = around(*shape)(rng)
        return np.stack([x, 1.0 / (1.0 + np.exp(-x))])

    return {"values": draw, "gradients": normal(consumers, *shape)}


def errors(m: int) -> Draw:
    """Draw y and a, m entries each; the last row is their difference."""

    def draw(rng: np.random.Generator) -> Array:
        y, a = rng.normal(0.0, 1.0, m), rng.normal(2.0, 1.0, m)
        return np.stack([y, a, y - a])

    return draw


def layer(rows: int, inputs: int, outputs: int) -> dict[str, Draw]:
    return {"X": normal(rows, inputs), "W": normal(inputs, outputs), "b": normal(outputs)}


def layer_back(consumers: int, rows: int, inputs: int, outputs: int) -> dict[str, Draw]:
    out = {"value": normal(rows, outputs), "gradients": normal(consumers, rows, outputs)}
    return layer(rows, inputs, outputs) | out


def order(n: int) -> Draw:
    """Draw an order of n nodes, not that of their numbers, nor that one turned round."""

    def draw(rng: np.random.Generator) -> Array:
        found = rng.permutation(n)
        up = np.diff(found) > 0
        return draw(rng) if up.all() or not up.any() else found

    return draw


def graph(edges: list[list[int]]) -> dict[str, Any]:
    """Draw other numbers for the nodes of a graph with its tail.

    Counting up, or down, is no right order.
    """
    last = max(map(max, edges), default=0)
    rows = np.array([*edges, *([i + last, j + last] for i, j in TAIL)])

    def draw(rng: np.random.Generator) -> Array:
        found = rng.permutation(rows.max() + 1)[rows]
        up = found[:, 0] < found[:, 1]
        return draw(rng) if up.all() or not up.any() else found

    return {"judge": judge_sort, "nodes": int(rows.max()) + 1, "edges": draw}


# Rows are (from, to); the nodes that nothing enters are the inputs. TAIL follows on the
# last node of each graph: by its edges alone can it be sorted, neither by distance nor
# by the number of neighbours nor depth first on the way down.
TAIL = [[0, 1], [0, 2], [1, 3], [2, 3], [3, 4], [4, 5], [4, 6], [0, 6], [5, 7], [6, 7]]
ONE_LAYER = [[0, 4], [1, 4], [2, 4], [4, 5], [3, 6], [5, 6]]
TWO_LAYERS = [[0, 3], [1, 3], [2, 3], [3, 4], [4, 7], [5, 7], [4, 7], [6, 7], [8, 9], [7, 9]]
SHORTCUT = [[0, 1], [1, 2], [0, 3], [2, 3]]
TWICE = [[0, 2], [0, 2], [2, 3], [3, 4], [1, 4], [3, 4]]
# Nothing uses input 2.
TWO_ENDS = [[0, 3], [1, 3], [0, 4], [3, 5], [3, 5], [4, 6], [3, 6]]
FORWARD, BOTH = {"judge": judge_forward_pass}, {"judge": judge_forward_and_backward}
ADD, MUL = np.add, np.multiply

CASES = (
    case("input", "an array in place of one of another shape", old=normal(5, 3), value=normal(2, 3)),
    case("input", "an array in place of one of the same shape", old=normal(5, 3), value=normal(5, 3), again="value"),
    case("input", "zero in place of another number", old=normal(), value=0.0),
    case("input", "no value, then an array", old=normal(3, 2), again={"value": normal(4, 2)}),
    case("input", "no value, a number was there", old=normal()),
    case("input", "no value, a row was there", old=normal(1, 4)),
    case("topological_sort", "a layer, its activation and the cost", **graph(ONE_LAYER), values=normal(4, 3)),
    case("topological_sort", "two layers, sorted twice with other values", **graph(TWO_LAYERS), values=normal(6, 2), again="values"),
    case("topological_sort", "a shortcut past two nodes", **graph(SHORTCUT), values=normal(1)),
    case("topological_sort", "paths that part and meet", **graph([]), values=normal(1, 3)),
    case("topological_sort", "nodes that enter another one twice", **graph(TWICE), values=normal(2)),
    case("topological_sort", "two last nodes, and an input that nothing uses", **graph(TWO_ENDS), values=normal(3), again="values"),
    case("forward_pass", "the last node is asked for", **FORWARD, order=order(5), output=4, values=normal(5)),
    case("forward_pass", "a node in the middle is asked for", **FORWARD, order=order(5), output=2, values=normal(5, 3, 2)),
    case("forward_pass", "two passes with other values", **FORWARD, order=order(4), output=1, values=normal(4, 2), again="values"),
    case("forward_pass", "two passes, the first node is asked for", **FORWARD, order=order(4), output=0, values=normal(4), again="values"),
    case("add_forward", "two arrays, two passes", enter="xy", x=normal(5, 3), y=normal(5, 3), again={"x": normal(4, 3), "y": normal(4, 3)}),
    case("add_forward", "four inputs", enter="wxyz", w=normal(3), x=normal(3), y=normal(3), z=normal(3)),
    case("add_forward", "numbers, one enters twice, two passes", enter="xyx", x=normal(), y=normal(), again=("x", "y")),
    case("add_forward", "an array that enters twice, two passes", enter="xxy", x=normal(3, 2), y=normal(3, 2), again=("x", "y")),
    case("add_forward", "square arrays, one enters twice", enter="yxzy", x=normal(4, 4), y=normal(4, 4), z=normal(4, 4)),
    case("mul_forward", "two arrays, two passes", enter="xy", **factors("xy", 5, 3), again=factors("xy", 4, 3)),
    case("mul_forward", "four inputs", enter="wxyz", **factors("wxyz", 3)),
    case("mul_forward", "numbers, one enters twice, zero and then not", enter="xyx", x=both_signs(low=1.2), y=0.0, again=factors("xy")),
    case("mul_forward", "an array that enters twice, two passes", enter="xxy", **factors("xy", 3, 2), again=("x", "y")),
    case("mul_forward", "square arrays, one enters twice", enter="yxzy", **factors("xyz", 4, 4)),
    case("linear_forward", "five rows, two passes", **layer(5, 3, 2), again=("X", "W", "b")),
    case("linear_forward", "a batch of one, then of four", **layer(1, 3, 2), again={"X": normal(4, 3)}),
    case("linear_forward", "a square layer and batch, two passes", **layer(4, 4, 4), again=("X", "W", "b")),
    case("linear_forward", "one neuron", **layer(3, 5, 1)),
    case("sigmoid_forward", "both signs, two passes", x=around(5, 3), again={"x": around(4, 2)}),
    case("sigmoid_forward", "a batch of one", x=around(1, 4)),
    case("sigmoid_forward", "zero, and numbers near and far", x=[0.0, -10.0, 10.0, 0.4, -0.4, 1.0]),
    case("sigmoid_forward", "a square array, two passes", x=around(3, 3), again="x"),
    case("sigmoid_forward", "a number, two passes", x=uniform(low=0.5, high=4.0), again={"x": uniform(low=-4.0, high=-0.5)}),
    case("mse_forward", "y as (5,), a as a column, two passes", y=normal(5), a=normal(5, 1, shift=2.0), again={"y": normal(3), "a": normal(3, 1, shift=2.0)}),
    case("mse_forward", "y as a column, a as (5,)", y=normal(5, 1), a=normal(5, shift=2.0)),
    case("mse_forward", "two columns", y=normal(4, 1), a=normal(4, 1, shift=2.0)),
    case("mse_forward", "both without a second axis", y=normal(6), a=normal(6, shift=2.0)),
    case("mse_forward", "a batch of one", y=normal(1), a=normal(1, 1, shift=2.0)),
    case("add_backward", "three inputs, three consumers, then numbers", enter="xyz", **incoming(3, "xyz", ADD, 4, 2), again=incoming(3, "xyz", ADD)),
    case("add_backward", "a node that enters twice, two consumers", enter="xyx", **incoming(2, "xyx", ADD, 5, 3), again=incoming(2, "xyx", ADD, 5, 3)),
    case("add_backward", "a row that enters twice, two consumers", enter="xxy", **incoming(2, "xxy", ADD, 4), again=incoming(2, "xxy", ADD, 4)),
    case("add_backward", "the last node, one enters twice, two passes", enter="xyx", **incoming(0, "xyx", ADD, 3, 2), again=incoming(0, "xyx", ADD, 3, 2)),
    case("add_backward", "the last node, five numbers", enter="wxyzw", **incoming(0, "wxyzw", ADD)),
    case("add_backward", "the last node, a square array, then a row", enter="xyyz", **incoming(0, "xyyz", ADD, 4, 4), again=incoming(0, "xyyz", ADD, 3)),
    case("mul_backward", "three inputs with zeros, three consumers, then numbers", enter="xyz", **incoming(3, "xyz", MUL, 4, 2, zero=True), again=incoming(3, "xyz", MUL)),
    case("mul_backward", "a node that enters twice, two consumers", enter="xyx", **incoming(2, "xyx", MUL, 5, 3, zero=True), again=incoming(2, "xyx", MUL, 5, 3)),
    case("mul_backward", "a row that enters twice, two consumers", enter="xxy", **incoming(2, "xxy", MUL, 4, zero=True), again=incoming(2, "xxy", MUL, 4)),
    case("mul_backward", "the last node, one enters twice, two passes", enter="xyx", **incoming(0, "xyx", MUL, 3, 2), again=incoming(0, "xyx", MUL, 3, 2)),
    case("mul_backward", "the last node, four numbers", enter="wxyz", **incoming(0, "wxyz", MUL)),
    case("mul_backward", "the last node, square arrays, then rows", enter="xyz", **incoming(0, "xyz", MUL, 4, 4), again=incoming(0, "xyz", MUL, 3)),
    case("input_backward", "two consumers, two passes", x=normal(5, 3), gradients=normal(2, 5, 3), again="gradients"),
    case("input_backward", "three consumers", x=normal(3, 2), gradients=normal(3, 3, 2)),
    case("input_backward", "a bias with two consumers, two passes", x=normal(4), gradients=normal(2, 4), again="gradients"),
    case("input_backward", "two consumers, then none", x=normal(2, 3), gradients=normal(2, 2, 3), again={"gradients": np.zeros((0, 2, 3))}),
    case("input_backward", "a number with two consumers, two passes", x=normal(), gradients=normal(2), again="gradients"),
    case("forward_and_backward", "three nodes", **BOTH, order=order(3), rounds=1),
    case("forward_and_backward", "five nodes", **BOTH, order=order(5), rounds=1),
    case("forward_and_backward", "six nodes, two rounds on the same list", **BOTH, order=order(6), rounds=2),
    case("forward_and_backward", "four nodes, two rounds on the same list", **BOTH, order=order(4), rounds=2),
    case("mse_backward", "y as (5,), a as a column, two passes", y_axes=1, a_axes=2, value=MSE_VALUE, columns=errors(5), again={"columns": errors(3)}),
    case("mse_backward", "y as a column, a as (5,)", y_axes=2, a_axes=1, value=MSE_VALUE, columns=errors(5), again="columns"),
    case("mse_backward", "two columns, two passes", y_axes=2, a_axes=2, value=MSE_VALUE, columns=errors(7), again="columns"),
    case("mse_backward", "both without a second axis, two passes", y_axes=1, a_axes=1, value=MSE_VALUE, columns=errors(6), again="columns"),
    case("mse_backward", "a batch of one", y_axes=1, a_axes=2, value=MSE_VALUE, columns=errors(1)),
    case("sigmoid_backward", "two consumers, two passes", **squeezed(2, 5, 3), again=squeezed(2, 5, 3)),
    case("sigmoid_backward", "three consumers, two passes", **squeezed(3, 5, 2), again=squeezed(3, 4, 2)),
    case("sigmoid_backward", "a batch of one, two consumers", **squeezed(2, 1, 4)),
    case("sigmoid_backward", "a square array, two passes of the same shape", **squeezed(1, 3, 3), again=squeezed(1, 3, 3)),
    case("linear_backward", "two consumers, two passes", **layer_back(2, 5, 3, 2), again=layer_back(2, 4, 3, 2)),
    case("linear_backward", "a batch of one, two passes", **layer_back(1, 1, 3, 2), again=layer_back(1, 1, 3, 2)),
    case("linear_backward", "a square layer and batch, two passes", **layer_back(2, 4, 4, 4), again=layer_back(2, 4, 4, 4)),
    case("linear_backward", "one neuron, three consumers, two passes", **layer_back(3, 3, 5, 1), again=layer_back(3, 3, 5, 1)),
    case("linear_backward", "five rows, one consumer", **layer_back(1, 5, 2, 3)),
    case("sgd_update", "a weight and a bias, two steps", learning_rate=RATE, steps=2, W=normal(3, 2), b=normal(2), grad_W=normal(3, 2), grad_b=normal(2)),
    case("sgd_update", "a weight and a bias, no learning rate given", W=normal(3, 2), b=normal(2), grad_W=normal(3, 2), grad_b=normal(2)),
    case("sgd_update", "a large learning rate, given by name", learning_rate=1.75, by_name=True, W=normal(4, 4), w=normal(), grad_W=normal(4, 4), grad_w=normal()),
    case("sgd_update", "four trainables, two steps, no learning rate given", steps=2, W1=normal(4, 3), b1=normal(3), W2=normal(3, 1), b2=normal(1), grad_W1=normal(4, 3), grad_b1=normal(3), grad_W2=normal(3, 1), grad_b2=normal(1)),
)
