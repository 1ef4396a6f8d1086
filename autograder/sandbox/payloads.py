"""How is each message between pool and worker written and read?

Whatever bytes come, reading them gives a value or raises WireError.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from autograder.sandbox.exchange import Request
from autograder.sandbox.packed_values import (
    LONG,
    ValueReader,
    packed_text,
    packed_value,
    short,
)
from autograder.sandbox.wire import MESSAGE, NAME, WireError
from autograder.student.probing import CaseResult, Output, Raised, Unusable
from autograder.student.questions import Value

MOST_OUTPUTS = 256  # of one case
# A case as it is asked: the name of its probe, and its inputs.
AskedCase = tuple[str, dict[str, Value]]


class Reader(ValueReader):
    """Takes messages off a payload; WireError for whatever does not fit."""

    def name(self) -> str:
        return plain_name(self.take(self.number()))

    def raised(self) -> Raised | None:
        match self.take(1):
            case b"\0":
                return None
            case b"\1":
                return Raised(self.text(NAME), self.text(MESSAGE), self.text(NAME))
        raise WireError("expected 0 or 1 before what was raised")

    def output(self, size: int) -> Output:
        """Return the output that is the next `size` bytes."""
        end = self.at + size
        match self.take(1):
            case b"V":
                found: Output = self.value()
            case b"U":
                found = Unusable(self.text(NAME))
            case _:
                raise WireError("expected V or U before an output")
        if self.at != end:
            raise WireError(f"expected an output of {size} bytes")
        return found


@lru_cache(maxsize=1024)  # the same few in every answer
def plain_name(data: bytes) -> str:
    """Return a name; WireError if it is not short, printable and ASCII."""
    text = data.decode("ascii", "replace")
    if not 0 < len(data) <= NAME or not data.isascii() or not text.isprintable():
        raise WireError("expected a short plain name")
    if " ".join(text.split()) != text:
        raise WireError("expected a short plain name")
    return text


def packed_raised(raised: Raised | None) -> bytes:
    if raised is None:
        return b"\0"
    texts = ((raised.kind, NAME), (raised.message, MESSAGE), (raised.where, NAME))
    return b"\1" + b"".join(packed_text(text, limit) for text, limit in texts)


def packed_output(value: object) -> bytes:
    """Return an output as it is now: a value, or what it is instead of one."""
    packed = packed_value(value)
    if isinstance(packed, Unusable):
        return b"U" + packed_text(packed.what, NAME)
    return b"V" + packed


# ---- READY: worker to pool, before it gets anything


def pack_ready(level: int, evidence: Sequence[str]) -> bytes:
    lines = b"".join(packed_text(line, MESSAGE) for line in evidence)
    return short(level) + short(len(evidence)) + lines


def read_ready(payload: bytes) -> tuple[int, tuple[str, ...]]:
    """Return level and evidence."""
    reader = Reader(payload)
    level, count = reader.number(), reader.number()
    evidence = tuple(reader.text(MESSAGE) for _ in range(count))
    reader.end()
    return level, evidence


# ---- LOAD: pool to worker


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
    parts = [short(len(load.sources))]
    for name, source in load.sources.items():
        parts += [packed_text(name, NAME), LONG.pack(len(source)), source]
    for names in (load.judged, load.refused, load.absent):
        parts += [short(len(names)), *(packed_text(name, NAME) for name in names)]
    return b"".join(parts)


def read_load(payload: bytes) -> Load:
    reader = Reader(payload)
    sources = {}
    for _ in range(reader.number()):
        name = reader.name()
        sources[name] = reader.take(reader.number(LONG))
    lists = [[reader.name() for _ in range(reader.number())] for _ in range(3)]
    reader.end()
    return Load(sources, *lists)


# ---- BEGAN, LOADED: worker to pool


def pack_loaded(name: str, raised: Raised | None = None, missed: str = "") -> bytes:
    return packed_text(name, NAME) + packed_raised(raised) + packed_text(missed, NAME)


def read_loaded(payload: bytes) -> tuple[str, Raised | None, str]:
    """Return a module's name, what it raised, and the package that it missed."""
    reader = Reader(payload)
    loaded = reader.name(), reader.raised(), reader.text(NAME)
    reader.end()
    return loaded


# ---- ASK: pool to worker


def pack_requests(asked: Sequence[tuple[Request, bool]]) -> bytes:
    """Return the payload that asks these questions, each to be rehearsed or not."""
    return short(len(asked)) + b"".join(
        short(rehearse) + _packed_cases(request) for request, rehearse in asked
    )


@lru_cache(maxsize=256)  # a class is asked the same questions again and again
def _packed_cases(request: Request) -> bytes:
    parts = [short(len(request.cases))]
    for probe, inputs in request.cases:
        parts += [packed_text(probe, NAME), short(len(inputs))]
        for name, value in inputs.items():
            packed = packed_value(value, as_array=False)
            if isinstance(packed, Unusable):
                raise ValueError(f"input {name} of {probe} cannot travel: {packed}")
            parts += [packed_text(name, NAME), packed]
    return b"".join(parts)


def read_requests(payload: bytes) -> list[tuple[bool, list[AskedCase]]]:
    """Return for each question whether to rehearse, and its cases."""
    reader = Reader(payload)
    questions = [
        (bool(reader.number()), [_asked(reader) for _ in range(reader.number())])
        for _ in range(reader.number())
    ]
    reader.end()
    return questions


def _asked(reader: Reader) -> AskedCase:
    probe, count = reader.name(), reader.number()
    return probe, {reader.name(): reader.value() for _ in range(count)}


# ---- ANSWER: worker to pool


def pack_case(outputs: Sequence[tuple[str, bytes]], raised: Raised | None) -> bytes:
    """Return one case of an answer; outputs come packed, as they were when yielded."""
    parts = [short(len(outputs))]
    for name, output in outputs:
        parts += [packed_text(name, NAME), LONG.pack(len(output)), output]
    return b"".join([*parts, packed_raised(raised)])


def pack_answer(cases: Sequence[bytes]) -> bytes:
    """Return the payload that answers a question; its cases come packed."""
    return short(len(cases)) + b"".join(cases)


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
    return CaseResult(tuple(outputs.items()), reader.raised(), unexpected)
