"""How is each question of rnn asked of any implementation?

`RNN` is asked with cells that answer with given arrays and keep what they were given;
no formula of a cell stands here. The backward of a cell is handed the states and gates
of its step, so it needs no forward.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.student.asking import listed
from autograder.student.declared import ask
from autograder.student.questions import (
    SAME,
    Array,
    Library,
    Rule,
    Value,
    probe,
    quietly,
)

PARAMETERS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
GRADIENTS = tuple(f"grad_{name}" for name in PARAMETERS)
KEPT = tuple(f"self.{name}" for name in PARAMETERS)
SEEN = tuple(f"self.{name}" for name in GRADIENTS)
STATES = {"h_prev": "N H", "h_t": "N H", "h_prev_t": "N H", "grad": "N H", "output": "N H"}
PLAIN = {**STATES, "x_t": "N I", "h_prev_l": "N I", "weight_ih": "H I", "weight_hh": "H H"}
GATED = {**STATES, "x": "N I", "c_prev": "N H", "c_t": "N H", "grad_h": "N H", "grad_c": "N H", "weight_hh": "rows H"}
# What a cell got that was never called: an array, so that it can be compared.
NOTHING = np.zeros(0)

rnn_cell_forward = ask(
    "recurrent.RNNCell.forward", args=("x_t", "h_prev"), make=("I", "H"), state=PARAMETERS,
    same=("x_t", "h_prev", *KEPT), axes=PLAIN,
)


@probe(axes=PLAIN)
def rnn_cell_backward(lib: Library, **given: Value) -> Iterator[Any]:
    """With `grad 1` there are two calls, whose gradients add up."""
    cell = make(lib.recurrent.RNNCell, given)
    for step in steps(given, ("grad", "h_t", "h_prev_l", "h_prev_t")):
        words, rule = called(given, step)
        args = [given[f"{name}{step}"].copy() for name in ("grad", "h_t", "h_prev_l", "h_prev_t")]
        grads = cell.backward(*args)
        yield f"gradient of h_prev_l{words}", item(grads, 0), rule
        yield f"gradient of h_prev_t{words}", item(grads, 1), rule
        for name, arg in zip(("grad", "h_t", "h_prev_l", "h_prev_t"), args, strict=True):
            yield f"{name}{words}", arg, SAME
        yield from looked_at(cell, words, rule)


@probe(axes=GATED)
def gru_cell_forward(lib: Library, **given: Value) -> Iterator[Any]:
    cell = make(lib.gates.GRUCell, given)
    x, h_prev = given["x"].copy(), given["h_prev"].copy()
    yield "output", cell.forward(x, h_prev)
    for place, name in enumerate("rznq"):
        yield f"{name} in self.gates", item(cell.gates, place)
    yield "x", x, SAME
    yield "h_prev", h_prev, SAME


@probe(axes=GATED)
def gru_cell_backward(lib: Library, **given: Value) -> Iterator[Any]:
    """With `grad 1` there are two calls, whose gradients add up."""
    cell = make(lib.gates.GRUCell, given)
    # Another step ran last: what is kept in self.gates belongs to that one.
    quietly(cell, "forward", given["x"][::-1] + 1.0, given["h_prev"][::-1] * 0.5)
    cell.zero_grad()
    start(cell, given)
    for step in steps(given, ("grad", "x", "h_prev", "gates")):
        words, rule = called(given, step)
        args = [given[f"{name}{step}"].copy() for name in ("grad", "x", "h_prev")]
        gates = tuple(gate.copy() for gate in listed(given, f"gates{step}"))
        grads = cell.backward(*args, gates)
        yield f"gradient of x{words}", item(grads, 0), rule
        yield f"gradient of h_prev{words}", item(grads, 1), rule
        for name, arg in zip(("grad", "x", "h_prev"), args, strict=True):
            yield f"{name}{words}", arg, SAME
        for name, gate in zip("rznq", gates, strict=True):
            yield f"{name} of gates{words}", gate, SAME
        yield from looked_at(cell, words, rule)


@probe(axes=GATED)
def lstm_cell_forward(lib: Library, **given: Value) -> Iterator[Any]:
    cell = make(lib.gates.LSTMCell, given)
    args = [given[name].copy() for name in ("x", "h_prev", "c_prev")]
    states = cell.forward(*args)
    yield "c_t", item(states, 1)
    yield "h_t", item(states, 0)
    for place, name in enumerate("ifgo"):
        yield f"{name} in self.gates", item(cell.gates, place)
    for name, arg in zip(("x", "h_prev", "c_prev"), args, strict=True):
        yield name, arg, SAME


@probe(axes=GATED)
def lstm_cell_backward(lib: Library, **given: Value) -> Iterator[Any]:
    """With `grad_h 1` there are two calls, whose gradients add up."""
    cell = make(lib.gates.LSTMCell, given)
    other = given["x"][::-1] + 1.0
    quietly(cell, "forward", other, given["h_prev"][::-1] * 0.5, given["c_prev"][::-1] * 0.5)
    cell.zero_grad()
    start(cell, given)
    names = ("grad_h", "grad_c", "x", "h_prev", "c_prev", "c_t")
    for step in steps(given, names):
        words, rule = called(given, step)
        args = [given[f"{name}{step}"].copy() for name in names]
        gates = tuple(gate.copy() for gate in listed(given, f"gates{step}"))
        grads = cell.backward(*args, gates)
        for place, name in enumerate(("x", "h_prev", "c_prev")):
            yield f"gradient of {name}{words}", item(grads, place), rule
        for name, arg in zip(names, args, strict=True):
            yield f"{name}{words}", arg, SAME
        for name, gate in zip("ifgo", gates, strict=True):
            yield f"{name} of gates{words}", gate, SAME
        yield from looked_at(cell, words, rule)


class GivenCell:
    """A cell that answers with given arrays, one for each call, and keeps what came."""

    def __init__(self, states: Array, below: Array, before: Array) -> None:
        self.states, self.below, self.before = states, below, before
        self.hidden_size = states.shape[-1]
        self.forwards: list[tuple[Any, ...]] = []
        self.backwards: list[tuple[Any, ...]] = []

    def forward(self, x_t: Array, h_prev: Array) -> Array:
        call = min(len(self.forwards), len(self.states) - 1)
        self.forwards.append(copies(x_t, h_prev))
        return self.states[call].copy()

    def backward(
        self, grad: Array, h_t: Array, h_prev_l: Array, h_prev_t: Array
    ) -> tuple[Array, Array]:
        call = min(len(self.backwards), len(self.below) - 1)
        self.backwards.append(copies(grad, h_t, h_prev_l, h_prev_t))
        return self.below[call].copy(), self.before[call].copy()


@probe
def rnn_forward(lib: Library, x: Array, states: Array, h_0: Array | None = None, first: Array | None = None) -> Iterator[Any]:
    """With `first` it is a second call that counts."""
    model, cells = make_rnn(lib, x, states, ())
    if first is not None:
        model.forward(first.copy(), None if h_0 is None else h_0.copy())
        for cell in cells:
            cell.forwards.clear()
    rule = Rule(call=1 if first is None else 2)
    found = model.forward(x) if h_0 is None else model.forward(x, h_0)
    for t in range(x.shape[1]):
        for layer, cell in enumerate(cells):
            yield f"input of cells[{layer}] at step {t}", got(cell.forwards, t, 0), rule
            yield f"memory of cells[{layer}] at step {t}", got(cell.forwards, t, 1), rule
    yield "output", item(found, 0), rule
    yield "h_n", item(found, 1), rule
    yield "self.hiddens", model.hiddens, rule
    yield "x", x, SAME
    yield "calls of each cell", np.array([len(cell.forwards) for cell in cells]), rule


@probe
def rnn_backward(lib: Library, x: Array, hiddens: Array, grad: Array, **given: Value) -> Iterator[Any]:
    """`below` and `before` are what the cells return, from the last step to the first."""
    model, cells = make_rnn(lib, x, hiddens[1:].swapaxes(0, 1), listed(given, "below"), given["before"])
    quietly(model, "forward", x, hiddens[0])
    model.x, model.hiddens = x.copy(), hiddens.copy()
    found = model.backward(grad)
    steps_back = len(hiddens) - 1
    for call in range(steps_back):
        for layer, cell in reversed(list(enumerate(cells))):
            for place, name in enumerate(("grad", "h_t", "h_prev_l", "h_prev_t")):
                where = f"{name} of cells[{layer}] at step {steps_back - 1 - call}"
                yield where, got(cell.backwards, call, place)
    yield "gradient of x", item(found, 0)
    yield "gradient of h_0", item(found, 1)
    yield "grad", grad, SAME
    yield "calls of each cell", np.array([len(cell.backwards) for cell in cells])


@probe
def clip_grad_norm(lib: Library, max_norm: Any, **given: Array) -> Iterator[Any]:
    grads = [grad.copy() for grad in listed(given, "grads")]
    yield "norm", lib.recurrent.clip_grad_norm_(grads, float(max_norm))
    for place, grad in enumerate(grads):
        yield f"grads[{place}]", grad


def make(kind: Any, given: dict[str, Value]) -> Any:
    """Return a cell that holds the given parameters and stored gradients."""
    hidden, inputs = given["weight_hh"].shape[1], given["weight_ih"].shape[1]
    cell = kind(inputs, hidden)
    for name in PARAMETERS:
        setattr(cell, name, given[name].copy())
    cell.zero_grad()
    start(cell, given)
    return cell


def start(cell: Any, given: dict[str, Value]) -> None:
    """Let the stored gradients start from those of the steps after, if given."""
    for name in GRADIENTS:
        if name in given:
            setattr(cell, name, given[name].copy())


def steps(given: dict[str, Value], names: Sequence[str]) -> list[str]:
    """Return the endings of the names of inputs: one call, or two."""
    return ["", " later"] if f"{names[0]} later" in given else [""]


def called(given: dict[str, Value], step: str) -> tuple[str, Rule]:
    return (" (second call)", Rule(call=2)) if step else ("", Rule())


def looked_at(cell: Any, words: str, rule: Rule) -> Iterator[Any]:
    for name in GRADIENTS:
        yield f"self.{name}{words}", getattr(cell, name), rule
    for name in PARAMETERS:
        yield f"self.{name}{words}", getattr(cell, name), SAME


def make_rnn(lib: Library, x: Array, states: Array, below: Sequence[Array], before: Array | None = None) -> tuple[Any, list[GivenCell]]:
    """Return an RNN whose cells answer with `states` (layers, T, N, H)."""
    model = lib.recurrent.RNN(x.shape[2], states.shape[-1], len(states))
    backs = before if before is not None else states
    cells = [
        GivenCell(states[i], below[i] if below else states[i], backs[i])
        for i in range(len(states))
    ]
    model.cells = list(cells)
    return model, cells


def copies(*arrays: Any) -> tuple[Any, ...]:
    return tuple(a.copy() if isinstance(a, np.ndarray) else a for a in arrays)


def got(calls: Sequence[tuple[Any, ...]], call: int, place: int) -> Any:
    return calls[call][place] if call < len(calls) else NOTHING


def item(values: Any, place: int) -> Any:
    """Return one of several returned values, nothing if there are not so many."""
    return values[place] if isinstance(values, tuple | list) and place < len(values) else None
