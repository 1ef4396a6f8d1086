"""How are frames read from a stream of bytes, whatever bytes come?

A frame is a header (16-byte id, kind, length of what follows) and a payload. The id
is drawn for each request and must come back with its answer. payloads.py writes and
reads the payloads. Whatever bytes a worker sends, reading them gives a frame or raises
WireError, and allocates no more than what was sent.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

HEADER = struct.Struct("<16sBI")
ID_SIZE = 16
MOST_FRAMES = 4096  # for one question: each costs the reader some microseconds
NAME, MESSAGE = 64, 300


class WireError(Exception):
    """The bytes are not a frame of this protocol."""


class TooLong(WireError):
    """A frame, or the frames of one request together, pass the cap."""


class FrameKind(IntEnum):
    """What a frame says."""

    READY = 1  # worker: confined, with the level and the evidence
    BEGAN = 2  # worker: a module is being imported
    LOADED = 3  # worker: its import ended
    DONE = 4  # worker: every module was tried
    ANSWER = 5  # worker: the outputs of all cases of a question
    REHEARSING = 6  # worker: a probe calls what its question does not ask about
    REHEARSED = 7  # worker: that call came back
    LOAD = 16  # pool: the modules
    ASK = 17  # pool: some questions


@dataclass(frozen=True)
class Frame:
    id: bytes
    kind: FrameKind
    payload: bytes


def frame(id: bytes, kind: FrameKind, payload: bytes = b"") -> bytes:
    """Return the bytes of a frame."""
    return HEADER.pack(id, kind, len(payload)) + payload


class Frames:
    """Cuts a stream of bytes into frames; `cap` bounds their sum until `restart`."""

    def __init__(self, cap: int) -> None:
        self.buffer = bytearray()
        self.restart(cap)

    def restart(self, cap: int) -> None:
        """Grant a full cap again, as for a new request."""
        self.left, self.frames_left = cap, MOST_FRAMES

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Yield the frames that `data` completes, those before a bad one too."""
        self.buffer += data
        while len(self.buffer) >= HEADER.size:
            id, kind, length = HEADER.unpack_from(self.buffer)
            size = HEADER.size + length
            if kind not in FrameKind.__members__.values():
                raise WireError(f"expected a kind of frame, got {kind}")
            if size > self.left:
                raise TooLong(f"expected at most {self.left} bytes, got {size}")
            if not self.frames_left:
                raise TooLong(f"expected at most {MOST_FRAMES} frames, got more")
            if len(self.buffer) < size:
                return
            payload = bytes(self.buffer[HEADER.size : size])
            del self.buffer[:size]
            self.left -= size
            self.frames_left -= 1
            yield Frame(id, FrameKind(kind), payload)


def clean(text: str, limit: int) -> str:
    """Return at most `limit` printable characters of `text` on one line.

    What is not printable (controls, escapes, bidi and zero-width marks) becomes a
    space, and a run of spaces becomes one.
    """
    shown = text[: 4 * limit]
    if not shown.isprintable():  # one call for the whole text: nearly all texts are
        shown = "".join(c if c.isprintable() else " " for c in shown)
    return " ".join(shown.split())[:limit]
