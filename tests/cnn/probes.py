"""How is each question of cnn asked of any implementation?

Layers may call `get_conv1d_output_size`, which is a question of its own. While a layer
is asked, a stand-in takes its place: it looks sizes up in the rows of `places` and
contains no formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.student.declared import ask
from autograder.student.questions import Array, Inputs, Library, Probe, Value

SIZE = "get_conv1d_output_size"
SERIES = {"x": "N C L", "weight": "O C k", "grad": "N O places", "output": "N O places"}
PICTURE = {"x": "N C H W", "weight": "O C k k", "grad": "N O rows columns", "output": "N O rows columns"}
WINDOWS = {"x": "N C H W", "grad": "N C rows columns", "output": "N C rows columns"}
GRADIENTS = ("self.grad_weight", "self.grad_bias")
LAYER = ("x", "self.weight", "self.bias")


class Sized:
    """A probe of a layer, with right output sizes at hand.

    A row of `places` is (input size, kernel size, stride, output size).
    """

    def __init__(self, asked: Any) -> None:
        self.asked = asked
        self.inputs = {*asked.inputs, "places", "stride"}

    def __call__(self, lib: Library, places: Array, **inputs: Value) -> Iterator[Any]:
        known = {tuple(row[:3]): row[3] for row in places.astype(int).tolist()}
        own = {m: vars(m)[SIZE] for m in (lib.conv, lib.pool) if SIZE in vars(m)}

        def stand_in(input_size: int, kernel_size: int, stride: int) -> int:
            found = known.get((input_size, kernel_size, stride))
            first = next(iter(own.values()))
            return int(first(input_size, kernel_size, stride) if found is None else found)

        for module in own:
            setattr(module, SIZE, stand_in)
        try:
            yield from self.asked(lib, **inputs)
        finally:
            for module, function in own.items():
                setattr(module, SIZE, function)


class Whole:
    """A probe of sizes, which np.zeros and range take as an int and not as a float."""

    def __init__(self, asked: Any) -> None:
        self.asked, self.inputs = asked, asked.inputs

    def __call__(self, lib: Library, **inputs: Value) -> Iterator[Any]:
        for name, size, *rule in self.asked(lib, **inputs):
            yield name, size, *rule
            yield f"whether {name} is an int", isinstance(size, int | np.integer), *rule


def stride(inputs: Inputs) -> Value:
    """Return the stride of a pooling; without one, its default is asked for."""
    return inputs.get("stride")


def sized(asked: Probe) -> Probe:
    """Return the same probe, asked with right output sizes at hand."""
    return Probe(Sized(asked.run), asked.axes)


conv1d_output_size = Probe(Whole(ask(f"conv.{SIZE}", args=("input_size", "kernel_size", "stride"), output="size").run))
conv1d_forward = sized(ask(
    "conv.Conv1d.forward", args="x", make=("C", "O", "k", "stride"), state=("weight", "bias"),
    see="self.x", same=LAYER, axes=SERIES,
))
conv1d_backward = sized(ask(
    "conv.Conv1d.backward", args="grad", make=("C", "O", "k", "stride"), state=("weight", "bias", "x"),
    rehearse=("forward", "x"), output="grad_x", see=GRADIENTS, same=("grad", *LAYER), axes=SERIES,
))
conv2d_forward = sized(ask(
    "conv.Conv2d.forward", args="x", make=("C", "O", "k", "stride", "padding"), state=("weight", "bias"),
    see="self.x", same=LAYER, axes=PICTURE,
))
conv2d_backward = sized(ask(
    "conv.Conv2d.backward", args="grad", make=("C", "O", "k", "stride", "padding"), state=("weight", "bias", "x"),
    rehearse=("forward", "x"), output="grad_x", see=GRADIENTS, same=("grad", *LAYER), axes=PICTURE,
))
maxpool2d_forward, avgpool2d_forward = (
    sized(ask(f"pool.{name}.forward", args="x", make=("kernel_size", stride), see="self.x", same="x", axes=WINDOWS))
    for name in ("MaxPool2d", "AvgPool2d")
)
maxpool2d_backward, avgpool2d_backward = (
    sized(ask(
        f"pool.{name}.backward", args="grad", make=("kernel_size", stride), state="x",
        rehearse=("forward", "x"), output="grad_x", same=("grad", "x"), axes=WINDOWS,
    ))
    for name in ("MaxPool2d", "AvgPool2d")
)
flatten_forward = ask("pool.Flatten.forward", args="x", see="self.x", same="x")
flatten_backward = ask(
    "pool.Flatten.backward", args="grad", state="x", rehearse=("forward", "x"), output="grad_x", same=("grad", "x")
)
