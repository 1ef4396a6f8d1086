"""How is each question of mlp asked of any implementation?

What a question builds on is a stand-in that holds given arrays only: `Shift` and
`Scale` do not commute, so the order of layers shows; `Replay` and `CannedLoss` hand
out given arrays. No formula of any question stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.student.declared import ask
from autograder.student.questions import SAME, Array, Library, Rule, probe

# What a layer got that was never called: an array, so that it can be compared.
NOTHING = np.zeros(0)
FLAT = Rule(flat=(0,))

LINEAR = {"x": "N I", "weight": "I O", "grad": "N O", "output": "N O"}
LOSS = {"logits": "N C", "output": "N C"}


def one_hot(inputs: Mapping[str, Any]) -> Array:
    """Return what `forward` leaves in `target`."""
    return np.asarray(np.eye(inputs["logits"].shape[1])[inputs["labels"]])


linear_forward = ask(
    "nn.Linear.forward", args="x", make=("I", "O"), state=("weight", "bias"), axes=LINEAR,
    see="self.x", same=("x", "self.weight", "self.bias"), flat={"self.bias": 0},
)
relu_forward = ask("nn.ReLU.forward", args="x", see="self.x", same="x", axes={"x": "N I"})
xeloss_forward = ask(
    "nn.CrossEntropyLoss.forward", args=("logits", "labels"), output="loss", axes=LOSS,
    see=("self.input", "self.target"), same="logits",
)
xeloss_backward = ask(
    "nn.CrossEntropyLoss.backward", rehearse=("forward", "logits", "labels"), axes=LOSS,
    state={"input": "logits", "target": one_hot}, output="gradient", same="self.input",
)
linear_backward = ask(
    "nn.Linear.backward", args="grad", make=("I", "O"), state=("weight", "bias", "x"), rehearse=("forward", "x"),
    output="grad_x", see=("self.grad_weight", "self.grad_bias"), same=("self.weight", "self.bias", "grad", "x"),
    flat={"self.grad_bias": 0, "self.bias": 0}, axes=LINEAR,
)
relu_backward = ask(
    "nn.ReLU.backward", args="grad", state="x", rehearse=("forward", "x"),
    output="grad_x", same=("grad", "x"), axes={"grad": "N I"},
)


class StandIn:
    """A layer that remembers the arrays it was given."""

    def __init__(self) -> None:
        self.seen: list[Any] = []

    def forward(self, x: Array) -> Array:
        self.seen.append(x.copy() if isinstance(x, np.ndarray) else x)
        return self.answer(x)

    def backward(self, grad: Array) -> Array:
        return self.forward(grad)

    def answer(self, x: Array) -> Array:
        raise NotImplementedError


class Shift(StandIn):
    """Adds a given number, on the way forward and on the way back."""

    def __init__(self, by: float) -> None:
        super().__init__()
        self.by = by

    def answer(self, x: Array) -> Array:
        return x + self.by


class Scale(Shift):
    """Multiplies by a given number, on the way forward and on the way back."""

    def answer(self, x: Array) -> Array:
        return x * self.by


class Replay(StandIn):
    """Answers with a given array, whatever comes in."""

    def __init__(self, array: Array) -> None:
        super().__init__()
        self.array = array

    def answer(self, x: Array) -> Array:
        return self.array.copy()


class CannedLoss:
    """A loss whose gradient is given."""

    def __init__(self, grad: Array) -> None:
        self.grad = grad

    def backward(self) -> Array:
        return self.grad.copy()


class Model:
    """A bag of layers, all that an optimizer asks of a model."""

    def __init__(self, *layers: object) -> None:
        self.layers = layers


def make_stand_ins(kinds: Array) -> list[StandIn]:
    """Return a layer per row of `kinds` (L, 2): 0 to shift, 1 to scale; by how much."""
    return [(Scale if kind else Shift)(by) for kind, by in kinds.tolist()]


def places(layers: Sequence[StandIn], model: Any) -> Array:
    """Return where each of a model's layers stood when it was made, -1 if nowhere."""
    found = [[known is layer for known in layers] for layer in model.layers]
    return np.array([row.index(True) if True in row else -1 for row in found])


@probe
def sequential_forward(lib: Library, layers: Array, x: Array, first: Array | None = None) -> Any:
    """With `first` it is a second call that counts."""
    stand_ins = make_stand_ins(layers)
    model = lib.nn.Sequential(*stand_ins)
    if first is not None:
        model.forward(first)
        for layer in stand_ins:
            layer.seen.clear()
    words, rule = ("", Rule()) if first is None else (" of the second call", Rule(call=2))
    yield f"output{words}", model.forward(x), rule
    yield "which layers were called", np.array([bool(layer.seen) for layer in stand_ins]), rule
    yield "x", x, SAME
    yield "layers of the network", places(stand_ins, model), SAME


@probe
def sequential_forward_replay(
    lib: Library, x: Array, output_0: Array, output_1: Array, output_2: Array
) -> Any:
    layers = [Replay(output) for output in (output_0, output_1, output_2)]
    yield "output", lib.nn.Sequential(*layers).forward(x)
    for i, layer in enumerate(layers):
        yield f"input of layers[{i}]", layer.seen[0] if layer.seen else NOTHING


@probe
def xeloss_forward_list(lib: Library, logits: Array, labels: Array) -> Any:
    loss = lib.nn.CrossEntropyLoss()
    yield "loss", loss.forward(logits, labels.tolist())
    yield "self.target", loss.target


@probe
def sequential_backward(lib: Library, layers: Array, grad: Array, first: Array | None = None) -> Any:
    """With `first` it is a second call that counts."""
    stand_ins = make_stand_ins(layers)
    model = lib.nn.Sequential(*stand_ins)
    if first is not None:
        model.backward(CannedLoss(first))
        for layer in stand_ins:
            layer.seen.clear()
    yield from backward_through(model, stand_ins, grad, 1 if first is None else 2)


@probe
def sequential_backward_replay(
    lib: Library, grad: Array, grad_2: Array, grad_1: Array, grad_0: Array
) -> Any:
    layers = [Replay(array) for array in (grad_0, grad_1, grad_2)]
    yield from backward_through(lib.nn.Sequential(*layers), layers, grad, 1)


def backward_through(model: Any, layers: Sequence[StandIn], grad: Array, call: int) -> Any:
    rule = Rule(call=call)
    model.backward(CannedLoss(grad))
    for i, layer in reversed(list(enumerate(layers))):
        yield f"gradient that layers[{i}] got", layer.seen[0] if layer.seen else NOTHING, rule
    calls = [len(layer.seen) for layer in layers]
    yield "how often each backward was called", np.array(calls), rule
    yield "layers of the network", places(layers, model), SAME


@probe
def sgd(lib: Library, lr: Any, steps: Any = 1, **given: Array) -> Any:
    """`given` has the arrays of each Linear by place; a ReLU stands in between."""
    linear = {}
    for place in sorted(int(name.split("_")[1]) for name in given if name.startswith("weight_")):
        weight, bias = given[f"weight_{place}"], given[f"bias_{place}"]
        layer = linear[place] = lib.nn.Linear(*weight.shape)
        layer.weight, layer.bias = weight.copy(), bias.copy()
    layers = [linear[i] if i in linear else lib.nn.ReLU() for i in range(max(1, *linear) + 1)]
    optimizer = lib.optim.SGD(Model(*layers), float(lr))
    for step in range(1, int(steps) + 1):
        for place, layer in linear.items():  # a step may clear the gradients at its end
            layer.grad_weight = given[f"grad_weight_{place}"].copy()
            layer.grad_bias = given[f"grad_bias_{place}"].copy()
        optimizer.step()
        words = "" if int(steps) == 1 else f" after step {step}"
        for place, layer in linear.items():
            yield f"layers[{place}].weight{words}", layer.weight, Rule(call=step)
            yield f"layers[{place}].bias{words}", layer.bias, Rule(flat=(0,), call=step)
