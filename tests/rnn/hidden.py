"""Which cases decide the points? Nothing of this file ever ships.

A backward is given what a step has computed. These states and gates are of one piece
with weights and inputs, so that a program which computes them again is right as well:
`together` draws all of them at once.
"""

import numpy as np

from autograder.judging.random_arrays import normal, uniform
from autograder.student.declared import case

PARAMETERS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def together(names, draw):
    """Return a draw for each name; the first one draws the whole dict."""
    drawn = {}

    def pick(name):
        def one(rng):
            if name == names[0]:
                drawn.update(draw(rng))
            return drawn[name]

        return one

    return {name: pick(name) for name in names}


def parameters(rng, gates, i, h):
    shapes = ((gates * h, i), (gates * h, h), (gates * h,), (gates * h,))
    return {name: rng.normal(0, 0.6, shape) for name, shape in zip(PARAMETERS, shapes, strict=True)}


def stored(gates, i, h):
    """Return draws of the gradients that are there already."""
    shapes = ((gates * h, i), (gates * h, h), (gates * h,), (gates * h,))
    return {f"grad_{name}": normal(*shape) for name, shape in zip(PARAMETERS, shapes, strict=True)}


def sums(p, x, h_prev):
    return x @ p["weight_ih"].T + p["bias_ih"], h_prev @ p["weight_hh"].T + p["bias_hh"]


def squash(x):
    return 1 / (1 + np.exp(-x))


def plain_step(rng, p, n, i, h):
    x, h_prev = rng.normal(size=(n, i)), rng.normal(0, 0.7, (n, h))
    return {"grad": rng.normal(size=(n, h)), "h_prev_l": x, "h_prev_t": h_prev, "h_t": np.tanh(sum(sums(p, x, h_prev)))}


def gru_step(rng, p, n, i, h):
    x, h_prev = rng.normal(size=(n, i)), rng.normal(0, 0.7, (n, h))
    a, b = (np.split(s, 3, axis=1) for s in sums(p, x, h_prev))
    r, z = squash(a[0] + b[0]), squash(a[1] + b[1])
    gates = (r, z, np.tanh(a[2] + r * b[2]), b[2])
    return {"grad": rng.normal(size=(n, h)), "x": x, "h_prev": h_prev, **{f"gates {k}": gate for k, gate in enumerate(gates)}}


def lstm_step(rng, p, n, i, h):
    x, h_prev, c_prev = rng.normal(size=(n, i)), rng.normal(0, 0.7, (n, h)), rng.normal(size=(n, h))
    s = np.split(sum(sums(p, x, h_prev)), 4, axis=1)
    gates = (squash(s[0]), squash(s[1]), np.tanh(s[2]), squash(s[3]))
    c_t = gates[1] * c_prev + gates[0] * gates[2]
    return {"grad_h": rng.normal(size=(n, h)), "grad_c": rng.normal(size=(n, h)), "x": x, "h_prev": h_prev, "c_prev": c_prev, "c_t": c_t,
            **{f"gates {k}": gate for k, gate in enumerate(gates)}}


STEPS = {
    1: (plain_step, ("grad", "h_prev_l", "h_prev_t", "h_t")),
    3: (gru_step, ("grad", "x", "h_prev", *(f"gates {k}" for k in range(4)))),
    4: (lstm_step, ("grad_h", "grad_c", "x", "h_prev", "c_prev", "c_t", *(f"gates {k}" for k in range(4)))),
}


def renamed(name):
    """Return "gates later 0" for "gates 0", "x later" for "x"."""
    return name.replace("gates ", "gates later ") if name.startswith("gates") else f"{name} later"


def backward(gates, n, i, h, begun=True, calls=1):
    """Return the inputs of a backward; `begun`: gradients are stored already."""
    make, names = STEPS[gates]
    every = [*PARAMETERS, *names, *(map(renamed, names) if calls == 2 else ())]

    def draw(rng):
        p = parameters(rng, gates, i, h)
        found = {**p, **make(rng, p, n, i, h)}
        if calls == 2:
            found |= {renamed(k): v for k, v in make(rng, p, n, i, h).items()}
        return found

    return together(every, draw) | (stored(gates, i, h) if begun else {})


def forward(gates, n, i, h):
    """Return the inputs of a forward, apart from their names."""
    given = together(PARAMETERS, lambda rng: parameters(rng, gates, i, h))
    x = {"x_t" if gates == 1 else "x": normal(n, i), "h_prev": normal(n, h, scale=0.7)}
    return given | x | ({"c_prev": normal(n, h)} if gates == 4 else {})


def sequences(n, t, i, layers, h, start=True):
    given = {"x": normal(n, t, i), "states": uniform(layers, t, n, h, low=-0.9, high=0.9)}
    return given | ({"h_0": normal(layers, n, h)} if start else {})


def back_through(n, t, i, layers, h):
    below = [normal(t, n, i if layer == 0 else h) for layer in range(layers)]
    return {"x": normal(n, t, i), "hiddens": uniform(t + 1, layers, n, h, low=-0.9, high=0.9), "grad": normal(n, t, h),
            "below": below, "before": normal(layers, t, n, h)}


SIZES = {"a batch of one": (1, 4, 3), "one unit": (4, 2, 1), "as many examples as inputs and units": (3, 3, 3)}
CELLS = {"rnn_cell": 1, "gru_cell": 3, "lstm_cell": 4}

CASES = (
    *(case(f"{name}_forward", about, **forward(gates, *sizes)) for name, gates in CELLS.items() for about, sizes in SIZES.items()),
    *(case(f"{name}_backward", about, **backward(gates, *sizes)) for name, gates in CELLS.items() for about, sizes in SIZES.items()),
    *(case(f"{name}_backward", "two steps, whose gradients add up", **backward(gates, 4, 2, 3, begun=False, calls=2)) for name, gates in CELLS.items()),
    case("rnn_forward", "two layers", **sequences(3, 4, 2, 2, 5)),
    case("rnn_forward", "three layers, a second call on the same network", **sequences(2, 3, 4, 3, 4, start=False), first=normal(2, 3, 4)),
    case("rnn_forward", "one layer", **sequences(4, 3, 3, 1, 2)),
    case("rnn_forward", "no first states: they are zeros", **sequences(3, 3, 3, 2, 3, start=False)),
    case("rnn_backward", "two layers", **back_through(3, 4, 2, 2, 5)),
    case("rnn_backward", "three layers, a batch of one", **back_through(1, 3, 4, 3, 2)),
    case("rnn_backward", "one layer", **back_through(4, 3, 3, 1, 2)),
    case("clip_grad_norm", "too long", max_norm=0.7, grads=[normal(3, 2), normal(4), normal(2, 2)]),
    case("clip_grad_norm", "short enough", max_norm=50.0, grads=[normal(2, 3), normal(5)]),
    case("clip_grad_norm", "one array, short enough", max_norm=90.0, grads=[normal(4, 3, scale=3.0)]),
    case("clip_grad_norm", "arrays of very different length", max_norm=2.0, grads=[normal(2, 2, scale=10.0), normal(3, scale=0.1), normal(2, scale=4.0)]),
)
