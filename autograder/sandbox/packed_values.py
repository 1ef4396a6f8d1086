"""How is a value written as bytes, and read from any bytes at all?"""

from __future__ import annotations

import math
import struct

import numpy as np

from autograder.sandbox.wire import NAME, WireError, clean
from autograder.student.probing import Output, Unusable, plain
from autograder.student.questions import Array, Value

MAX_DEPTH = 8  # of lists within lists
MAX_ITEMS = 10_000  # of one value, at all depths together
MAX_TEXT = 10_000  # characters of one text
MAX_DIMENSIONS = 8
MAX_SIDE = 1 << 24
MAX_BYTES = 8 << 20  # of one array
DTYPES = tuple(
    np.dtype(name).newbyteorder("<")
    for name in ("float64", "float32", "float16", "bool", "int8", "int16", "int32",
                 "int64", "uint8", "uint16", "uint32", "uint64", "complex64",
                 "complex128")
)  # fmt: skip
CODES = {dtype: code for code, dtype in enumerate(DTYPES)}
SHORT, LONG = struct.Struct("<H"), struct.Struct("<I")


def packed_text(text: str, limit: int) -> bytes:
    """Return a text for people, cleaned, behind its length in bytes."""
    data = clean(text, limit).encode("utf-8", "replace")
    return SHORT.pack(len(data)) + data


def packed_array(array: Array) -> bytes:
    """Return dtype, shape and bytes of an array whose dtype is in DTYPES."""
    dtype = array.dtype.newbyteorder("<")
    shape = struct.pack(f"<{array.ndim}I", *array.shape)
    data = array.astype(dtype, order="C", copy=False).tobytes()
    return bytes([CODES[dtype], array.ndim]) + shape + data


def packed_output(value: object) -> bytes:
    """Return an output as it is now: a value, or what it is instead of one.

    Python's numbers become 0-d arrays, as judging takes them.
    """
    parts: list[bytes] = []
    try:
        _pack(value, parts, MAX_DEPTH)
    except _Unfit as unfit:
        return b"U" + packed_text(str(unfit), NAME)
    return b"".join(parts)


class _Unfit(Exception):
    """A value cannot travel; the text says what it is."""


def _pack(value: object, parts: list[bytes], depth: int) -> None:
    if len(parts) >= MAX_ITEMS:
        raise _Unfit(f"more than {MAX_ITEMS} items")
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        if not depth:
            raise _Unfit(f"lists nested more than {MAX_DEPTH} deep")
        parts.append((b"l" if type(value) is list else b"t") + LONG.pack(len(value)))
        for item in value:
            _pack(item, parts, depth - 1)
    elif value is None:
        parts.append(b"n")
    elif type(value) is str:
        parts.append(_packed_text(value))
    else:
        array = plain(_small(value))
        if isinstance(array, Unusable):
            raise _Unfit(array.what)
        parts.append(b"A" + packed_array(np.asarray(array)))


def _packed_text(text: str) -> bytes:
    if len(text) > MAX_TEXT:
        raise _Unfit(f"a text of more than {MAX_TEXT} characters")
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        raise _Unfit("a text that is not Unicode") from None
    return b"s" + LONG.pack(len(data)) + data


def _small(value: object) -> object:
    """Return the value if the wire can carry it should it be a plain array."""
    if type(value) is np.longdouble:
        raise _Unfit("a longdouble")
    if type(value) is np.ndarray:
        if value.dtype.kind in "fc" and value.dtype.newbyteorder("<") not in CODES:
            raise _Unfit(f"an array of {value.dtype.name}")
        if value.ndim > MAX_DIMENSIONS:
            raise _Unfit(f"an array of {value.ndim} dimensions")
        if value.nbytes > MAX_BYTES or max(value.shape, default=0) > MAX_SIDE:
            raise _Unfit(f"an array of more than {MAX_BYTES >> 20} MiB")
    return value


class Reader:
    """Takes what was packed off a payload; WireError for whatever does not fit."""

    def __init__(self, payload: bytes) -> None:
        self.payload = payload
        self.at = 0
        self.items_left = MAX_ITEMS

    def take(self, size: int) -> bytes:
        self.skip(size)
        return self.payload[self.at - size : self.at]

    def skip(self, size: int) -> None:
        """Pass over bytes without looking at them."""
        if self.at + size > len(self.payload):
            raise WireError(f"expected {size} more bytes, got fewer")
        self.at += size

    def number(self, form: struct.Struct = SHORT) -> int:
        return int(form.unpack(self.take(form.size))[0])

    def text(self, limit: int) -> str:
        """Return a text, cleaned again: a forged frame never went through clean."""
        return clean(self.take(self.number()).decode("utf-8", "replace"), limit)

    def name(self) -> str:
        """Return a name that is short, printable and ASCII."""
        data = self.take(self.number())
        text = data.decode("ascii", "replace")
        plain = data.isascii() and text.isprintable() and " ".join(text.split()) == text
        if not plain or not 0 < len(data) <= NAME:
            raise WireError("expected a short plain name")
        return text

    def end(self) -> None:
        if self.at != len(self.payload):
            raise WireError("expected the end of the frame")

    def output(self, size: int) -> Output:
        """Return the output that is the next `size` bytes."""
        end = self.at + size
        found: Output
        if self.payload.startswith(b"U", self.at):
            self.skip(1)
            found = Unusable(self.text(NAME))
        else:
            found = self.value()
        if self.at != end:
            raise WireError(f"expected an output of {size} bytes")
        return found

    def value(self, depth: int = MAX_DEPTH) -> Value:
        """Return the next value; arrays are new and own their memory."""
        self.items_left -= 1
        if self.items_left < 0:
            raise WireError(f"expected at most {MAX_ITEMS} items")
        match self.take(1):
            case b"A":
                return self.array()
            case b"l" | b"t" as kind:
                return self._items(list if kind == b"l" else tuple, depth)
            case b"n":
                return None
            case b"s":
                return self._text()
        raise WireError("expected a known type before a value")

    def _items(self, of: type, depth: int) -> Value:
        count = self.number(LONG)
        if not depth or count > self.items_left:
            raise WireError("expected fewer items, and less deep")
        return of([self.value(depth - 1) for _ in range(count)])

    def _text(self) -> str:
        data = self.take(self.number(LONG))
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            raise WireError("expected UTF-8") from error
        if len(text) > MAX_TEXT:
            raise WireError(f"expected at most {MAX_TEXT} characters")
        return text

    def array(self) -> Array:
        """Return a new array that owns its memory."""
        code, ndim = self.take(2)
        if code >= len(DTYPES) or ndim > MAX_DIMENSIONS:
            raise WireError("expected a known dtype and at most 8 dimensions")
        shape = struct.unpack(f"<{ndim}I", self.take(4 * ndim))
        if max(shape, default=0) > MAX_SIDE:
            raise WireError(f"expected sides of at most {MAX_SIDE}")
        dtype = DTYPES[code]
        data = self.take(math.prod(shape) * dtype.itemsize)
        if dtype.kind == "b" and data.translate(None, b"\0\1"):
            raise WireError("expected zeros and ones for bool")
        try:
            return np.ndarray(shape, dtype, data).astype(dtype.newbyteorder("="))
        except ValueError as error:  # beside a 0, sides too large to multiply
            raise WireError("expected a shape that numpy can hold") from error
