"""How is each question of optim asked of any implementation?"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.student.declared import ask, objects
from autograder.student.questions import SAME, Array, Library, probe

PARAMS = objects("training.Parameter", "value", then="grad")
MOMENTS = ("params.value", "self.m", "self.v", "self.t")

sgd_step = ask(
    "training.SGD.step", make=("params", "lr", "momentum", "weight_decay", "nesterov"), params=PARAMS,
    state="velocity", output="", see=("params.value", "self.velocity"), same="params.grad",
)
# Without momentum the velocity is needed by nobody, and PyTorch keeps none.
sgd_without_momentum = ask("training.SGD.step", make=("params", "lr", "momentum", "weight_decay", "nesterov"), params=PARAMS, output="", see="params.value", same="params.grad")
adam_step = ask(
    "training.Adam.step", make=("params", "lr", "betas", "eps"), params=PARAMS,
    state=("t", "m", "v"), output="", see=MOMENTS, same="params.grad",
)
adamw_step = ask(
    "training.AdamW.step", make=("params", "lr", "betas", "eps", "weight_decay"), params=PARAMS,
    state=("t", "m", "v"), output="", see=MOMENTS, same="params.grad",
)
clip_grad_norm = ask("training.clip_grad_norm_", args=("params", "max_norm"), params=PARAMS, output="norm", see="params.grad", same="params.value")
cosine_lr = ask("training.cosine_lr", args=("step", "lr_max", "lr_min", "warmup_steps", "total_steps"), output="lr")
dropout_forward = ask("training.Dropout.forward", args=("x", "u"), make="p", state="training", see="self.mask", same=("x", "u"), axes={"x": "N I"})
dropout_backward = ask(
    "training.Dropout.backward", args="grad", make="p", state=("mask", "training"), rehearse=("forward", "x", "u"),
    output="grad_x", same=("grad", "self.mask"), axes={"grad": "N I"},
)


@probe
def schedule(lib: Library, lr_max: float, lr_min: float, warmup_steps: int, total_steps: int) -> Any:
    """Every learning rate of a training, and of a few steps after its end."""
    parts = {
        "lr in the warm-up": range(warmup_steps),
        "lr on the way down": range(warmup_steps, total_steps),
        "lr after the last step": range(total_steps, total_steps + 5),
    }
    for name, steps in parts.items():
        yield name, np.array([lib.training.cosine_lr(step, lr_max, lr_min, warmup_steps, total_steps) for step in steps])


@probe(axes={"u": "I O", "weight.value": "I O"})
def kaiming_uniform(lib: Library, u: Array) -> Any:
    weight = lib.training.Parameter(np.zeros(u.shape))
    lib.training.kaiming_uniform_(weight, u)
    yield "weight.value", weight.value
    yield "u", u, SAME


@probe(axes={"u": "I O", "weight.value": "I O"})
def xavier_uniform(lib: Library, u: Array) -> Any:
    weight = lib.training.Parameter(np.zeros(u.shape))
    lib.training.xavier_uniform_(weight, u)
    yield "weight.value", weight.value
    yield "u", u, SAME
