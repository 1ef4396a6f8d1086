"""Which cases decide the points? Nothing of this file ever ships.

Parameters have unequal shapes, one of them square and one of three axes. Numbers
whose size or sign decides keep away from 0.
"""

from autograder.judging.random_arrays import both_signs, uniform
from autograder.student.declared import case

SHAPES = {"one": ((3, 2),), "two": ((3, 2), (2,)), "three": ((4, 4), (1, 3), (2, 3, 2))}


def params(shapes, *signed, **positive):
    """Return values, gradients and more for parameters of these shapes."""
    found = {name: [both_signs(*shape) for shape in SHAPES[shapes]] for name in ("value", "grad", *signed)}
    return found | {name: [uniform(*shape, low=low, high=low + 2.0) for shape in SHAPES[shapes]] for name, low in positive.items()}


def gradients(shapes, low, high):
    return [both_signs(*shape, low=low, high=high) for shape in SHAPES[shapes]]


RATE, DECAY, MOMENTUM = uniform(low=0.1, high=0.4), uniform(low=0.3, high=0.6), uniform(low=0.4, high=0.8)
SGD = {"lr": RATE, "momentum": MOMENTUM, "weight_decay": DECAY, "nesterov": False}
ADAM = {"lr": RATE, "betas": (0.7, 0.9), "eps": 0.05}
ADAMW = {**ADAM, "weight_decay": DECAY}
CLIP = {"rtol": 1e-5, "max_norm": uniform(low=0.4, high=0.6)}
WAVE = {"lr_max": uniform(low=0.5, high=0.9), "lr_min": uniform(low=0.05, high=0.2)}
NORMAL = {"low": 0.02, "high": 0.98}
TRAIN = {"p": 0.3, "training": True}

CASES = (
    case("sgd_step", "momentum, decay and nesterov at once, three parameters", **{**SGD, "nesterov": True}, **params("three", "velocity"), again="grad"),
    case("sgd_step", "momentum and decay, two steps", **SGD, **params("two"), again="grad"),
    case("sgd_step", "momentum and decay, a velocity from before", **SGD, **params("three", "velocity")),
    case("sgd_step", "nesterov and decay, two steps", **{**SGD, "nesterov": True}, **params("two"), again="grad"),
    case("sgd_step", "momentum and decay, three parameters, two steps", **SGD, **params("three", "velocity"), again="grad"),
    case("sgd_step", "all of it, one parameter, two steps", **{**SGD, "nesterov": True}, **params("one", "velocity"), again="grad"),
    case("adam_step", "the first two steps, two parameters", **ADAM, **params("two"), again="grad"),
    case("adam_step", "the fifth step, three parameters", **ADAM, **params("three", "m", v=0.5), t=4),
    case("adam_step", "the third and the fourth step, two parameters", **ADAM, **params("two", "m", v=0.5), t=2, again="grad"),
    case("adam_step", "small gradients and other betas", lr=RATE, betas=(0.4, 0.6), eps=0.01, **{**params("two"), "grad": gradients("two", 0.01, 0.05)}, again="grad"),
    case("adam_step", "three parameters, the first two steps", **ADAM, **params("three"), again="grad"),
    case("adamw_step", "the first two steps, two parameters", **ADAMW, **params("two"), again="grad"),
    case("adamw_step", "the fifth step, three parameters", **ADAMW, **params("three", "m", v=0.5), t=4),
    case("adamw_step", "the third and the fourth step, two parameters", **ADAMW, **params("two", "m", v=0.5), t=2, again="grad"),
    case("adamw_step", "other betas", lr=RATE, betas=(0.4, 0.6), eps=0.02, weight_decay=DECAY, **params("three"), again="grad"),
    case("clip_grad_norm", "three parameters, then short gradients", **CLIP, **params("three"), again={"grad": gradients("three", 0.03, 0.05)}),
    case("clip_grad_norm", "two parameters, each of them short enough alone, then shorter ones", rtol=1e-5, max_norm=1.3, value=[both_signs(2), both_signs(2)], grad=[both_signs(2, low=0.7, high=0.8), both_signs(2, low=0.7, high=0.8)],
         again={"grad": [both_signs(2, low=0.3, high=0.4), both_signs(2, low=0.3, high=0.4)]}),
    case("clip_grad_norm", "every entry small, many of them", rtol=1e-5, max_norm=0.8, value=[both_signs(5, 4), both_signs(3, 2, 4)], grad=[both_signs(5, 4, low=0.3, high=0.4), both_signs(3, 2, 4, low=0.5, high=0.6)]),
    case("clip_grad_norm", "short gradients, then long ones", rtol=1e-5, max_norm=0.7, value=[both_signs(3, 2), both_signs(2)], grad=gradients("two", 0.05, 0.1), again={"grad": gradients("two", 0.8, 1.6)}),
    case("clip_grad_norm", "gradients that are all zero, then long ones", rtol=1e-5, max_norm=0.7, value=[both_signs(3, 2)], grad=[uniform(3, 2, low=0.0, high=0.0)], again={"grad": [both_signs(3, 2)]}),
    case("cosine_lr", "a whole schedule", probe="schedule", **WAVE, warmup_steps=5, total_steps=23),
    case("cosine_lr", "a long warm-up", probe="schedule", **WAVE, warmup_steps=9, total_steps=16),
    case("cosine_lr", "a short warm-up", probe="schedule", **WAVE, warmup_steps=3, total_steps=31),
    case("cosine_lr", "no warm-up", probe="schedule", **WAVE, warmup_steps=0, total_steps=13),
    case("cosine_lr", "nothing but warm-up", probe="schedule", **WAVE, warmup_steps=8, total_steps=8),
    case("kaiming_uniform", "more inputs than outputs", u=uniform(7, 3, **NORMAL)),
    case("kaiming_uniform", "more outputs than inputs", u=uniform(2, 5, **NORMAL)),
    case("kaiming_uniform", "as many inputs as outputs", u=uniform(4, 4, **NORMAL)),
    case("xavier_uniform", "more inputs than outputs", u=uniform(7, 3, **NORMAL)),
    case("xavier_uniform", "more outputs than inputs", u=uniform(2, 5, **NORMAL)),
    case("xavier_uniform", "as many inputs as outputs", u=uniform(4, 4, **NORMAL)),
    case("dropout_forward", "after eval, then in training", p=0.3, training=False, x=both_signs(6, 5), u=uniform(6, 5, **NORMAL), again={"training": True, "x": both_signs(6, 5), "u": uniform(6, 5, **NORMAL)}),
    case("dropout_forward", "in training, most are off, then after eval", p=0.8, training=True, x=both_signs(7, 6), u=uniform(7, 6, **NORMAL), again={"training": False, "x": both_signs(4, 6), "u": uniform(4, 6, **NORMAL)}),
    case("dropout_forward", "three axes, after eval, then in training", p=0.4, training=False, x=both_signs(4, 3, 5), u=uniform(4, 3, 5, **NORMAL), again={"training": True, "x": both_signs(5, 3, 4), "u": uniform(5, 3, 4, **NORMAL)}),
    case("dropout_forward", "after eval, no random numbers given, then in training", p=0.7, training=False, x=both_signs(3, 5), again={"training": True, "x": both_signs(5, 6), "u": uniform(5, 6, **NORMAL)}),
    case("dropout_forward", "in training, some numbers just p, then others", **TRAIN, x=both_signs(6, 5), u=lambda rng: rng.permutation([0.3] * 8 + [0.1] * 7 + [0.85] * 15).reshape(6, 5), again={"x": both_signs(6, 5), "u": uniform(6, 5, **NORMAL)}),
    case("dropout_backward", "in training", **TRAIN, x=both_signs(6, 5), u=uniform(6, 5, **NORMAL), mask=uniform(6, 5, low=0.5, high=2.0), grad=both_signs(6, 5)),
    case("dropout_backward", "most are off", p=0.7, training=True, x=both_signs(6, 5), u=uniform(6, 5, **NORMAL), mask=lambda rng: rng.permutation([0.0] * 20 + [1 / 0.3] * 10).reshape(6, 5), grad=both_signs(6, 5)),
    case("dropout_backward", "after eval, then in training", p=0.6, training=False, x=both_signs(4, 3), u=uniform(4, 3, **NORMAL), mask=uniform(4, 3, low=1.0, high=1.0), grad=both_signs(4, 3), again={"training": True, "mask": uniform(4, 3, low=0.5, high=2.0), "grad": both_signs(4, 3)}),
)
