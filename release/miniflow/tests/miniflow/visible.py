"""The case of each question that students see: the arrays of the notebook."""

import numpy as np

from autograder.student.declared import case
from tests.miniflow.probes import (
    judge_forward_and_backward,
    judge_forward_pass,
    judge_sort,
)

EXAMPLE = "the example in the notebook"

CASES = (
    case("input", EXAMPLE, probe="input_forward", value=4),
    case("topological_sort", "three inputs that enter one node: the graph of x + y + z", judge=judge_sort, nodes=4, edges=np.array([[0, 3], [1, 3], [2, 3]]), values=[4, 5, 10]),
    case("forward_pass", "the values that the nodes of x + y + z will show", judge=judge_forward_pass, order=np.array([0, 1, 2, 3]), output=3, values=[4, 5, 10, 19]),
    case("add_forward", EXAMPLE, x=4, y=5, z=10),
    case("mul_forward", EXAMPLE, x=4, y=5, z=10),
    case("linear_forward", EXAMPLE, X=[[1, 2], [3, 4]], W=[[5, 6], [7, 8]], b=[-1, -1]),
    case("sigmoid_forward", EXAMPLE, x=[[-9, 4], [-9, 4]]),
    case("mse_forward", EXAMPLE, y=[1, 2, 3], a=[4.5, 5, 10]),
    case("mse_backward", EXAMPLE, y=[1, 2, 3], a=[4.5, 5, 10], value=23.416666666666668, m=3, diff=[[-3.5], [-3], [-7]]),
    case("sigmoid_backward", "a value close to 0, with the gradient that a cost sends back", probe="sigmoid_backward_one", x=[[-11], [-11]], value=[[1.670142184809518e-05], [1.670142184809518e-05]], gradients=[[[-0.999983298578152], [-1.999983298578152]]]),
    case("linear_backward", "two rows, with the gradient that a sigmoid sends back", X=[[-1, -2], [-1, -2]], W=[[2], [3]], b=[-3], value=[[-11], [-11]], gradients=[[[-1.670086397777034e-05], [-3.340200688837377e-05]]]),
    case("add_backward", "q = x + y in f = (x + y) z", probe="add_backward_one", x=-2, y=5, value=3, gradients=[-4]),
    case("mul_backward", "f = q z, the last node of f = (x + y) z", probe="mul_backward_last", x=3, y=-4, value=-12),
    case("input_backward", "the input x of f = (x + y) z", value=-2, gradients=[-4]),
    case("forward_and_backward", "five nodes in a row, as in f = (x + y) z", judge=judge_forward_and_backward, order=np.arange(5), rounds=1),
    case("sgd_update", "the learning rate that holds when none is given", probe="sgd_update_default", w=5, grad_w=10),
)
