"""How is each message between pool and worker written and read?

Whatever bytes a worker sends, reading them gives a value or raises WireError. What the
pool sends is pickled; it is read in worker.py, and nothing else is ever unpickled.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.sandbox.exchange import Request
from autograder.sandbox.packed_values import LONG, SHORT, Reader, packed_text
from autograder.sandbox.wire import MESSAGE, NAME, WireError
from autograder.student.probing import CaseResult, Output, Raised, Unusable

MOST_OUTPUTS = 256  # of one case


def read_raised(reader: Reader) -> Raised | None:
    match reader.take(1):
        case b"\0":
            return None
        case b"\1":
            return Raised(reader.text(NAME), reader.text(MESSAGE), reader.text(NAME))
    raise WireError("expected 0 or 1 before what was raised")


def packed_raised(raised: Raised | None) -> bytes:
    if raised is None:
        return b"\0"
    texts = ((raised.kind, NAME), (raised.message, MESSAGE), (raised.where, NAME))
    return b"\1" + b"".join(packed_text(text, limit) for text, limit in texts)


# ---- READY: worker to pool, before it gets anything


def pack_ready(level: int, evidence: Sequence[str]) -> bytes:
    lines = b"".join(packed_text(line, MESSAGE) for line in evidence)
    return SHORT.pack(level) + SHORT.pack(len(evidence)) + lines


def read_ready(payload: bytes) -> tuple[int, tuple[str, ...]]:
    """Return level and evidence."""
    reader = Reader(payload)
    level, count = reader.number(), reader.number()
    evidence = tuple(reader.text(MESSAGE) for _ in range(count))
    reader.end()
    return level, evidence


# ---- BEGAN, LOADED: worker to pool


def pack_loaded(name: str, raised: Raised | None = None, missed: str = "") -> bytes:
    return packed_text(name, NAME) + packed_raised(raised) + packed_text(missed, NAME)


def read_loaded(payload: bytes) -> tuple[str, Raised | None, str]:
    """Return a module's name, what it raised, and the package that it missed."""
    reader = Reader(payload)
    loaded = reader.name(), read_raised(reader), reader.text(NAME)
    reader.end()
    return loaded


# ---- ANSWER: worker to pool


def pack_case(outputs: Sequence[tuple[str, bytes]], raised: Raised | None) -> bytes:
    """Return one case of an answer; outputs come packed, as they were when yielded."""
    parts = [SHORT.pack(len(outputs))]
    for name, output in outputs:
        parts += [packed_text(name, NAME), LONG.pack(len(output)), output]
    return b"".join([*parts, packed_raised(raised)])


def pack_answer(cases: Sequence[bytes]) -> bytes:
    """Return the payload that answers a question; its cases come packed."""
    return SHORT.pack(len(cases)) + b"".join(cases)


def read_answer(payload: bytes, request: Request) -> tuple[CaseResult, ...]:
    """Return the results of all cases; what the request does not expect is dropped."""
    reader = Reader(payload)
    if reader.number() != len(request.cases):
        raise WireError(f"expected {len(request.cases)} cases")
    found = tuple(
        _case(reader, request.expects[i] if request.expects else None)
        for i in range(len(request.cases))
    )
    reader.end()
    return found


def _case(reader: Reader, expects: Mapping[str, int] | None) -> CaseResult:
    outputs: dict[str, Output] = {}
    count, unexpected = reader.number(), False
    if count > MOST_OUTPUTS:
        raise WireError(f"expected at most {MOST_OUTPUTS} outputs")
    for _ in range(count):
        name, size = reader.name(), reader.number(LONG)
        if name in outputs or (expects is not None and name not in expects):
            reader.skip(size)
            unexpected = True
        elif expects is not None and size > expects[name]:
            reader.skip(size)
            outputs[name] = Unusable(f"a value of {size} bytes, too large to be right")
        else:
            outputs[name] = reader.output(size)
    return CaseResult(tuple(outputs.items()), read_raised(reader), unexpected)


# ---- LOAD, ASK: pool to worker, which trusts it: these are pickled


@dataclass(frozen=True)
class Load:
    """The files of a `mytorch` folder, and what becomes of each.

    `judged` are loaded at once, in order; the other sources only where one of these
    imports them. `refused` must not be imported. `absent` are the packages that get
    a placeholder.
    """

    sources: Mapping[str, bytes]
    judged: Sequence[str]
    refused: Sequence[str] = ()
    absent: Sequence[str] = ()


def pack_load(load: Load) -> bytes:
    return pickle.dumps(vars(load))


def pack_requests(asked: Sequence[tuple[Request, bool]]) -> bytes:
    """Return the payload that asks these questions, each to be rehearsed or not."""
    questions = [
        (rehearse, [(probe, dict(inputs)) for probe, inputs in request.cases])
        for request, rehearse in asked
    ]
    return pickle.dumps(questions)
