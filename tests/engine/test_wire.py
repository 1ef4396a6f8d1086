"""Are frames cut strictly from any stream of bytes?"""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox import wire
from autograder.sandbox.wire import FrameKind, WireError

ID = bytes(range(16))


@given(st.lists(st.binary(max_size=60), max_size=6))
def test_a_stream_of_any_bytes_gives_frames_or_a_wire_error(parts):
    frames = wire.Frames(cap=1000)
    with suppress(WireError):
        for part in parts:
            list(frames.feed(part))


def test_a_frame_longer_than_the_cap_is_refused_before_its_payload_is_read():
    frames = wire.Frames(cap=100)
    with pytest.raises(wire.TooLong):
        list(frames.feed(wire.HEADER.pack(ID, FrameKind.ANSWER, 101)))


def test_frames_share_the_cap_until_restart():
    frames = wire.Frames(cap=150)
    one = wire.frame(ID, FrameKind.ANSWER, bytes(60))
    assert [f.kind for f in frames.feed(one)] == [FrameKind.ANSWER]
    assert frames.left == 150 - len(one)
    frames.restart(150)
    assert len(list(frames.feed(one))) == 1
    with pytest.raises(wire.TooLong):
        list(frames.feed(one))


def test_frames_are_cut_wherever_the_stream_is():
    stream = wire.frame(ID, FrameKind.ANSWER, b"abc") + wire.frame(ID, FrameKind.LOADED)
    frames = wire.Frames(cap=100)
    seen = [f for i in range(len(stream)) for f in frames.feed(stream[i : i + 1])]
    assert [(f.id, f.kind, f.payload) for f in seen] == [
        (ID, FrameKind.ANSWER, b"abc"),
        (ID, FrameKind.LOADED, b""),
    ]


def test_many_tiny_frames_are_refused_at_their_count():
    frames = wire.Frames(cap=8 << 20)
    with pytest.raises(wire.TooLong, match="frames"):
        list(frames.feed(wire.frame(ID, FrameKind.REHEARSED) * 5000))
