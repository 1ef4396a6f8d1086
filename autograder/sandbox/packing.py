"""Payloads written: what a worker answers and what a pool asks, as bytes."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from autograder.sandbox.exchange import Array, Raised, Request, Unusable
from autograder.sandbox.wire import (
    CODES,
    MAX_BYTES,
    MAX_DIMENSIONS,
    MAX_SIDE,
    MESSAGE,
    NAME,
    clean,
)
from autograder.student.probing import plain


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
    output: object = Unusable(_too_much(value)) if _too_much(value) else plain(value)
    if isinstance(output, Unusable):
        return b"U" + pack_text(output.what, NAME)
    return b"A" + pack_array(np.asarray(output))


def _too_much(value: object) -> str:
    """Return why the wire cannot carry a plain array, "" if it can."""
    if type(value) is not np.ndarray:
        return "" if type(value) is not np.longdouble else "a longdouble"
    if value.dtype.kind in "fc" and value.dtype.newbyteorder("<") not in CODES:
        return f"an array of {value.dtype.name}"
    if value.ndim > MAX_DIMENSIONS:
        return f"an array of {value.ndim} dimensions"
    if value.nbytes > MAX_BYTES or max(value.shape, default=0) > MAX_SIDE:
        return f"an array of more than {MAX_BYTES >> 20} MiB"
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


def pack_case(outputs: Sequence[tuple[str, bytes]], raised: Raised | None) -> bytes:
    """Return one case of an answer; outputs come packed, as they were when yielded."""
    parts = [short(len(outputs))]
    for name, output in outputs:
        parts += [pack_text(name, NAME), output]
    return b"".join([*parts, pack_raised(raised)])


def pack_answer(cases: Sequence[bytes]) -> bytes:
    """Return the payload that answers a question; its cases come packed."""
    return short(len(cases)) + b"".join(cases)


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


def pack_requests(asked: Sequence[tuple[Request, bool]]) -> bytes:
    """Return the payload that asks these questions, each to be rehearsed or not."""
    return short(len(asked)) + b"".join(_pack_request(*one) for one in asked)


@lru_cache(maxsize=256)  # a class is asked the same questions again and again
def _pack_request(request: Request, rehearse: bool) -> bytes:
    parts = [short(rehearse), short(len(request.cases))]
    for probe, inputs in request.cases:
        parts += [pack_text(probe, NAME), short(len(inputs))]
        for name, array in inputs.items():
            parts += [pack_text(name, NAME), pack_array(array)]
    return b"".join(parts)
