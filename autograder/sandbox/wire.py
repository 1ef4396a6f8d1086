"""The frames between a pool and its workers: strict, binary, capped.

A frame is a header (16-byte id, kind, length of what follows) and a payload. The id
is drawn for each request and must come back with its answer. Whatever bytes a
worker sends, reading them gives a value or raises WireError, and allocates no more
than what was sent.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from autograder.sandbox.answers import Array, CaseResult, Raised, Request, Unusable

HEADER = struct.Struct("<16sBI")
ID_SIZE = 16
MAX_DIMENSIONS = 8
MAX_SIDE = 1 << 24
NAME, MESSAGE = 64, 300

DTYPES = tuple(
    np.dtype(name).newbyteorder("<")
    for name in ("float64", "float32", "float16", "bool", "int8", "int16", "int32",
                 "int64", "uint8", "uint16", "uint32", "uint64", "complex64",
                 "complex128")
)  # fmt: skip
CODES = {dtype: code for code, dtype in enumerate(DTYPES)}


class WireError(Exception):
    """The bytes are not a frame of this protocol."""


class TooLong(WireError):
    """A frame, or the frames of one request together, pass the cap."""


class Kind(IntEnum):
    """What a frame says."""

    READY = 1  # worker: confined, with the level and the evidence
    BEGAN = 2  # worker: a module is being imported
    LOADED = 3  # worker: its import ended
    REHEARSING = 4  # worker: a probe calls what its question does not ask about
    REHEARSED = 5  # worker: that call ended
    CASE = 6  # worker: the outputs of one case
    DONE = 7  # worker: every module was tried
    LOAD = 16  # pool: the modules
    ASK = 17  # pool: one question


@dataclass(frozen=True)
class Frame:
    id: bytes
    kind: Kind
    payload: bytes


def frame(id: bytes, kind: Kind, payload: bytes = b"") -> bytes:
    """Return the bytes of a frame."""
    return HEADER.pack(id, kind, len(payload)) + payload


class Frames:
    """Cuts a stream of bytes into frames; `cap` bounds their sum until `restart`."""

    def __init__(self, cap: int) -> None:
        self.cap = cap
        self.left = cap
        self.buffer = bytearray()

    def restart(self) -> None:
        """Grant the full cap again, as for a new request."""
        self.left = self.cap

    def feed(self, data: bytes) -> list[Frame]:
        """Return the frames that `data` completes."""
        self.buffer += data
        frames = []
        while (one := self._next()) is not None:
            frames.append(one)
        return frames

    def _next(self) -> Frame | None:
        if len(self.buffer) < HEADER.size:
            return None
        id, kind, length = HEADER.unpack_from(self.buffer)
        if kind not in Kind.__members__.values():
            raise WireError(f"expected a kind of frame, got {kind}")
        if length > self.left:
            raise TooLong(f"expected at most {self.left} bytes, got {length}")
        if len(self.buffer) < HEADER.size + length:
            return None
        payload = bytes(self.buffer[HEADER.size : HEADER.size + length])
        del self.buffer[: HEADER.size + length]
        self.left -= length
        return Frame(id, Kind(kind), payload)


def clean(text: str, limit: int) -> str:
    """Return at most `limit` printable characters of `text` on one line.

    What is not printable (controls, escapes, bidi and zero-width marks) becomes a
    space, and a run of spaces becomes one.
    """
    shown = "".join(c if c.isprintable() else " " for c in text[: 4 * limit])
    return " ".join(shown.split())[:limit]


# ---- writing: the worker calls these on a student's objects


def short(number: int) -> bytes:
    return struct.pack("<H", number)


def pack_text(text: str, limit: int) -> bytes:
    """Return `text`, cleaned, behind its length in bytes."""
    data = clean(text, limit).encode("utf-8", "replace")
    return short(len(data)) + data


def pack_array(array: Array) -> bytes:
    """Return dtype, shape and bytes of an array whose dtype is in DTYPES."""
    dtype = array.dtype.newbyteorder("<")
    shape = struct.pack(f"<BB{array.ndim}I", CODES[dtype], array.ndim, *array.shape)
    return shape + array.astype(dtype, order="C", copy=False).tobytes()


def pack_output(value: object) -> bytes:
    """Return an output as it is now: b"A" and an array, or b"U" and what it is."""
    what = unusable(value)
    if what:
        return b"U" + pack_text(what, NAME)
    return b"A" + pack_array(np.asarray(value))


def unusable(value: object) -> str:
    """Return why `value` is no plain array or number, "" if it is one."""
    if value is None:
        return "None"
    kind = type(value)
    if kind in (bool, float, complex):
        return ""
    if kind is int:
        return "" if -(2**63) <= value < 2**64 else "a whole number beyond 64 bits"  # type: ignore[operator]
    if kind is not np.ndarray and np.ndarray in kind.__mro__:
        return f"an ndarray subclass: {kind.__name__}"
    if kind is not np.ndarray and np.generic not in kind.__mro__:
        return f"{kind.__name__}"
    return _unusable_array(np.asarray(value))


def _unusable_array(array: Array) -> str:
    if array.dtype.newbyteorder("<") not in CODES:
        return f"array of {array.dtype.name}"
    if array.ndim > MAX_DIMENSIONS:
        return f"array of {array.ndim} dimensions"
    if max(array.shape, default=0) > MAX_SIDE:
        return "array of more than 16 million rows"
    return ""


def pack_raised(raised: Raised | None) -> bytes:
    if raised is None:
        return b"\0"
    return (
        b"\1"
        + pack_text(raised.kind, NAME)
        + pack_text(raised.message, MESSAGE)
        + pack_text(raised.where, NAME)
    )


def pack_case(
    index: int, outputs: Sequence[tuple[str, bytes]], raised: Raised | None
) -> bytes:
    """Return a CASE payload; outputs come packed, as they were when yielded."""
    parts = [short(index), short(len(outputs))]
    for name, output in outputs:
        parts += [pack_text(name, NAME), output]
    return b"".join([*parts, pack_raised(raised)])


def pack_loaded(name: str, raised: Raised | None) -> bytes:
    return pack_text(name, NAME) + pack_raised(raised)


def pack_ready(level: int, evidence: Sequence[str]) -> bytes:
    lines = b"".join(pack_text(line, MESSAGE) for line in evidence)
    return short(level) + short(len(evidence)) + lines


def pack_modules(modules: Mapping[str, bytes], refused: Sequence[str]) -> bytes:
    parts = [short(len(modules))]
    for name, source in modules.items():
        parts += [pack_text(name, NAME), struct.pack("<I", len(source)), source]
    parts += [short(len(refused)), *(pack_text(name, NAME) for name in refused)]
    return b"".join(parts)


def pack_request(request: Request, rehearse: bool) -> bytes:
    parts = [short(rehearse), short(len(request.cases))]
    for probe, inputs in request.cases:
        parts += [pack_text(probe, NAME), short(len(inputs))]
        for name, array in inputs.items():
            parts += [pack_text(name, NAME), pack_array(array)]
    return b"".join(parts)


# ---- reading


class Reader:
    """Takes values off a payload; WireError for whatever does not fit."""

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self.at = 0

    def take(self, size: int) -> bytes:
        end = self.at + size
        if end > len(self.payload):
            raise WireError(f"expected {size} more bytes, got fewer")
        data, self.at = self.payload[self.at : end], end
        return data

    def number(self, format: str = "<H") -> int:
        return int(struct.unpack(format, self.take(struct.calcsize(format)))[0])

    def text(self, limit: int) -> str:
        """Return a text, cleaned again: a forged frame never went through clean."""
        return clean(self.take(self.number()).decode("utf-8", "replace"), limit)

    def name(self) -> str:
        data = self.take(self.number())
        if not data or len(data) > NAME or not data.isascii():
            raise WireError("expected a short plain name")
        name = data.decode("ascii")
        if clean(name, NAME) != name:
            raise WireError("expected a short plain name")
        return name

    def array(self) -> Array:
        """Return a new array that owns its memory."""
        code, ndim = self.number("<B"), self.number("<B")
        if code >= len(DTYPES) or ndim > MAX_DIMENSIONS:
            raise WireError("expected a known dtype and at most 8 dimensions")
        shape = tuple(self.number("<I") for _ in range(ndim))
        if max(shape, default=0) > MAX_SIDE:
            raise WireError(f"expected sides of at most {MAX_SIDE}")
        dtype = DTYPES[code]
        if 0 in shape:
            return _empty(shape, dtype)
        data = self.take(math.prod(shape) * dtype.itemsize)
        if dtype.kind == "b" and data.translate(None, b"\0\1"):
            raise WireError("expected zeros and ones for bool")
        return np.frombuffer(data, dtype).reshape(shape).astype(dtype.newbyteorder("="))

    def output(self) -> Array | Unusable:
        match self.take(1):
            case b"A":
                return self.array()
            case b"U":
                return Unusable(self.text(NAME))
        raise WireError("expected A or U before an output")

    def raised(self) -> Raised | None:
        match self.take(1):
            case b"\0":
                return None
            case b"\1":
                return Raised(self.text(NAME), self.text(MESSAGE), self.text(NAME))
        raise WireError("expected 0 or 1 before what was raised")

    def end(self) -> None:
        if self.at != len(self.payload):
            raise WireError("expected the end of the frame")


def _empty(shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> Array:
    try:
        return np.empty(shape, dtype.newbyteorder("="))
    except ValueError as error:  # the other sides multiply to more than an index holds
        raise WireError("expected a shape that numpy can hold") from error


def read_case(payload: bytes) -> tuple[int, CaseResult]:
    """Return the index and the result of a CASE payload."""
    reader = Reader(payload)
    index, count = reader.number(), reader.number()
    outputs = tuple((reader.name(), reader.output()) for _ in range(count))
    result = CaseResult(outputs, reader.raised())
    reader.end()
    return index, result


def read_loaded(payload: bytes) -> tuple[str, Raised | None]:
    """Return a module's name and what its import raised, of a LOADED payload."""
    reader = Reader(payload)
    loaded = reader.name(), reader.raised()
    reader.end()
    return loaded


def read_ready(payload: bytes) -> tuple[int, tuple[str, ...]]:
    """Return level and evidence of a READY payload."""
    reader = Reader(payload)
    level, count = reader.number(), reader.number()
    evidence = tuple(reader.text(MESSAGE) for _ in range(count))
    reader.end()
    return level, evidence


def read_modules(payload: bytes) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return the sources, and the names that must not be imported."""
    reader = Reader(payload)
    sources = {}
    for _ in range(reader.number()):
        name = reader.name()
        sources[name] = reader.take(reader.number("<I"))
    refused = frozenset(reader.name() for _ in range(reader.number()))
    reader.end()
    return sources, refused


def read_request(payload: bytes) -> tuple[bool, list[tuple[str, dict[str, Array]]]]:
    """Return whether to rehearse, and the probe and inputs of each case."""
    reader = Reader(payload)
    rehearse, count = bool(reader.number()), reader.number()
    cases = []
    for _ in range(count):
        probe, inputs = reader.name(), reader.number()
        cases.append((probe, {reader.name(): reader.array() for _ in range(inputs)}))
    reader.end()
    return rehearse, cases
