"""Which cases of each question do students see? Mostly those of the notebook."""

import numpy as np

from autograder.student.declared import case

EXAMPLE = "the example in the notebook"
VALUES = [np.array([[1.0, -2.0]]), np.array([0.5])]
VELOCITY = [np.array([[0.5, -1.5]]), np.array([3.0])]
FAST = {"lr": 0.1, "betas": (0.5, 0.75), "eps": 1e-8}
MEANS = {"t": 2, "m": [np.array([[0.5, 1.0]]), np.array([-2.0])], "v": [np.array([[2.0, 0.25]]), np.array([6.0])]}

CASES = (
    case("sgd_step", EXAMPLE, lr=0.1, momentum=0.9, weight_decay=0.0, nesterov=False, value=VALUES, grad=[np.array([[0.5, 1.0]]), np.array([-1.0])], again={"grad": [np.array([[0.25, 2.0]]), np.array([4.0])]}),
    case("sgd_step", "weight decay without momentum", probe="sgd_without_momentum", lr=0.2, momentum=0.0, weight_decay=0.5, nesterov=False, value=VALUES, grad=[np.array([[3.0, 4.0]]), np.array([-7.0])]),
    case("sgd_step", "nesterov, with a velocity", lr=0.1, momentum=0.5, weight_decay=0.0, nesterov=True, value=VALUES, velocity=VELOCITY, grad=[np.array([[7.0, 2.0]]), np.array([-1.0])]),
    case("adam_step", EXAMPLE, **FAST, value=VALUES, grad=[np.array([[0.001, -4.0]]), np.array([50.0])], again={"grad": [np.array([[0.003, 4.0]]), np.array([40.0])]}),
    case("adamw_step", EXAMPLE, lr=0.1, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.2, value=VALUES[:1], grad=[np.array([[0.0, 3.0]])]),
    case("adamw_step", "the third step", **FAST, weight_decay=0.2, value=VALUES, grad=[np.array([[3.0, -4.0]]), np.array([5.0])], **MEANS),
    case("clip_grad_norm", EXAMPLE, rtol=1e-5, max_norm=2.0, value=[np.array([[7.0, 9.0]]), np.array([8.0])], grad=[np.array([[3.0, 0.0]]), np.array([4.0])]),
    case("clip_grad_norm", "short enough already", rtol=1e-5, max_norm=6.0, value=[np.array([[7.0, 9.0]]), np.array([8.0])], grad=[np.array([[3.0, 0.0]]), np.array([4.0])]),
    case("cosine_lr", "the first step of the warm-up", step=0, lr_max=0.8, lr_min=0.2, warmup_steps=4, total_steps=10),
    case("cosine_lr", "on the way down", step=6, lr_max=0.8, lr_min=0.2, warmup_steps=4, total_steps=10),
    case("cosine_lr", "after the last step", step=12, lr_max=0.8, lr_min=0.2, warmup_steps=4, total_steps=10),
    case("kaiming_uniform", EXAMPLE, u=[[0, 0.5], [1, 0.25], [0.75, 0.5], [0.1, 0.2], [0.3, 0.4], [0.6, 0.7]]),
    case("kaiming_uniform", "three inputs", u=[[0, 0.5], [0.9, 0.25], [0.75, 0.3]]),
    case("xavier_uniform", EXAMPLE, u=[[0, 0.5], [1, 0.25], [0.75, 0.5], [0.1, 0.9]]),
    case("xavier_uniform", "three inputs", u=[[0, 0.5], [0.9, 0.25], [0.75, 0.3]]),
    case("dropout_forward", "in training", p=0.75, training=True, x=[[3, 1, -2, 4], [2, -1, 5, 6]], u=[[0.7, 0.2, 0.9, 0.4], [0.1, 0.8, 0.75, 0.3]]),
    case("dropout_forward", "after eval", p=0.75, training=False, x=[[3, 1, -2, 4], [2, -1, 5, 6]], u=[[0.7, 0.2, 0.9, 0.4], [0.1, 0.8, 0.95, 0.3]]),
    case("dropout_backward", EXAMPLE, p=0.5, training=True, x=[[3, -1, 4], [5, 7, -6]], u=[[0.9, 0.1, 0.8], [0.2, 0.3, 0.6]], mask=[[2, 0, 2], [0, 0, 2]], grad=[[0.5, 3, -1], [2, 4, 0.25]]),
)
