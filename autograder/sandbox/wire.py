"""The frames between a pool and its workers: strict, binary, capped.

A frame is a header (16-byte id, kind, length of what follows) and a payload. The id
is drawn for each request and must come back with its answer. packing.py makes
payloads, unpacking.py reads them. Whatever bytes a worker sends, reading them gives
a value or raises WireError, and allocates no more than what was sent.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

HEADER = struct.Struct("<16sBI")
ID_SIZE = 16
MAX_DIMENSIONS = 8
MAX_BYTES = 8 << 20  # of one array
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
    DONE = 4  # worker: every module was tried
    ANSWER = 5  # worker: the outputs of all cases of a question
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

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Yield the frames that `data` completes, those before a bad one too."""
        self.buffer += data
        while (one := self._next()) is not None:
            yield one

    def _next(self) -> Frame | None:
        if len(self.buffer) < HEADER.size:
            return None
        id, kind, length = HEADER.unpack_from(self.buffer)
        if kind not in Kind.__members__.values():
            raise WireError(f"expected a kind of frame, got {kind}")
        if HEADER.size + length > self.left:
            raise TooLong(f"expected at most {self.left} bytes, got {length}")
        if len(self.buffer) < HEADER.size + length:
            return None
        payload = bytes(self.buffer[HEADER.size : HEADER.size + length])
        del self.buffer[: HEADER.size + length]
        self.left -= HEADER.size + length
        return Frame(id, Kind(kind), payload)


def clean(text: str, limit: int) -> str:
    """Return at most `limit` printable characters of `text` on one line.

    What is not printable (controls, escapes, bidi and zero-width marks) becomes a
    space, and a run of spaces becomes one.
    """
    shown = text[: 4 * limit]
    if not shown.isprintable():  # asked of the whole at once: nearly all of them are
        shown = "".join(c if c.isprintable() else " " for c in shown)
    return " ".join(shown.split())[:limit]
