"""The untrusted side: loads the student's modules, runs probes, sends arrays.

Everything here shares a process with the student's code, which may change any of
it. That costs the student points and nobody else anything: the pool believes no
byte that comes from here.
"""

from __future__ import annotations

import importlib
import mmap
import os
import random
import re
import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace, TracebackType

import numpy as np

from autograder.sandbox import packing, unpacking, wire
from autograder.sandbox.exchange import Array, Limits, Raised
from autograder.sandbox.unpacking import Asked
from autograder.sandbox.untrusted.confine import allow_computing
from autograder.sandbox.untrusted.imports import (
    PACKAGE,
    Placeholders,
    Screens,
    StudentModules,
)
from autograder.sandbox.wire import Kind
from autograder.student.questions import Rehearsal, quietly

SOCKET = 3
FILES = re.compile(rf"{PACKAGE}/(?=\w+\.py$)")
LOST = 70  # exit code when the pool is gone or the socket was closed


class Channel:
    """The worker's end of the socket; `id` is that of the request at hand."""

    def __init__(self, id: bytes) -> None:
        self.id = id

    def send(self, kind: Kind, payload: bytes = b"") -> None:
        data = memoryview(wire.frame(self.id, kind, payload))
        while data:
            data = data[os.write(SOCKET, data) :]

    def receive(self) -> tuple[Kind, bytes]:
        id, kind, length = wire.HEADER.unpack(self._exactly(wire.HEADER.size))
        self.id = id
        return Kind(kind), self._exactly(length)

    def _exactly(self, size: int) -> bytes:
        parts = []
        while size:
            part = os.read(SOCKET, min(size, 1 << 20))
            if not part:
                os._exit(LOST)
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


def serve(
    channel: Channel, probes: ModuleType, limits: Limits, rehearsing: mmap.mmap
) -> None:
    """Load the modules, then answer questions until the pool hangs up."""
    _, payload = channel.receive()
    allow_computing(limits.computing_seconds)
    lib = load(channel, *unpacking.read_modules(payload))
    _report_rehearsals(rehearsing)
    while True:
        _, payload = channel.receive()
        for quietly.on, cases in unpacking.read_requests(payload):
            allow_computing(limits.computing_seconds)
            answer(channel, probes, lib, cases)


def load(
    channel: Channel, sources: dict[str, bytes], refused: frozenset[str]
) -> SimpleNamespace:
    """Import all modules of `mytorch`; return those that loaded, by name."""
    finder = StudentModules(
        sources,
        refused,
        lambda name: channel.send(Kind.BEGAN, packing.pack_loaded(name, None)),
        lambda name, raised: channel.send(
            Kind.LOADED, packing.pack_loaded(name, raised)
        ),
        describe,
    )
    own = frozenset(sources)
    sys.meta_path[:] = [finder, Screens(own), *sys.meta_path, Placeholders(own)]
    lib = SimpleNamespace()
    for name in sources:
        try:
            setattr(lib, name, importlib.import_module(f"{PACKAGE}.{name}"))
        except BaseException:
            continue  # the finder has told what was raised
    channel.send(Kind.DONE)
    return lib


def answer(
    channel: Channel, probes: ModuleType, lib: SimpleNamespace, cases: list[Asked]
) -> None:
    """Run the cases of a question and send what they came to."""
    results = [
        packing.pack_case(*run(getattr(probes, probe), lib, inputs))
        for probe, inputs in cases
    ]
    channel.send(Kind.ANSWER, packing.pack_answer(results))


def run(
    probe: Callable[..., object], lib: SimpleNamespace, inputs: dict[str, Array]
) -> tuple[list[tuple[str, bytes]], Raised | None]:
    """Return what the probe yields, packed at that moment, and what was raised."""
    outputs: list[tuple[str, bytes]] = []
    random.seed(0)
    np.random.seed(0)
    try:
        for name, value in probe(lib, **inputs):  # type: ignore[attr-defined]
            outputs.append((name, packing.pack_output(value)))
    except BaseException as error:  # SystemExit and KeyboardInterrupt are answers too
        return outputs, describe(error)
    return outputs, None


def describe(error: BaseException) -> Raised:
    """Return what was raised and the innermost line of the student's that did it."""
    try:
        kind, message = str(type(error).__name__), str(error)
        if isinstance(error, SyntaxError) and FILES.match(error.filename or ""):
            file = FILES.sub("", str(error.filename))
            return Raised(kind, str(error.msg), f"{file} line {error.lineno}")
    except BaseException:  # these were the student's own methods
        kind, message = "Exception", ""
    return Raised(kind, message, _where(error.__traceback__))


def _where(traceback: TracebackType | None) -> str:
    place = ""
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if FILES.match(file):
            place = f"{FILES.sub('', file)} line {traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place


def _report_rehearsals(rehearsing: mmap.mmap) -> None:
    """Let the zygote see when a probe calls what its question does not ask about.

    A process that ends inside such a call gets the question once more without it.
    """
    original = Rehearsal.__call__

    def told(self: Rehearsal, owner: object, name: str, *args: object) -> None:
        if self.on:
            rehearsing[0] = 1
            original(self, owner, name, *args)
            rehearsing[0] = 0

    Rehearsal.__call__ = told  # type: ignore[method-assign]
