"""What does a worker do: load the student's modules, run probes, send values?

Everything here shares a process with the student's code, which may change any of
it. That can only cost the student points: the pool trusts no byte that comes from
here.
"""

from __future__ import annotations

import importlib
import os
import pickle
import random
import sys
from collections.abc import Callable, Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np

from autograder.sandbox import payloads, wire
from autograder.sandbox.packed_values import packed_output
from autograder.sandbox.payloads import MOST_OUTPUTS, Load
from autograder.sandbox.untrusted import confine, placeholders
from autograder.sandbox.untrusted.imports import PACKAGE, StudentModules, describe
from autograder.sandbox.wire import FrameKind
from autograder.student.probing import Raised
from autograder.student.questions import Rehearsal, Value, quietly

SOCKET = 3
# A case as it is asked: the name of its probe, and its inputs.
AskedCase = tuple[str, dict[str, Value]]


def live(id: bytes, plan: confine.Plan) -> None:
    """Be a worker: confine this process, then serve; never returns."""
    try:
        confine.hide_host()
        level, evidence = confine.confine(plan)
        if plan.rules is not None:
            os.close(plan.rules)
        # Kept, not freed: that would write to hundreds of pages shared until now.
        kept = [sys.modules.pop(name, None) for name in plan.ours]
        channel = Channel(id)
        channel.send(FrameKind.READY, payloads.pack_ready(level, evidence))
        serve(channel, plan.probes)
        del kept
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}".encode("utf-8", "replace"))
    finally:
        os._exit(71)


class Channel:
    """The worker's end of the socket; `id` is that of the request at hand."""

    def __init__(self, id: bytes) -> None:
        self.id = id
        self.file = os.fdopen(SOCKET, "rb", closefd=False)

    def send(self, kind: FrameKind, payload: bytes = b"") -> None:
        data = memoryview(wire.frame(self.id, kind, payload))
        while data:
            data = data[os.write(SOCKET, data) :]

    def receive(self) -> bytes:
        """Return the payload of the next frame; struct.error when the pool ended."""
        head = self.file.read(wire.HEADER.size)
        self.id, _, length = wire.HEADER.unpack(head)
        return self.file.read(length)


def serve(channel: Channel, probes: ModuleType) -> None:
    """Load the modules, then answer questions until the pool hangs up."""
    lib = load(channel, Load(**pickle.loads(channel.receive())))
    _tell_rehearsals(channel)
    while True:
        for quietly.on, cases in read_requests(channel.receive()):
            asked = ((getattr(probes, probe), inputs) for probe, inputs in cases)
            found = [payloads.pack_case(*run(p, lib, inputs)) for p, inputs in asked]
            channel.send(FrameKind.ANSWER, payloads.pack_answer(found))


def read_requests(payload: bytes) -> Iterator[tuple[bool, list[AskedCase]]]:
    """Yield for each question whether to rehearse, and its cases."""
    for rehearse, cases in pickle.loads(payload):
        yield rehearse, [(name, _own(inputs)) for name, inputs in cases]


def _own(value: Any) -> Any:
    """Return a value whose arrays are in C order, own their memory and share none."""
    if isinstance(value, dict):
        return {name: _own(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_own, value))
    return value.copy() if isinstance(value, np.ndarray) else value


def load(channel: Channel, asked: Load) -> SimpleNamespace:
    """Import the judged modules of `mytorch`; return those that loaded, by name."""

    def tell(kind: FrameKind, *what: Any) -> None:
        channel.send(kind, payloads.pack_loaded(*what))

    finder = StudentModules(asked, tell)
    standing_in = placeholders.Placeholders(asked.absent)
    sys.meta_path[:] = [finder, standing_in, *sys.meta_path]
    lib = SimpleNamespace()
    placeholders.loading = True
    for name in asked.judged:
        try:
            setattr(lib, name, importlib.import_module(f"{PACKAGE}.{name}"))
        except BaseException:
            continue  # the finder has told what was raised
    placeholders.loading = False
    channel.send(FrameKind.DONE)
    return lib


def run(
    probe: Callable[..., object], lib: SimpleNamespace, inputs: dict[str, Value]
) -> tuple[list[tuple[str, bytes]], Raised | None]:
    """Return what the probe yields, packed at that moment, and what was raised."""
    outputs: list[tuple[str, bytes]] = []
    random.seed(0)
    np.random.seed(0)
    try:
        for name, value in probe(lib, **inputs):  # type: ignore[attr-defined]
            outputs.append((name, packed_output(value)))
            if len(outputs) == MOST_OUTPUTS:
                break
    except BaseException as error:  # SystemExit and KeyboardInterrupt are answers too
        return outputs, describe(error)
    return outputs, None


def _tell_rehearsals(channel: Channel) -> None:
    """Tell the pool when a probe calls what its question does not ask about.

    A process that ends inside such a call gets the question once more without it.
    """
    original = Rehearsal.__call__

    def told(self: Rehearsal, owner: object, name: str, *args: object) -> None:
        if self.on:
            channel.send(FrameKind.REHEARSING)
            original(self, owner, name, *args)
            channel.send(FrameKind.REHEARSED)

    Rehearsal.__call__ = told  # type: ignore[method-assign]
