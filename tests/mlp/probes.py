"""How each question of mlp is asked of any implementation.

What a question builds on is a stand-in that holds given arrays only: `Shift` and
`Scale` do not commute, so the order of layers shows; `Replay` and `CannedLoss` hand
out given arrays. No formula of any question stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.student.questions import Array, Library, Outputs, quietly

# What a layer got that was never called: an array, so that it can be compared.
NOTHING = np.zeros(0)


class StandIn:
    """A layer that remembers the arrays it was given."""

    def __init__(self) -> None:
        self.seen: list[Any] = []

    def forward(self, x: Array) -> Array:
        self.seen.append(x.copy() if isinstance(x, np.ndarray) else x)
        return self.answer(x)

    backward = forward

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


def make_linear(lib: Library, weight: Array, bias: Array) -> Any:
    """Return a `Linear` that holds copies of the given weights."""
    layer = lib.nn.Linear(*weight.shape)
    set_weights(layer, weight, bias)
    return layer


def set_weights(layer: Any, weight: Array, bias: Array) -> None:
    layer.weight, layer.bias = weight.copy(), bias.copy()


def make_stand_ins(kinds: Array) -> list[StandIn]:
    """Return a layer per row of `kinds` (L, 2): 0 to shift, 1 to scale; by how much."""
    return [(Scale if kind else Shift)(by) for kind, by in kinds.tolist()]


def places(layers: Sequence[StandIn], model: Any) -> Array:
    """Return where each of a model's layers stood when it was made, -1 if nowhere."""
    found = [[known is layer for known in layers] for layer in model.layers]
    return np.array([row.index(True) if True in row else -1 for row in found])


def linear_forward(lib: Library, weight: Array, bias: Array, x: Array) -> Outputs:
    layer = make_linear(lib, weight, bias)
    yield "output", layer.forward(x)
    yield "layer.x", layer.x
    yield "x afterwards", x
    yield "weight afterwards", layer.weight
    yield "bias afterwards", layer.bias


def linear_forward_twice(
    lib: Library, weight: Array, bias: Array, first: Array, x: Array
) -> Outputs:
    layer = make_linear(lib, weight, bias)
    layer.forward(first)
    yield "output of the second call", layer.forward(x)
    yield "layer.x", layer.x


def relu_forward(lib: Library, x: Array) -> Outputs:
    layer = lib.nn.ReLU()
    yield "output", layer.forward(x)
    yield "layer.x", layer.x
    yield "x afterwards", x


def relu_forward_twice(lib: Library, first: Array, x: Array) -> Outputs:
    layer = lib.nn.ReLU()
    layer.forward(first)
    yield "output of the second call", layer.forward(x)
    yield "layer.x", layer.x


def sequential_forward(lib: Library, layers: Array, x: Array) -> Outputs:
    model = lib.nn.Sequential(*make_stand_ins(layers))
    yield "output", model.forward(x)
    yield "x afterwards", x


def sequential_forward_twice(
    lib: Library, layers: Array, first: Array, x: Array
) -> Outputs:
    stand_ins = make_stand_ins(layers)
    model = lib.nn.Sequential(*stand_ins)
    model.forward(first)
    yield "output of the second call", model.forward(x)
    yield "layers afterwards", places(stand_ins, model)


def sequential_forward_replay(
    lib: Library, x: Array, output_0: Array, output_1: Array, output_2: Array
) -> Outputs:
    layers = [Replay(output) for output in (output_0, output_1, output_2)]
    model = lib.nn.Sequential(*layers)
    yield "output", model.forward(x)
    for i, layer in enumerate(layers):
        yield f"input of layers[{i}]", layer.seen[0] if layer.seen else NOTHING


def xeloss_forward(lib: Library, logits: Array, labels: Array) -> Outputs:
    loss = lib.nn.CrossEntropyLoss()
    yield "loss", loss.forward(logits, labels)
    yield "loss.input", loss.input
    yield "loss.target", loss.target
    yield "logits afterwards", logits


def xeloss_forward_list(lib: Library, logits: Array, labels: Array) -> Outputs:
    loss = lib.nn.CrossEntropyLoss()
    yield "loss", loss.forward(logits, labels.tolist())
    yield "loss.target", loss.target


def xeloss_forward_twice(
    lib: Library, first: Array, first_labels: Array, logits: Array, labels: Array
) -> Outputs:
    loss = lib.nn.CrossEntropyLoss()
    loss.forward(first, first_labels)
    yield "loss of the second call", loss.forward(logits, labels)
    yield "loss.input", loss.input


def xeloss_backward(lib: Library, logits: Array, labels: Array) -> Outputs:
    loss = lib.nn.CrossEntropyLoss()
    quietly(loss, "forward", logits, labels)
    loss.input, loss.target = logits, np.eye(logits.shape[1])[labels]
    yield "gradient", loss.backward()
    yield "loss.input afterwards", logits


def xeloss_backward_twice(
    lib: Library, first: Array, first_labels: Array, logits: Array, labels: Array
) -> Outputs:
    loss = lib.nn.CrossEntropyLoss()
    for inputs, targets in ((first, first_labels), (logits, labels)):
        quietly(loss, "forward", inputs, targets)
        loss.input, loss.target = inputs, np.eye(inputs.shape[1])[targets]
        gradient = loss.backward()
    yield "gradient of the second call", gradient


def linear_backward(
    lib: Library, weight: Array, bias: Array, x: Array, grad: Array
) -> Outputs:
    layer = make_linear(lib, weight, bias)
    quietly(layer, "forward", x)
    set_weights(layer, weight, bias)
    layer.x = x
    yield "grad_x", layer.backward(grad)
    yield "grad_weight", layer.grad_weight
    yield "grad_bias", layer.grad_bias
    yield "weight afterwards", layer.weight
    yield "bias afterwards", layer.bias
    yield "grad afterwards", grad
    yield "x afterwards", x


def linear_backward_twice(
    lib: Library,
    weight: Array,
    bias: Array,
    first: Array,
    first_grad: Array,
    x: Array,
    grad: Array,
) -> Outputs:
    layer = make_linear(lib, weight, bias)
    for inputs, gradient in ((first, first_grad), (x, grad)):
        quietly(layer, "forward", inputs)
        set_weights(layer, weight, bias)
        layer.x = inputs
        grad_x = layer.backward(gradient)
    yield "grad_x of the second call", grad_x
    yield "grad_weight of the second call", layer.grad_weight
    yield "grad_bias of the second call", layer.grad_bias


def relu_backward(lib: Library, x: Array, grad: Array) -> Outputs:
    layer = lib.nn.ReLU()
    quietly(layer, "forward", x)
    layer.x = x
    yield "grad_x", layer.backward(grad)
    yield "grad afterwards", grad
    yield "x afterwards", x


def relu_backward_twice(lib: Library, first: Array, x: Array, grad: Array) -> Outputs:
    layer = lib.nn.ReLU()
    for inputs in (first, x):
        quietly(layer, "forward", inputs)
        layer.x = inputs
        grad_x = layer.backward(grad)
    yield "grad_x of the second call", grad_x


def sequential_backward(lib: Library, layers: Array, grad: Array) -> Outputs:
    stand_ins = make_stand_ins(layers)
    yield from _backward_through(lib.nn.Sequential(*stand_ins), stand_ins, grad)


def sequential_backward_twice(
    lib: Library, layers: Array, first: Array, grad: Array
) -> Outputs:
    stand_ins = make_stand_ins(layers)
    model = lib.nn.Sequential(*stand_ins)
    model.backward(CannedLoss(first))
    for layer in stand_ins:
        layer.seen.clear()
    yield from _backward_through(model, stand_ins, grad)


def sequential_backward_replay(
    lib: Library, grad: Array, grad_2: Array, grad_1: Array, grad_0: Array
) -> Outputs:
    layers = [Replay(array) for array in (grad_0, grad_1, grad_2)]
    yield from _backward_through(lib.nn.Sequential(*layers), layers, grad)


def _backward_through(model: Any, layers: Sequence[StandIn], grad: Array) -> Outputs:
    model.backward(CannedLoss(grad))
    for i, layer in reversed(list(enumerate(layers))):
        yield f"gradient that layers[{i}] got", layer.seen[0] if layer.seen else NOTHING
    calls = [len(layer.seen) for layer in layers]
    yield "how often each backward was called", np.array(calls)
    yield "layers afterwards", places(layers, model)


def sgd(
    lib: Library,
    lr: Array,
    weight: Array,
    bias: Array,
    grad_weight: Array,
    grad_bias: Array,
) -> Outputs:
    layer = make_linear(lib, weight, bias)
    layer.grad_weight, layer.grad_bias = grad_weight, grad_bias
    lib.optim.SGD(Model(layer, lib.nn.ReLU()), lr.item()).step()
    yield "layers[0].weight", layer.weight
    yield "layers[0].bias", layer.bias


def sgd_four_layers(lib: Library, lr: Array, **given: Array) -> Outputs:
    """All but layers[1] are Linear; `given` has their arrays by place."""
    linear = {place: _with_gradients(lib, place, given) for place in (0, 2, 3, 4)}
    model = Model(linear[0], lib.nn.ReLU(), linear[2], linear[3], linear[4])
    optimizer = lib.optim.SGD(model, lr.item())
    for step in ("first", "second"):
        optimizer.step()
        for place, layer in linear.items():
            yield f"layers[{place}].weight after the {step} step", layer.weight
            yield f"layers[{place}].bias after the {step} step", layer.bias


def _with_gradients(lib: Library, place: int, given: dict[str, Array]) -> Any:
    grad_bias = given[f"grad_bias_{place}"]
    layer = make_linear(lib, given[f"weight_{place}"], grad_bias + 1.0 - place)
    layer.grad_weight, layer.grad_bias = given[f"grad_weight_{place}"], grad_bias
    return layer
