"""How does a pool talk with its zygote: start it, have it fork and reap, end it?"""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from autograder.sandbox import exchange
from autograder.sandbox.exchange import REPLY_SIZE, SCHEDSTAT, UNKNOWN, Limits
from autograder.sandbox.trusted import launch

START_SECONDS = 60.0


class ZygoteLost(Exception):
    """The zygote ended, or never started; the message is the last it said."""


class ZygoteLink:
    """One running zygote; `why_not_wrapped` says why bubblewrap is not around it."""

    def __init__(self, probes: Path, limits: Limits, highest: int) -> None:
        self.probes, self.limits, self.highest = probes.resolve(), limits, highest
        wrapper = launch.bubblewrap() if highest >= 4 else None
        missing = "bubblewrap is not installed" if highest >= 4 else "not asked for"
        self.why_not_wrapped = "" if wrapper else missing
        try:
            self._start(wrapper or [])
        except ZygoteLost as lost:
            if not wrapper:
                raise
            self.why_not_wrapped = str(lost)
            self._start([])

    def _start(self, wrapper: Sequence[str]) -> None:
        self.control, theirs = socket.socketpair()
        watched = os.pidfd_open(os.getpid())
        settings = {
            "control": theirs.fileno(),
            "pool": watched,
            "limits": vars(self.limits),
            "highest": self.highest,
            "namespaces": exchange.namespaces(),
        }
        self.process = subprocess.Popen(
            [*wrapper, *launch.python(self.probes)],
            pass_fds=[theirs.fileno(), watched],
            env=launch.environment(),
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the grader, not for its workers
        )
        theirs.close()
        os.close(watched)
        self._give(launch.given(settings, self.probes))
        self.control.settimeout(START_SECONDS)
        try:
            self.pid = int.from_bytes(self._reply(), "little")
        except ZygoteLost:
            raise ZygoteLost(self._last_words()) from None

    def _give(self, given: bytes) -> None:
        assert self.process.stdin is not None
        with suppress(BrokenPipeError), self.process.stdin as stdin:
            stdin.write(given)
        self.process.stdin = None  # what reads its last words must not flush it

    def _last_words(self) -> str:
        self.control.close()
        self.process.kill()
        _, errors = self.process.communicate()
        lines = errors.decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with {self.process.returncode}"

    def fork(self, id: bytes) -> tuple[socket.socket, int]:
        """Return socket and output pipe of a new worker, known by the id."""
        ours, theirs = socket.socketpair()
        output, their_output = os.pipe()
        with theirs, suppress(ZygoteLost):  # then whoever asks for its times learns it
            self._command(exchange.FORK, id, theirs.fileno(), their_output)
        os.close(their_output)
        return ours, output

    def reap(self, id: bytes) -> int:
        """Return the wait status of a worker; after a moment it is killed."""
        self._command(exchange.REAP, id)
        return int.from_bytes(self._reply(), "little")

    def kill(self, id: bytes) -> None:
        """Kill a worker without waiting for its end."""
        self._command(exchange.KILL, id)

    def times(self, id: bytes) -> tuple[int, int]:
        """Return the nanoseconds that a worker ran, and waited for a processor."""
        self._command(exchange.TIMES, id)
        return read_times(self._reply())

    def _command(self, what: int, id: bytes, *ends: int) -> None:
        try:
            socket.send_fds(self.control, [exchange.COMMAND.pack(what, id)], ends)
        except OSError as error:
            raise ZygoteLost("the parent of the workers ended") from error

    def _reply(self) -> bytes:
        try:
            data = self.control.recv(REPLY_SIZE)  # sent at once, it comes at once
        except OSError as error:
            self.control.close()  # what else it is told fails at once
            raise ZygoteLost("the parent of the workers is silent") from error
        if len(data) < REPLY_SIZE:
            raise ZygoteLost("the parent of the workers ended")
        return data

    def close(self) -> None:
        """End the zygote; its children end with it."""
        self.control.close()
        with self.process:  # closes its pipe and waits
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()


def read_times(reply: bytes) -> tuple[int, int]:
    """Return the nanoseconds that a process ran and waited, as /proc says."""
    try:
        ran, waited, _ = map(int, reply[:SCHEDSTAT].rstrip(b"\0").split())
        if ran:  # a kernel that does not count says 0
            return ran, waited
        fields = reply[SCHEDSTAT:].rpartition(b")")[2].split()
        ticks = int(fields[11]) + int(fields[12])
        return ticks * (1_000_000_000 // os.sysconf("SC_CLK_TCK")), UNKNOWN
    except (ValueError, IndexError):
        return UNKNOWN, UNKNOWN
