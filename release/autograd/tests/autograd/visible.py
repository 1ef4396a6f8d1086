"""Which cases of each question do students see? Small numbers, to follow by hand."""

import numpy as np

from autograder.student.declared import case
from tests.autograd.probes import right_order

A, B, GRAD = [[1, 2, 3], [4, 5, 6]], [[10, -20, 30], [-40, 50, -60]], [[7, 9, -8], [0.5, -2, 11]]
X = [[1, -2, 0.5], [-0.25, 3, 0]]
# A tensor, one of its parents, and the factor of its gradient.
DIAMOND = [[1, 0, 2], [2, 0, 5], [3, 1, 3], [3, 2, 7]]

CASES = (
    case("unbroadcast", "an axis in front", grad=GRAD, shape=(3,)),
    case("unbroadcast", "an axis of length 1", grad=GRAD, shape=(2, 1)),
    case("add", "two matrices", a=A, b=B, grad=GRAD),
    case("add", "a matrix and a row", probe="add_stretched", a=A, b=[10, 20, 30], grad=GRAD),
    case("mul", "two matrices", a=A, b=B, grad=GRAD),
    case("mul", "a matrix and a row", probe="mul_stretched", a=A, b=[10, 20, 30], grad=GRAD),
    case("topological_order", "paths that part and meet", edges=DIAMOND, root=3, made=[3, 1, 0, 2], judge=right_order),
    case("backward", "paths that part and meet", edges=DIAMOND, root=3, data=[[1.5], [3], [7.5], [61.5]]),
    case("backward", "sums alone, called twice", edges=[[2, 0, 1], [2, 1, 1], [3, 2, 1], [3, 0, 1]], root=3, calls=2, data=[[1.5], [3], [4.5], [6]]),
    case("backward", "called twice", edges=DIAMOND, root=3, calls=2, data=[[1.5], [3], [7.5], [61.5]]),
    case("matmul", "two matrices", a=A, b=[[1, -1, 2, 5], [0, 3, -2, 4], [6, 1, -3, 7]], grad=[[1, 2, -1, 0.5], [3, -2, 4, 6]]),
    case("sum", "over the first axis", x=A, axis=0, grad=[7, 9, -8]),
    case("sum", "over the last axis", x=A, axis=1, grad=[7, 9]),
    case("mean", "over the last axis", x=A, axis=1, grad=[7, 9]),
    case("reshape", "a matrix made into a column of pairs", x=A, shape=(3, 2), grad=[[7, 9], [-8, 0.5], [-2, 11]]),
    case("transpose", "three axes", x=[[[1, 2, 3], [4, 5, 6]]], axes=(2, 0, 1), grad=[[[7, 9]], [[-8, 0.5]], [[-2, 11]]]),
    case("getitem", "rows, one of them twice", x=A, rows=np.array([1, 0, 1]), grad=[[7, 9, -8], [0.5, -2, 11], [3, 4, 5]]),
    case("relu", "both signs and a zero", x=X, grad=GRAD),
    case("exp", "both signs and a zero", x=X, grad=GRAD),
    case("log", "positive numbers", x=[[1, 2, 0.5], [0.25, 3, 4]], grad=GRAD),
    case("tanh", "both signs and a zero", x=X, grad=GRAD),
    case("cross_entropy", "two examples, four classes", logits=[[-3, 2, -1, 0], [-1, 2, -3, 4]], labels=np.array([3, 1]), grad=1.0),
)
