"""Payloads read: from any bytes a value, or WireError."""

from __future__ import annotations

import math
import struct
from functools import lru_cache

import numpy as np

from autograder.sandbox.exchange import Array, CaseResult, Raised, Unusable
from autograder.sandbox.wire import (
    DTYPES,
    MAX_DIMENSIONS,
    MAX_SIDE,
    MESSAGE,
    NAME,
    WireError,
    clean,
)

SHORT, LONG, TYPE = struct.Struct("<H"), struct.Struct("<I"), struct.Struct("<BB")
SHAPES = [struct.Struct(f"<{ndim}I") for ndim in range(MAX_DIMENSIONS + 1)]
# A case as it is asked: the name of its probe, and its inputs.
Asked = tuple[str, dict[str, Array]]
NATIVE = [dtype.newbyteorder("=") for dtype in DTYPES]


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

    def numbers(self, form: struct.Struct) -> tuple[int, ...]:
        try:
            numbers = form.unpack_from(self.payload, self.at)
        except struct.error:
            raise WireError(f"expected {form.size} more bytes, got fewer") from None
        self.at += form.size
        return numbers

    def number(self, form: struct.Struct = SHORT) -> int:
        return self.numbers(form)[0]

    def text(self, limit: int) -> str:
        """Return a text, cleaned again: a forged frame never went through clean."""
        return clean(self.take(self.number()).decode("utf-8", "replace"), limit)

    def name(self) -> str:
        return _name(self.take(self.number()))

    def array(self) -> Array:
        """Return a new array that owns its memory."""
        code, ndim = self.numbers(TYPE)
        if code >= len(DTYPES) or ndim > MAX_DIMENSIONS:
            raise WireError("expected a known dtype and at most 8 dimensions")
        shape = self.numbers(SHAPES[ndim])
        if max(shape, default=0) > MAX_SIDE:
            raise WireError(f"expected sides of at most {MAX_SIDE}")
        dtype, native = DTYPES[code], NATIVE[code]
        if 0 in shape:
            return _empty(shape, native)
        data = self.take(math.prod(shape) * dtype.itemsize)
        if dtype.kind == "b" and data.translate(None, b"\0\1"):
            raise WireError("expected zeros and ones for bool")
        return np.frombuffer(data, dtype).reshape(shape).astype(native)

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


@lru_cache(maxsize=1024)  # the same few in every answer
def _name(data: bytes) -> str:
    if not data or len(data) > NAME or not data.isascii():
        raise WireError("expected a short plain name")
    name = data.decode("ascii")
    if clean(name, NAME) != name:
        raise WireError("expected a short plain name")
    return name


def _empty(shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> Array:
    try:
        return np.empty(shape, dtype)
    except ValueError as error:  # the other sides multiply to more than an index holds
        raise WireError("expected a shape that numpy can hold") from error


def read_answer(payload: bytes) -> tuple[CaseResult, ...]:
    """Return the results of all cases, of an ANSWER payload."""
    reader = Reader(payload)
    cases = tuple(_case(reader) for _ in range(reader.number()))
    reader.end()
    return cases


def _case(reader: Reader) -> CaseResult:
    count = reader.number()
    outputs = tuple((reader.name(), reader.output()) for _ in range(count))
    return CaseResult(outputs, reader.raised())


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
        sources[name] = reader.take(reader.number(LONG))
    refused = frozenset(reader.name() for _ in range(reader.number()))
    reader.end()
    return sources, refused


def read_requests(payload: bytes) -> list[tuple[bool, list[Asked]]]:
    """Return for each question whether to rehearse, and its cases."""
    reader = Reader(payload)
    questions = [_request(reader) for _ in range(reader.number())]
    reader.end()
    return questions


def _request(reader: Reader) -> tuple[bool, list[Asked]]:
    rehearse, count = bool(reader.number()), reader.number()
    cases = []
    for _ in range(count):
        probe, inputs = reader.name(), reader.number()
        cases.append((probe, {reader.name(): reader.array() for _ in range(inputs)}))
    return rehearse, cases
