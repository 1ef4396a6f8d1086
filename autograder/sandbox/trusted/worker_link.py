"""How does a pool talk with one worker: frames, limits, and how it ended?"""

from __future__ import annotations

import os
import secrets
import select
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NoReturn, TypeVar

from autograder.sandbox import payloads, wire
from autograder.sandbox.exchange import Ended, Limits, Request
from autograder.sandbox.payloads import Load
from autograder.sandbox.trusted import endings
from autograder.sandbox.trusted.clock import Budget, Clock
from autograder.sandbox.trusted.endings import NOT_AN_ANSWER, WorkerEnded
from autograder.sandbox.trusted.zygote_link import ZygoteLink
from autograder.sandbox.wire import Frame, FrameKind
from autograder.student.probing import CaseResult, Raised

T = TypeVar("T")

POLL_BOTH = select.POLLIN | select.POLLOUT
CHUNK = 256 << 10
KEPT = 64 << 10  # bytes of what a worker prints
START = Limits(computing_seconds=60.0, seconds=60.0)
REHEARSAL = 0.25  # of a question's time, for what the question does not ask about
SHORTEST = 0.01  # seconds between two looks at a worker's time


class WorkerLink:
    """One confined process. WorkerEnded is raised when it has ended."""

    look_at = 0.0

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

    def load(self, load: Load) -> dict[str, tuple[Raised | None, str]]:
        """Return for each module what its import raised, and the package it missed.

        `importing` is the module that was being imported if the process ends.
        """
        loaded: dict[str, tuple[Raised | None, str]] = {}
        began: list[str] = []
        for frame in self._request(FrameKind.LOAD, payloads.pack_load(load), []):
            if frame.kind is FrameKind.DONE:
                break
            name, raised, missed = self._read(payloads.read_loaded, frame)
            if frame.kind is FrameKind.BEGAN and name in load.judged:
                began.append(name)
            elif frame.kind is FrameKind.LOADED and began[-1:] == [name]:
                began.pop()
                loaded[name] = raised, missed
            else:
                self._fail(NOT_AN_ANSWER)
            self.importing = began[-1] if began else ""
        self.clock.finish(self.budget)
        return loaded

    def ask(
        self, asked: Sequence[tuple[Request, bool]]
    ) -> Iterator[tuple[CaseResult, ...]]:
        """Yield the results of each request, to be rehearsed or not, as they come."""
        limits = [request.limits or self.limits for request, _ in asked]
        payload = payloads.pack_requests(asked)
        answers = self._request(FrameKind.ASK, payload, limits)
        for i, (request, _) in enumerate(asked):
            if i:
                self._grant(limits[i])
            yield self._cases(request, answers)
        self.clock.finish(self.budget)

    def _cases(
        self, request: Request, answers: Iterator[Frame]
    ) -> tuple[CaseResult, ...]:
        for frame in answers:
            if frame.kind is FrameKind.ANSWER:
                found = self._read(lambda p: payloads.read_answer(p, request), frame)
                self.rehearsing = False
                return found
            if frame.kind not in (FrameKind.REHEARSING, FrameKind.REHEARSED):
                self._fail(NOT_AN_ANSWER)
            self.rehearsing = frame.kind is FrameKind.REHEARSING
            if self.rehearsing:
                soon = time.monotonic() + self._limits().computing_seconds
                self.look_at = min(self.look_at, soon)
        raise AssertionError("_answers ends by an exception only")

    def kill(self) -> None:
        """End the process, whatever it does."""
        if self.alive:
            try:
                self.zygote.drop(self.first_id)
            finally:
                self.close()

    def said(self) -> str:
        """Return the end of what was printed; only to report faults of the engine."""
        return wire.clean(self.kept.decode("utf-8", "replace"), wire.MESSAGE)

    def _request(
        self, kind: FrameKind, payload: bytes, limits: Sequence[Limits]
    ) -> Iterator[Frame]:
        self._drain()
        limits = limits or [self.limits]
        self.printed, self.may_print = 0, sum(each.printed for each in limits)
        self.id = secrets.token_bytes(wire.ID_SIZE)
        self.clock.start = self.clock.read()
        self._grant(limits[0])
        return self._answers(wire.frame(self.id, kind, payload))

    def _grant(self, limits: Limits) -> None:
        """Grant the time and the answers of one question."""
        self.clock.next(self.budget)
        self.now = limits
        self.look_at = time.monotonic() + min(
            limits.computing_seconds, max(self.budget.left, 0.0)
        )
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

    def _limits(self) -> Limits:
        """Return what the worker may use for what it does now."""
        now, part = self.now, REHEARSAL if self.rehearsing else 1.0
        computing, seconds = part * now.computing_seconds, part * now.seconds
        return replace(now, computing_seconds=computing, seconds=seconds)

    def _look(self) -> None:
        """End the process if it used more time than it may; else say when to look."""
        used, limits = self.clock.used(), self._limits()
        over = endings.too_long(used, limits, self.budget)
        if over is not None:
            self._fail(over)
        asleep = limits.seconds - used.counted
        left = min(
            limits.computing_seconds - used.computed,
            self.budget.left - used.counted,
            asleep if asleep > 0 else limits.seconds,
        )
        self.look_at = time.monotonic() + max(left, SHORTEST)

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
            status = self._let_go(at_once=False)
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

    def _read(self, read: Callable[[bytes], T], frame: Frame) -> T:
        try:
            return read(frame.payload)
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
        self._let_go(at_once=True)
        raise WorkerEnded(ended, self.rehearsing)

    def _let_go(self, at_once: bool) -> int:
        try:
            self.clock.finish(self.budget)
            return self.zygote.reap(self.first_id, at_once)
        finally:
            self.close()

    def close(self) -> None:
        """Close the connection; the zygote ends the process."""
        self.alive = False
        self.socket.close()
        os.close(self.output)
