"""Which case of each question do students see? The arrays of the notebook."""

import numpy as np

from autograder.student.declared import case

EXAMPLE = "the example in the notebook"
LOGITS = [[-3, 2, -1, 0], [-1, 2, -3, 4]]

CASES = (
    case("linear_forward", EXAMPLE, weight=[[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]], bias=[[1, 2, 3, 4]], x=[[1, 2, 3], [4, 5, 6]]),
    case("relu_forward", EXAMPLE, x=[[-3, 1, 0], [4, 2, -5]]),
    case("sequential_forward", "the example in the notebook, its layers replaced by ones that replay arrays", probe="sequential_forward_replay",
         x=[[-3, 0], [4, 1], [-2, -1]], output_0=[[0, 0], [4, 1], [0, 0]], output_1=[[-1, 2, 3], [0, 4, -2], [-1, 2, 3]], output_2=[[0, 2, 3], [0, 4, 0], [0, 2, 3]]),
    case("xeloss_forward", EXAMPLE, logits=LOGITS, labels=np.array([3, 1])),
    case("xeloss_backward", EXAMPLE, logits=LOGITS, labels=np.array([3, 1])),
    case("linear_backward", EXAMPLE, weight=[[1, 2, 3, 2], [-1, 4, -2, 3]], bias=[[1, 2, 3, 4]], x=[[1, -2], [0, -6]], grad=[[1, 0, 3, 2], [5, 5, -1, 0]]),
    case("relu_backward", EXAMPLE, x=[[1, -2, 3, -4], [5, 6, -0.0, 0]], grad=[[-1, 2, -3, 4], [0, 6, -2, 8]]),
    case("sequential_backward", "three layers that replay arrays", probe="sequential_backward_replay",
         grad=[[0.2, -0.2, 0.1], [-0.3, 0.1, 0.2]], grad_2=[[0.2, 0, 0.1], [0, 0.1, 0.2]], grad_1=[[1, -2], [3, 4]], grad_0=[[1, 0], [0, 4]]),
    case("sgd", EXAMPLE, lr=0.15, weight_0=[[-3, 2, -1], [0, -1, 2]], bias_0=[[1, 0, -3]], grad_weight_0=[[-10, 9, -8], [7, -6, 5]], grad_bias_0=[[-3, 3, -3]]),
)
