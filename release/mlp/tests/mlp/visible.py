"""The case of each question that students see: the arrays of the notebook."""

import numpy as np

from autograder.student.questions import Case

CASES = (
    Case(
        "linear_forward",
        "the example in the notebook",
        given={
            "weight": [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]],
            "bias": [[1, 2, 3, 4]],
            "x": [[1, 2, 3], [4, 5, 6]],
        },
    ),
    Case(
        "relu_forward",
        "the example in the notebook",
        given={"x": [[-3, 1, 0], [4, 2, -5]]},
    ),
    Case(
        "sequential_forward",
        "the example in the notebook, its layers replaced by ones that replay arrays",
        probe="sequential_forward_replay",
        given={
            "x": [[-3, 0], [4, 1], [-2, -1]],
            "output_0": [[0, 0], [4, 1], [0, 0]],
            "output_1": [[-1, 2, 3], [0, 4, -2], [-1, 2, 3]],
            "output_2": [[0, 2, 3], [0, 4, 0], [0, 2, 3]],
        },
    ),
    Case(
        "xeloss_forward",
        "the example in the notebook",
        given={
            "logits": [[-3, 2, -1, 0], [-1, 2, -3, 4]],
            "labels": np.array([3, 1]),
        },
    ),
    Case(
        "xeloss_backward",
        "the example in the notebook",
        given={
            "logits": [[-3, 2, -1, 0], [-1, 2, -3, 4]],
            "labels": np.array([3, 1]),
        },
    ),
    Case(
        "linear_backward",
        "the example in the notebook",
        given={
            "weight": [[1, 2, 3, 2], [-1, 4, -2, 3]],
            "bias": [[1, 2, 3, 4]],
            "x": [[1, -2], [0, -6]],
            "grad": [[1, 0, 3, 2], [5, 5, -1, 0]],
        },
    ),
    Case(
        "relu_backward",
        "the example in the notebook",
        given={
            "x": [[1, -2, 3, -4], [5, 6, -0.0, 0]],
            "grad": [[-1, 2, -3, 4], [0, 6, -2, 8]],
        },
    ),
    Case(
        "sequential_backward",
        "three layers that replay arrays",
        probe="sequential_backward_replay",
        given={
            "grad": [[0.2, -0.2, 0.1], [-0.3, 0.1, 0.2]],
            "grad_2": [[0.2, 0, 0.1], [0, 0.1, 0.2]],
            "grad_1": [[1, -2], [3, 4]],
            "grad_0": [[1, 0], [0, 4]],
        },
    ),
    Case(
        "sgd",
        "the example in the notebook",
        given={
            "lr": 0.15,
            "weight": [[-3, 2, -1], [0, -1, 2]],
            "bias": [[1, 0, -3]],
            "grad_weight": [[-10, 9, -8], [7, -6, 5]],
            "grad_bias": [[-3, 3, -3]],
        },
    ),
)
