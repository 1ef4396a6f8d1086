"""The readers take any bytes: a value or WireError; what was packed comes back."""

from __future__ import annotations

import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox import packed_values, payloads, wire
from autograder.sandbox.exchange import Request
from autograder.sandbox.packed_values import MAX_DEPTH, MAX_ITEMS, MAX_TEXT
from autograder.sandbox.untrusted import worker
from autograder.sandbox.wire import WireError
from autograder.student.probing import CaseResult, Raised, Unusable

TWO = Request("q", (("p", {}), ("p", {})))


def read_answer(payload, expects=()):
    """Read an answer to two cases."""
    return payloads.read_answer(payload, Request("q", TWO.cases, expects=expects))


READERS = (read_answer, payloads.read_loaded, payloads.read_ready)
ARRAYS = hnp.arrays(
    st.sampled_from(packed_values.DTYPES),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0),
)
NAMES = st.from_regex(r"[a-z_]{1,20}", fullmatch=True)


def case_bytes(value: object) -> bytes:
    return answer_bytes([("out", packed_values.packed_output(value))])


def answer_bytes(outputs: list[tuple[str, bytes]], raised: Raised | None = None):
    """Return an answer of two cases, the second without anything."""
    cases = [payloads.pack_case(outputs, raised), payloads.pack_case([], None)]
    return payloads.pack_answer(cases)


def only_output(payload: bytes) -> object:
    result, empty = read_answer(payload)
    assert empty == CaseResult(())
    return result.outputs[0][1]


@pytest.mark.parametrize("read", READERS)
@given(payload=st.binary(max_size=300))
def test_reading_any_bytes_gives_a_value_or_a_wire_error(read, payload):
    with suppress(WireError):
        read(payload)


@given(ARRAYS, st.data())
def test_a_changed_or_shortened_case_gives_a_value_or_a_wire_error(array, data):
    payload = bytearray(case_bytes(array))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(payload) - 1))
        payload[at] = data.draw(st.integers(0, 255))
    keep = data.draw(st.integers(0, len(payload)))
    for broken in (bytes(payload), bytes(payload[:keep])):
        with suppress(WireError):
            read_answer(broken)


@given(ARRAYS)
def test_an_array_comes_back_with_dtype_shape_and_bytes(array):
    back = only_output(case_bytes(array))
    assert isinstance(back, np.ndarray)
    assert back.dtype == array.dtype.newbyteorder("=")
    assert back.shape == array.shape
    np.testing.assert_array_equal(back, array)
    assert back.flags.owndata
    assert back.flags.writeable


@given(st.dictionaries(NAMES, ARRAYS, max_size=3), st.booleans())
def test_a_request_comes_back(inputs, rehearse):
    asked = [(Request("q", (("probe", inputs),)), rehearse), (Request("r", ()), True)]
    [(again, [(probe, back)]), last] = worker.read_requests(
        payloads.pack_requests(asked)
    )
    assert last == (True, [])
    assert (again, probe, list(back)) == (rehearse, "probe", list(inputs))
    for name, array in inputs.items():
        np.testing.assert_array_equal(back[name], array)


def test_strided_and_big_endian_arrays_come_back_plain():
    array = np.arange(12, dtype=">f4").reshape(3, 4)[:, ::2].T
    back = only_output(case_bytes(array))
    assert back.dtype == np.float32
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize(
    ("value", "dtype"),
    [(1.5, "float64"), (True, "bool"), (7, "int64"), (2j, "complex128"),
     (np.float32(1), "float32"), (2**63, "uint64")],
)  # fmt: skip
def test_numbers_become_0d_arrays(value, dtype):
    back = only_output(case_bytes(value))
    assert back.shape == ()
    assert back.dtype == dtype
    assert back == value


class Sly(np.ndarray):
    pass


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (object(), "object"),
        ({1.0}, "set"),
        ([object()], "object"),
        ("\ud800", "a text that is not Unicode"),
        ("x" * (MAX_TEXT + 1), f"a text of more than {MAX_TEXT} characters"),
        ([1] * MAX_ITEMS, f"more than {MAX_ITEMS} items"),
        (2**64, "an int too large for an array"),
        (np.zeros(3).view(Sly), "a subclass of ndarray (Sly)"),
        (np.array([None]), "an array of object"),
        (np.array(["a"]), "an array of str32"),
        (np.zeros(2, np.longdouble), f"an array of {np.dtype('g').name}"),
        (np.zeros(2, "V3"), "an array of void24"),
        (np.ma.masked_array([1.0]), "a subclass of ndarray (MaskedArray)"),
        (np.longdouble(1), "a longdouble"),
        (np.zeros((2000, 2000)), "an array of more than 8 MiB"),
        (np.zeros((1,) * 9), "an array of 9 dimensions"),
    ],
)
def test_what_is_no_plain_array_is_named(value, what):
    back = only_output(case_bytes(value))
    assert back == Unusable(what)


def test_what_was_raised_comes_back_on_one_printable_line():
    raised = Raised("Bad\x1b[31m", "a\n\u202eb\x00" + "x" * 900, "nn.py line 3")
    result, _ = read_answer(answer_bytes([], raised))
    assert result == CaseResult((), result.raised)
    assert result.raised.kind == "Bad [31m"
    assert result.raised.message == "a b " + "x" * 296
    assert result.raised.where == "nn.py line 3"


def test_a_forged_text_is_cleaned_by_the_reader_too():
    text = "\u202e\x1b]0;x\x07<b>" * 200
    data = text.encode()[:60000]
    packed = struct.pack("<H", len(data)) + data
    result, _ = read_answer(struct.pack("<HH", 2, 0) + b"\1" + packed * 3 + bytes(3))
    for shown in vars(result.raised).values():
        assert shown.isprintable()
        assert len(shown) <= wire.MESSAGE


@pytest.mark.parametrize(
    "array",
    [
        struct.pack("<BB", 99, 0) + bytes(8),  # dtype
        struct.pack("<BB", 0, 9) + bytes(36),  # dimensions
        struct.pack("<BB2I", 0, 2, 0, 2**32 - 1),  # a side
        struct.pack("<BB8I", 0, 8, 0, *[1 << 24] * 7),  # more than an index holds
        struct.pack("<BB1I", 0, 1, 2) + bytes(15),  # too short
        struct.pack("<BB1I", 0, 1, 2) + bytes(17),  # too long
        struct.pack("<BB1I", 3, 1, 2) + b"\1\2",  # no bool
    ],
)
def test_a_forged_array_is_a_wire_error(array):
    head = struct.pack("<HHH", 2, 1, 1) + b"x" + struct.pack("<I", len(array) + 1)
    with pytest.raises(WireError):
        read_answer(head + b"A" + array + b"\0" + bytes(3))


def test_a_whole_array_in_that_place_is_read():
    array = struct.pack("<BB1I", 0, 1, 2) + bytes(16)
    head = struct.pack("<HHH", 2, 1, 1) + b"x" + struct.pack("<I", len(array) + 1)
    read_answer(head + b"A" + array + b"\0" + bytes(3))


@pytest.mark.parametrize("name", [b"", b"a\n", b"\xff", b"a" * 65, b"\x1b[0m"])
def test_a_forged_name_is_a_wire_error(name):
    head = struct.pack("<HHH", 2, 1, len(name)) + name + struct.pack("<I", 3)
    with pytest.raises(WireError):
        read_answer(head + b"U\0\0" + b"\0" + bytes(3))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False)
    | st.text(max_size=20).filter(str.isprintable),
    lambda part: st.lists(part, max_size=4) | st.tuples(part, part),
    max_leaves=12,
)  # fmt: skip


@given(VALUES)
def test_inputs_of_every_type_come_back_as_they_were(value):
    asked = [(Request("q", (("probe", {"x": value}),)), True)]
    [(_, [(_, back)])] = worker.read_requests(payloads.pack_requests(asked))
    assert back == {"x": value}
    assert repr(back["x"]) == repr(value)


def test_outputs_that_are_no_arrays_come_back():
    value = ["a", None, ("b", [np.arange(2), [True]]), np.inf]
    back = only_output(case_bytes(value))
    assert [*back[:2], back[2][0]] == ["a", None, "b"]
    np.testing.assert_array_equal(back[2][1][0], [0, 1])
    assert back[2][1][1][0].dtype == bool
    assert back[3] == np.inf


def test_a_list_that_is_nested_too_deep_is_named():
    value = []
    for _ in range(MAX_DEPTH):
        value = [value]
    what = f"lists nested more than {MAX_DEPTH} deep"
    assert only_output(case_bytes(value)) == Unusable(what)
    value.append(value)  # holds itself
    assert only_output(case_bytes(value)) == Unusable(what)


def test_what_nobody_expects_is_dropped_unread():
    small, big = (
        packed_values.packed_output(1.0),
        packed_values.packed_output(np.zeros(999)),
    )
    bad = b"no value at all"
    outputs = [("x", small), ("odd", bad), ("x", bad), ("y", big)]
    payload = answer_bytes(outputs)
    first, second = read_answer(payload, ({"x": 20, "y": 100}, {}))
    assert (first.unexpected, second.unexpected) == (True, False)
    assert [name for name, _ in first.outputs] == ["x", "y"]
    assert "too large" in first.outputs[1][1].what
    with pytest.raises(WireError):
        read_answer(payload)


def test_many_tiny_outputs_are_refused_at_their_count():
    many = [(f"x{n}", packed_values.packed_output(0.0)) for n in range(60_000)]
    with pytest.raises(WireError, match="at most 256 outputs"):
        read_answer(answer_bytes(many), ({"x": 20}, {}))
