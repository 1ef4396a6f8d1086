"""Payloads read: from any bytes a value, or WireError."""

from __future__ import annotations

import math
import struct

import numpy as np

from autograder.sandbox.answers import Array, CaseResult, Raised, Unusable
from autograder.sandbox.wire import (
    DTYPES,
    MAX_DIMENSIONS,
    MAX_SIDE,
    MESSAGE,
    NAME,
    WireError,
    clean,
)


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
