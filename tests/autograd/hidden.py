"""Which cases decide the points? Nothing of this file ever ships."""

import numpy as np

from autograder.judging.random_arrays import (
    both_signs,
    labels,
    normal,
    uniform,
    with_zeros,
)
from autograder.student.declared import case
from tests.autograd.probes import right_order

# Rows of a graph: a tensor, one of its parents, and the factor of its gradient.
TWICE = [[2, 0, 2], [2, 0, 3.5], [3, 2, 1.5], [3, 1, -2], [4, 3, 3], [4, 3, -0.5], [4, 0, 1.25]]
LONG_WAY = [[1, 0, 2], [2, 1, 3], [3, 2, -1.5], [4, 0, 4], [4, 3, 2.5], [5, 4, 1.5], [5, 4, 0.5], [5, 0, -3]]
LADDER = [[k + 1, k, factor] for k in range(24) for factor in (1.5, -0.25)]
TWO_LEAVES = [[2, 0, 2], [2, 1, 3], [3, 2, 4], [3, 2, 1.25], [3, 0, 5], [4, 1, 1], [4, 2, 1], [4, 3, -2]]
SUMS = [[3, 0, 1], [3, 1, 1], [3, 2, 1], [4, 3, 1], [4, 0, 1]]
BESIDE = [*LONG_WAY, [6, 5, 9], [7, 6, 1], [7, 0, 2]]


def on_a_chain(edges, length):
    """Return a graph whose leaf 0 is the end of a chain of that length."""
    chain = [[k + 1, k, 1.0] for k in range(length)]
    return chain + [[child + length, parent + length, factor] for child, parent, factor in edges]


def shuffled(edges, root):
    """Return the inputs of a case whose tensors are made in an order that says nothing."""
    made = 1 + max(child for child, _, _ in edges)
    return {"edges": edges, "root": root, "made": lambda rng: rng.permutation(made), "judge": right_order}


def pair(*shape):
    return {name: both_signs(*shape) for name in ("a", "b", "grad")}


def one(*shape):
    return {name: both_signs(*shape) for name in ("x", "grad")}


CASES = (
    case("unbroadcast", "an axis in front and two of length 1", grad=both_signs(4, 3, 5, 2), shape=(1, 5, 1)),
    case("unbroadcast", "two axes of length 1, neither of them first", grad=both_signs(3, 4, 5), shape=(3, 1, 1)),
    case("unbroadcast", "two axes in front, two of length 1", grad=both_signs(2, 4, 3, 5), shape=(1, 1)),
    case("unbroadcast", "two axes in front, two of length 1, one that stays", grad=both_signs(2, 3, 4, 3, 5), shape=(1, 3, 1)),
    case("unbroadcast", "two axes in front", grad=both_signs(2, 4, 3), shape=(3,)),
    case("unbroadcast", "to a single number, then to a row", grad=both_signs(4, 3), shape=(), other=both_signs(4, 3), other_shape=(1, 3)),
    case("unbroadcast", "to a column, then nothing to sum", grad=both_signs(4, 3), shape=(4, 1), other=both_signs(3, 4), other_shape=(3, 4)),
    case("add", "two matrices", **pair(5, 3)),
    case("add", "three axes", **pair(2, 4, 3)),
    case("add", "a column and a row", probe="add_stretched", a=both_signs(5, 1), b=both_signs(3), grad=both_signs(5, 3)),
    case("add", "one number and a matrix", probe="add_stretched", a=both_signs(), b=both_signs(4, 3), grad=both_signs(4, 3)),
    case("mul", "zeros in two matrices", a=with_zeros(5, 3), b=with_zeros(5, 3), grad=both_signs(5, 3)),
    case("mul", "three axes and a row", probe="mul_stretched", a=both_signs(2, 4, 3), b=both_signs(3), grad=both_signs(2, 4, 3)),
    case("mul", "zeros among three axes", a=with_zeros(2, 4, 3), b=with_zeros(2, 4, 3), grad=both_signs(2, 4, 3)),
    case("mul", "a column and a row", probe="mul_stretched", a=both_signs(5, 1), b=both_signs(3), grad=both_signs(5, 3)),
    case("topological_order", "a node that is used twice, on a chain", **shuffled(on_a_chain(TWICE, 40), 44)),
    case("topological_order", "a long way and a short one, on a chain", **shuffled(on_a_chain(LONG_WAY, 1500), 1505)),
    case("topological_order", "paths that part and meet often, on a chain", **shuffled(on_a_chain([*LADDER, [24, 0, 2.0]], 1200), 1224)),
    case("topological_order", "a root that others were made from, on a chain", **shuffled(on_a_chain(BESIDE, 30), 35)),
    case("topological_order", "uses of several kinds, on a chain of 5,000", **shuffled(on_a_chain(TWO_LEAVES, 5000), 5004)),
    case("backward", "two leaves, uses of several kinds", edges=TWO_LEAVES, root=4, data=both_signs(5, 3, 2)),
    case("backward", "sums of sums, called twice", edges=SUMS, root=4, calls=2, data=both_signs(5, 3)),
    case("backward", "called twice", edges=TWICE, root=4, calls=2, constant=1, data=both_signs(5, 4)),
    case("backward", "a long way and a short one, called three times", edges=LONG_WAY, root=5, calls=3, data=both_signs(6, 2, 3)),
    case("backward", "a leaf without gradient, called twice", edges=TWO_LEAVES, root=4, constant=1, calls=2, data=both_signs(5, 3)),
    case("backward", "zero_grad, then once more", calls=2, zero=True, edges=TWO_LEAVES, root=4, constant=0, data=both_signs(5, 3)),
    case("backward", "paths that part and meet often, called twice", edges=LADDER, root=24, calls=2, data=both_signs(25, 2)),
    case("matmul", "two matrices", a=both_signs(5, 3), b=both_signs(3, 2), grad=both_signs(5, 2)),
    case("matmul", "square matrices", a=both_signs(4, 4), b=both_signs(4, 4), grad=both_signs(4, 4)),
    case("matmul", "a batch", a=both_signs(4, 5, 3), b=both_signs(4, 3, 2), grad=both_signs(4, 5, 2)),
    case("matmul", "a batch of batches, square", a=both_signs(2, 3, 4, 4), b=both_signs(2, 3, 4, 4), grad=both_signs(2, 3, 4, 4)),
    case("sum", "over the middle axis", x=both_signs(4, 3, 5), axis=1, grad=both_signs(4, 5)),
    case("sum", "over the last axis of a square, counted from the end", x=both_signs(4, 4), axis=-1, grad=both_signs(4)),
    case("sum", "over the first and the last axis", x=both_signs(4, 3, 5), axis=(0, 2), grad=both_signs(3)),
    case("sum", "over everything", x=both_signs(4, 3), grad=both_signs()),
    case("mean", "over the middle axis", x=both_signs(4, 3, 5), axis=1, grad=both_signs(4, 5)),
    case("mean", "over the last axis of a square, counted from the end", x=both_signs(4, 4), axis=-1, grad=both_signs(4)),
    case("mean", "over the first and the last axis", x=both_signs(4, 3, 5), axis=(0, 2), grad=both_signs(3)),
    case("mean", "over everything", x=both_signs(4, 3), grad=both_signs()),
    case("reshape", "three axes made into two", x=both_signs(4, 3, 2), shape=(3, 8), grad=both_signs(3, 8)),
    case("reshape", "one length left open", x=both_signs(4, 3), shape=(2, -1), grad=both_signs(2, 6)),
    case("reshape", "rows and columns change lengths", x=both_signs(4, 3), shape=(3, 4), grad=both_signs(3, 4)),
    case("transpose", "three axes, each to the next place", x=both_signs(4, 3, 5), axes=(2, 0, 1), grad=both_signs(5, 4, 3)),
    case("transpose", "a cube", x=both_signs(3, 3, 3), axes=(1, 2, 0), grad=both_signs(3, 3, 3)),
    case("transpose", "four axes", x=both_signs(2, 3, 4, 2), axes=(3, 0, 2, 1), grad=both_signs(2, 2, 4, 3)),
    case("getitem", "rows, several of them more than once", x=both_signs(4, 3), rows=np.array([2, 0, 2, 1, 2, 0]), grad=both_signs(6, 3)),
    case("getitem", "rows and columns, a place more than once", x=both_signs(4, 3), rows=np.array([1, 3, 1, 1, 3]), columns=np.array([2, 0, 2, 1, 0]), grad=both_signs(5)),
    case("getitem", "places of a matrix, one taken three times", x=both_signs(5, 4), rows=np.array([4, 4, 0, 4]), columns=np.array([3, 3, 1, 3]), grad=both_signs(4)),
    case("getitem", "a part of a column", probe="getitem_slice", x=both_signs(6, 4), start=1, stop=4, column=2, grad=both_signs(3)),
    case("relu", "both signs", **one(5, 3)),
    case("relu", "zeros and negative zeros", x=with_zeros(5, 4), grad=both_signs(5, 4)),
    case("relu", "zeros among three axes", x=with_zeros(2, 3, 4), grad=both_signs(2, 3, 4)),
    case("exp", "both signs", **one(5, 3)),
    case("exp", "three axes", **one(2, 3, 4)),
    case("log", "positive numbers", x=uniform(5, 3, low=0.3, high=3.0), grad=both_signs(5, 3)),
    case("log", "small numbers", x=uniform(2, 3, 4, low=1e-4, high=1e-3), grad=both_signs(2, 3, 4)),
    case("tanh", "both signs", **one(5, 3)),
    case("tanh", "three axes", **one(2, 3, 4)),
    case("cross_entropy", "five examples", logits=normal(5, 3), labels=labels(5, 3), grad=uniform(low=1.5, high=2.5)),
    case("cross_entropy", "as many examples as classes", logits=normal(4, 4), labels=labels(4, 4), grad=uniform(low=-2.5, high=-1.5)),
    case("cross_entropy", "large logits in every row", logits=[[1040, 180, 1001], [997, 1030, 905], [1002, 825, 930], [750, 1004, 860]], labels=np.array([1, 0, 2, 2]), grad=1.5),
    case("cross_entropy", "negative logits in every row", logits=[[-1040, -180], [-1997, -1930], [-1002, -1225]], labels=np.array([0, 1, 1]), grad=0.8),
    case("cross_entropy", "logits far apart", logits=[[1000, -20, 1], [-3, 1300, 5], [2, 25, -1200]], labels=np.array([0, 0, 2]), grad=uniform(low=0.5, high=0.9)),
    case("cross_entropy", "one example", logits=uniform(1, 4, low=-1, high=1), labels=labels(1, 4), grad=0.75),
)
