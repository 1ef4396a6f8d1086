"""How does a pool talk with one worker: frames, limits, and how it ended?"""

from __future__ import annotations

import os
import secrets
import select
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import NoReturn, TypeVar

from autograder.sandbox import payloads, wire
from autograder.sandbox.exchange import Ended, Limits, Request
from autograder.sandbox.payloads import Load
from autograder.sandbox.trusted import endings
from autograder.sandbox.trusted.clock import Budget, Clock
from autograder.sandbox.trusted.endings import NOT_AN_ANSWER, WorkerEnded
from autograder.sandbox.trusted.zygote_link import ZygoteLink, ZygoteLost
from autograder.sandbox.wire import Frame, FrameKind
from autograder.student.probing import CaseResult, Raised

T = TypeVar("T")

POLL_BOTH = select.POLLIN | select.POLLOUT
CHUNK = 256 << 10
KEPT = 64 << 10  # bytes of what a worker prints
START = Limits(computing_seconds=60.0, seconds=60.0)
REHEARSAL = 0.25  # of a question's time, for what the question does not ask about
BETWEEN_LOOKS = 0.05  # seconds, once a worker may have used up its time


class WorkerLink:
    """One confined process. WorkerEnded is raised when it has ended."""

    def __init__(self, zygote: ZygoteLink, limits: Limits) -> None:
        self.zygote, self.limits = zygote, limits
        self.id = self.first_id = secrets.token_bytes(wire.ID_SIZE)
        self.socket, self.output = zygote.fork(self.id)
        self.socket.setblocking(False)
        os.set_blocking(self.output, False)
        self.frames = wire.Frames(limits.returned)
        self.clock = Clock(lambda: zygote.times(self.first_id))
        self.budget = Budget(START.seconds, START.seconds)
        self.printed, self.may_print = 0, limits.printed
        self.look_at = 0.0
        self.kept = b""
        self.importing = ""
        self.rehearsing = False
        self.alive = True

    def ready(self) -> tuple[int, tuple[str, ...]]:
        """Return the level and evidence that the worker reports before anything."""
        self.clock.start = self.clock.read()
        self._grant(START)
        frame = next(self._answers(b""))
        if frame.kind is not FrameKind.READY:
            self._fail(NOT_AN_ANSWER)
        return self._read(payloads.read_ready, frame)

    def load(self, load: Load) -> tuple[dict[str, Raised | None], list[str]]:
        """Return what each module's import raised, and the packages that they missed.

        `importing` is the module that was being imported if the process ends.
        """
        loaded: dict[str, Raised | None] = {}
        began: list[str] = []
        absent: list[str] = []
        payload = payloads.pack_load(load)
        answers = self._request(FrameKind.LOAD, payload, self.limits.printed)
        self._grant(self.limits)
        for frame in answers:
            if frame.kind is FrameKind.DONE:
                break
            name, raised, missed = self._read(payloads.read_loaded, frame)
            if frame.kind is FrameKind.BEGAN and name in load.judged:
                began.append(name)
            elif frame.kind is FrameKind.LOADED and began[-1:] == [name]:
                began.pop()
                loaded[name] = raised
                absent += [missed] if raised and missed else []
            else:
                self._fail(NOT_AN_ANSWER)
            self.importing = began[-1] if began else ""
        self.clock.finish(self.budget)
        return loaded, absent

    def ask(
        self, asked: Sequence[tuple[Request, bool]]
    ) -> Iterator[tuple[CaseResult, ...]]:
        """Yield the results of each request, to be rehearsed or not, as they come."""
        limits = [request.limits or self.limits for request, _ in asked]
        may_print = sum(each.printed for each in limits)
        payload = payloads.pack_requests(asked)
        answers = self._request(FrameKind.ASK, payload, may_print)
        for (request, _), own in zip(asked, limits, strict=True):
            self._grant(own)
            yield self._cases(request, answers)
        self.clock.finish(self.budget)

    def _cases(
        self, request: Request, answers: Iterator[Frame]
    ) -> tuple[CaseResult, ...]:
        for frame in answers:
            if frame.kind is FrameKind.ANSWER:
                found = self._read(payloads.read_answer, frame, request)
                self.rehearsing = False
                return found
            if frame.kind not in (FrameKind.REHEARSING, FrameKind.REHEARSED):
                self._fail(NOT_AN_ANSWER)
            self.rehearsing = frame.kind is FrameKind.REHEARSING
            if self.rehearsing:
                soon = REHEARSAL * self.now.computing_seconds
                self.look_at = min(self.look_at, time.monotonic() + soon)
        raise AssertionError("_answers ends by an exception only")

    def kill(self) -> None:
        """End the process, whatever it does."""
        if self.alive:
            with suppress(ZygoteLost):  # then it ends with its parent
                self.zygote.kill(self.first_id)
            self._close()

    def said(self) -> str:
        """Return the end of what was printed; only to report faults of the engine."""
        return wire.clean(self.kept.decode("utf-8", "replace"), wire.MESSAGE)

    def _request(
        self, kind: FrameKind, payload: bytes, may_print: int
    ) -> Iterator[Frame]:
        self._drain()
        self.printed, self.may_print = 0, may_print
        self.id = secrets.token_bytes(wire.ID_SIZE)
        self.clock.start = self.clock.read()
        return self._answers(wire.frame(self.id, kind, payload))

    def _grant(self, limits: Limits) -> None:
        """Grant the time and the answers of one question."""
        self.clock.next(self.budget)
        self.now = limits
        left = min(limits.computing_seconds, self.budget.left)
        self.look_at = time.monotonic() + left
        self.frames.restart(limits.returned)

    def _answers(self, data: bytes) -> Iterator[Frame]:
        """Send `data` and yield the frames that come back, until WorkerEnded."""
        unsent = memoryview(data)[self._send(data) :]
        poll = select.poll()
        poll.register(self.output, select.POLLIN)
        while True:
            poll.register(self.socket, POLL_BOTH if unsent else select.POLLIN)
            left = self.look_at - time.monotonic()
            events = dict(poll.poll(max(left, 0.0) * 1000 + 1))
            if self.output in events and not self._drain():
                poll.unregister(self.output)
            happened = events.get(self.socket.fileno(), 0)
            if happened & select.POLLOUT:
                unsent = unsent[self._send(unsent) :]
            if happened & ~select.POLLOUT:
                yield from self._receive()
            if self.printed > self.may_print:
                self._fail(endings.too_much("printed", self.now.printed))
            if time.monotonic() > self.look_at:
                self._look()

    def _look(self) -> None:
        """End the process if it used more time than it may; else look again soon."""
        now, part = self.now, REHEARSAL if self.rehearsing else 1.0
        limits = Limits(part * now.computing_seconds, part * now.seconds)
        over = endings.too_long(self.clock.used(), limits, self.budget)
        if over is not None:
            self._fail(over)
        self.look_at = time.monotonic() + BETWEEN_LOOKS

    def _send(self, data: bytes | memoryview) -> int:
        try:
            return self.socket.send(data)
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)  # the worker has ended; receiving will say why

    def _receive(self) -> Iterator[Frame]:
        try:
            data = self.socket.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.clock.finish(self.budget)
            try:
                status = self.zygote.reap(self.first_id)
            finally:
                self._close()
            raise WorkerEnded(
                endings.of_status(status), self.rehearsing, endings.is_outside(status)
            )
        try:
            for frame in self.frames.feed(data):
                if frame.id != self.id:
                    self._fail(NOT_AN_ANSWER)
                yield frame
        except wire.TooLong:
            self._fail(endings.too_much("returned", self.now.returned))
        except wire.WireError:
            self._fail(NOT_AN_ANSWER)

    def _read(self, read: Callable[..., T], frame: Frame, *more: object) -> T:
        try:
            return read(frame.payload, *more)
        except wire.WireError:
            self._fail(NOT_AN_ANSWER)

    def _drain(self) -> bool:
        """Count what was printed; return whether more may come."""
        try:
            data = os.read(self.output, CHUNK)
        except BlockingIOError:
            return True
        self.printed += len(data)
        self.kept = (self.kept + data)[-KEPT:]
        return bool(data)

    def _fail(self, ended: Ended) -> NoReturn:
        """End the process."""
        self.clock.finish(self.budget)
        self.kill()
        raise WorkerEnded(ended, self.rehearsing)

    def _close(self) -> None:
        self.alive = False
        self.socket.close()
        os.close(self.output)
