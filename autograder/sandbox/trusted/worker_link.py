"""A pool's conversation with one worker: frames, limits, and how it ended."""

from __future__ import annotations

import os
import secrets
import select
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NoReturn, TypeVar

from autograder.sandbox import packing, unpacking, wire
from autograder.sandbox.exchange import CaseResult, Limits, Raised, Request
from autograder.sandbox.orders import ENDED_BY_ZYGOTE, REHEARSING
from autograder.sandbox.trusted.zygote_link import Zygote
from autograder.sandbox.wire import Frame, Kind

T = TypeVar("T")

NOT_AN_ANSWER = "sent what is not an answer"
POLL_BOTH = select.POLLIN | select.POLLOUT
CHUNK = 256 << 10
KEPT = 64 << 10  # of what a worker prints
OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Ended(Exception):
    """A worker's process ended; the text says how, in words for a report.

    `rehearsing` says that it may have been while it rehearsed.
    """

    def __init__(
        self, how: str, rehearsing: bool = False, from_outside: bool = False
    ) -> None:
        super().__init__(how)
        self.rehearsing, self.from_outside = rehearsing, from_outside


class Interrupted(Exception):
    """A worker was ended by something that may not be the student's doing."""


class Worker:
    """One confined process. Ended is raised when it is no more, by itself or by us."""

    level = 0
    evidence: tuple[str, ...] = ()

    def __init__(self, zygote: Zygote, limits: Limits) -> None:
        self.zygote, self.limits = zygote, limits
        self.id = self.first_id = secrets.token_bytes(wire.ID_SIZE)
        self.socket, self.output = zygote.fork(self.id)
        self.socket.setblocking(False)
        os.set_blocking(self.output, False)
        self.frames = wire.Frames(limits.returned)
        self.printed, self.may_print = 0, limits.printed
        self.kept = b""
        self.importing = ""
        self.alive = True

    def ready(self) -> tuple[int, tuple[str, ...]]:
        """Return the level and evidence that the worker reports before anything."""
        self._grant()
        frame = next(self._answers(b""))
        if frame.kind is not Kind.READY:
            self._fail(NOT_AN_ANSWER, sent=True)
        return self._read(unpacking.read_ready, frame)

    def load(
        self, modules: Mapping[str, bytes], refused: Sequence[str]
    ) -> dict[str, Raised | None]:
        """Return what each import raised; `importing` is the one that ended it all."""
        loaded: dict[str, Raised | None] = {}
        began: list[str] = []
        payload = packing.pack_modules(modules, refused)
        for frame in self._request(Kind.LOAD, payload):
            if frame.kind is Kind.DONE:
                break
            name, raised = self._read(unpacking.read_loaded, frame)
            if frame.kind is Kind.BEGAN and name in modules:
                began.append(name)
            elif frame.kind is Kind.LOADED and began[-1:] == [name]:
                began.pop()
                loaded[name] = raised
            else:
                self._fail(NOT_AN_ANSWER, sent=True)
            self.importing = began[-1] if began else ""
        return loaded

    def ask(
        self, asked: Sequence[tuple[Request, bool]]
    ) -> Iterator[tuple[CaseResult, ...]]:
        """Yield the results of each request, to be rehearsed or not, as they come."""
        answers = self._request(Kind.ASK, packing.pack_requests(asked), len(asked))
        for request, _ in asked:
            frame = next(answers)
            if frame.kind is not Kind.ANSWER:
                self._fail(NOT_AN_ANSWER, sent=True)
            cases = self._read(unpacking.read_answer, frame)
            if len(cases) != len(request.cases):
                self._fail(NOT_AN_ANSWER, sent=True)
            yield cases
            self._grant()

    def kill(self) -> None:
        """End the process, whatever it does."""
        if self.alive:
            try:
                self.zygote.drop(self.first_id)
            finally:
                self.close()

    def said(self) -> str:
        """Return the end of what was printed, for our own faults only."""
        return wire.clean(self.kept.decode("utf-8", "replace"), wire.MESSAGE)

    def _request(
        self, kind: Kind, payload: bytes, questions: int = 1
    ) -> Iterator[Frame]:
        self._drain()
        self.printed, self.may_print = 0, questions * self.limits.printed
        self.id = secrets.token_bytes(wire.ID_SIZE)
        self._grant()
        return self._answers(wire.frame(self.id, kind, payload))

    def _grant(self) -> None:
        """Grant the time and the answers of one question."""
        self.until = time.monotonic() + self.limits.seconds
        self.frames.restart()

    def _answers(self, data: bytes) -> Iterator[Frame]:
        """Send `data`, yield the frames that answer it; Ended, or whoever stops."""
        unsent = memoryview(data)[self._send(data) :]
        poll = select.poll()
        poll.register(self.output, select.POLLIN)
        while True:
            poll.register(self.socket, POLL_BOTH if unsent else select.POLLIN)
            left = self.until - time.monotonic()
            events = dict(poll.poll(max(left, 0.0) * 1000 + 1))
            if self.output in events and not self._drain():
                poll.unregister(self.output)
            happened = events.get(self.socket.fileno(), 0)
            if happened & select.POLLOUT:
                unsent = unsent[self._send(unsent) :]
            if happened & ~select.POLLOUT:
                yield from self._receive()
            if self.printed > self.may_print:
                self._fail(f"printed more than {size(self.limits.printed)}")
            if time.monotonic() > self.until:
                self._fail(f"took more than {self.limits.seconds:g} s")

    def _send(self, data: bytes | memoryview) -> int:
        try:
            return self.socket.send(data)
        except BlockingIOError:
            return 0
        except OSError:
            return len(data)  # nobody reads any more; receiving will say why

    def _receive(self) -> Iterator[Frame]:
        try:
            data = self.socket.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._explain(self._let_go(at_once=False))
        try:
            for frame in self.frames.feed(data):
                if frame.id != self.id:
                    self._fail(NOT_AN_ANSWER, sent=True)
                yield frame
        except wire.TooLong:
            self._fail(f"returned more than {size(self.limits.returned)}", sent=True)
        except wire.WireError:
            self._fail(NOT_AN_ANSWER, sent=True)

    def _read(self, read: Callable[[bytes], T], frame: Frame) -> T:
        try:
            return read(frame.payload)
        except wire.WireError:
            self._fail(NOT_AN_ANSWER, sent=True)

    def _drain(self) -> bool:
        """Count what was printed; return whether more may come."""
        try:
            data = os.read(self.output, CHUNK)
        except BlockingIOError:
            return True
        self.printed += len(data)
        self.kept = (self.kept + data)[-KEPT:]
        return bool(data)

    def _fail(self, how: str, sent: bool = False) -> NoReturn:
        """End the process; `sent` is for what it had sent: it may be elsewhere now."""
        rehearsing = bool(self._let_go(at_once=True) & REHEARSING)
        raise Ended(how, rehearsing or sent)

    def _explain(self, status: int) -> NoReturn:
        if status & ENDED_BY_ZYGOTE:  # alive, but it had closed its socket
            raise Ended(NOT_AN_ANSWER, rehearsing=True)
        rehearsing, status = bool(status & REHEARSING), status & ~REHEARSING
        outside = os.WIFSIGNALED(status) and os.WTERMSIG(status) in OUTSIDE
        raise Ended(self._how(status), rehearsing, outside)

    def _how(self, status: int) -> str:
        if not os.WIFSIGNALED(status):
            code = os.waitstatus_to_exitcode(status)
            return f"ended the interpreter (exit code {code})"
        number = os.WTERMSIG(status)
        if number == signal.SIGXCPU:
            limit = f"{self.limits.computing_seconds:g}"
            return f"took more than {limit} s of computing time"
        if number == signal.SIGSYS:
            return "tried what is forbidden (SIGSYS)"
        named = number in set(signal.Signals)  # real-time signals are not
        name = signal.Signals(number).name if named else f"signal {number}"
        return f"crashed the interpreter ({name})"

    def _let_go(self, at_once: bool) -> int:
        try:
            return self.zygote.reap(self.first_id, at_once)
        finally:
            self.close()

    def close(self) -> None:
        """Hang up: its zygote sees to its end."""
        self.alive = False
        self.socket.close()
        os.close(self.output)


def size(number: int) -> str:
    """Return a number of bytes in words: "8 MiB"."""
    for power, unit in ((30, "GiB"), (20, "MiB"), (10, "KiB")):
        if number >> power:
            return f"{number >> power} {unit}"
    return f"{number} bytes"
