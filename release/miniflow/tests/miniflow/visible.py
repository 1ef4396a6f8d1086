"""The case of each question that students see: the arrays of the notebook."""

import numpy as np

from autograder.student.questions import Case
from tests.miniflow.probes import (
    judge_forward_and_backward,
    judge_forward_pass,
    judge_sort,
)

EXAMPLE = "the example in the notebook"

CASES = (
    Case("input", EXAMPLE, probe="input_forward", given={"value": 4}),
    Case(
        "topological_sort",
        "three inputs that enter one node: the graph of x + y + z",
        judge=judge_sort,
        given={
            "nodes": 4,
            "edges": np.array([[0, 3], [1, 3], [2, 3]]),
            "feed": np.array([0, 1, 2]),
            "values": [4, 5, 10],
        },
    ),
    Case(
        "forward_pass",
        "the values that the nodes of x + y + z will show",
        judge=judge_forward_pass,
        given={"output": 3, "values": [4, 5, 10, 19]},
    ),
    Case("add_forward", EXAMPLE, given={"x": 4, "y": 5, "z": 10}),
    Case("mul_forward", EXAMPLE, given={"x": 4, "y": 5, "z": 10}),
    Case(
        "linear_forward",
        EXAMPLE,
        given={"X": [[1, 2], [3, 4]], "W": [[5, 6], [7, 8]], "b": [-1, -1]},
    ),
    Case("sigmoid_forward", EXAMPLE, given={"x": [[-9, 4], [-9, 4]]}),
    Case("mse_forward", EXAMPLE, given={"y": [1, 2, 3], "a": [4.5, 5, 10]}),
    Case(
        "mse_backward",
        EXAMPLE,
        given={
            "y": [1, 2, 3],
            "a": [4.5, 5, 10],
            "value": 23.416666666666668,
            "m": 3,
            "diff": [[-3.5], [-3], [-7]],
        },
    ),
    Case(
        "sigmoid_backward",
        "a value close to 0, with the gradient that a cost sends back",
        probe="sigmoid_backward_one",
        given={
            "x": [[-11], [-11]],
            "value": [[1.670142184809518e-05], [1.670142184809518e-05]],
            "gradients": [[[-0.999983298578152], [-1.999983298578152]]],
        },
    ),
    Case(
        "linear_backward",
        "two rows, with the gradient that a sigmoid sends back",
        given={
            "X": [[-1, -2], [-1, -2]],
            "W": [[2], [3]],
            "b": [-3],
            "value": [[-11], [-11]],
            "gradients": [[[-1.670086397777034e-05], [-3.340200688837377e-05]]],
        },
    ),
    Case(
        "add_backward",
        "q = x + y in f = (x + y) z",
        probe="add_backward_one",
        given={"x": -2, "y": 5, "value": 3, "gradients": [-4]},
    ),
    Case(
        "mul_backward",
        "f = q z, the last node of f = (x + y) z",
        probe="mul_backward_last",
        given={"x": 3, "y": -4, "value": -12},
    ),
    Case(
        "input_backward",
        "the input x of f = (x + y) z",
        given={"value": -2, "gradients": [-4]},
    ),
    Case(
        "forward_and_backward",
        "five nodes in a row, as in f = (x + y) z",
        judge=judge_forward_and_backward,
        given={"nodes": 5, "rounds": 1},
    ),
    Case(
        "sgd_update",
        "the learning rate that holds when none is given",
        probe="sgd_update_default",
        given={"w": 5, "grad_w": 10},
    ),
)
