"""The trusted side: asks a submission its questions and collects what comes back.

A pool never imports, compiles or unpickles a byte of a student's. It reads frames
(wire.py), counts what is printed, and ends a worker that passes a limit; the next
question gets a fresh one.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from autograder.sandbox.exchange import (
    CaseResult,
    Limits,
    Outcome,
    QuestionResult,
    Raised,
    Request,
    Unusable,
)
from autograder.sandbox.levels import Levels, kernel, next_step
from autograder.sandbox.trusted.worker_link import Ended, Interrupted, Worker
from autograder.sandbox.trusted.zygote_link import Zygote, ZygoteLost

__all__ = [
    "CaseResult",
    "IsolationError",
    "Levels",
    "Limits",
    "Outcome",
    "Pool",
    "QuestionResult",
    "Raised",
    "Request",
    "Unusable",
    "probe_levels",
]


class IsolationError(RuntimeError):
    """The machine does not confine a worker as well as it was asked to."""


class Pool:
    """One zygote with one worker at work and one that waits; not thread-safe.

    `probes` is the assignment's probes.py. Workers below `required_level` are never
    given a byte of a submission; layers above `highest` are not used.
    """

    def __init__(
        self,
        probes: Path,
        *,
        required_level: int = 3,
        limits: Limits = Limits(),  # noqa: B008 - frozen
        highest: int = 4,
    ) -> None:
        if not hasattr(os, "fork"):
            raise IsolationError(
                f"expected isolation level {required_level}, got none on this system; "
                "grade inside a Linux container or virtual machine"
            )
        self.probes, self.limits = probes, limits
        self.required_level, self.highest = required_level, highest
        self.waiting: Worker | None = None
        self.zygote = self._start()
        try:
            self._fork().kill()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Pool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the zygote and with it everything that it started."""
        self._send_away()
        self.zygote.close()

    def _send_away(self) -> None:
        """Let go of the worker that waits."""
        waiting, self.waiting = self.waiting, None
        if waiting is not None:
            with suppress(ZygoteLost):
                waiting.kill()

    def run(self, modules: Mapping[str, bytes], requests: Sequence[Request]) -> Outcome:
        """Return what the modules answer to the requests.

        Should something outside end the worker or the zygote, the submission is run
        once more from its start.
        """
        try:
            return _Run(self, modules, interruptible=True).outcome(requests)
        except ZygoteLost:
            self.close()
            self.zygote = self._start()
        except Interrupted:
            self._send_away()  # what ended one worker may have ended the other
        return _Run(self, modules, interruptible=False).outcome(requests)

    def _start(self) -> Zygote:
        try:
            return Zygote(self.probes, self.limits, self.highest)
        except ZygoteLost as lost:
            raise RuntimeError(
                f"expected a process for {self.probes.name} to start, got: {lost}"
            ) from None

    def _fork(self) -> Worker:
        """Return a worker whose confinement has been tried and is good enough.

        The next one is made at once: it confines itself while this one works.
        """
        worker, self.waiting = self.waiting, None
        try:
            worker = self._checked(worker or Worker(self.zygote, self.limits))
        except IsolationError:
            if worker is None:
                raise
            # Something ended it while it waited.
            worker = self._checked(Worker(self.zygote, self.limits))
        self.waiting = Worker(self.zygote, self.limits)
        return worker

    def _checked(self, worker: Worker) -> Worker:
        try:
            self._check(worker)
        except BaseException:
            worker.kill()
            raise
        return worker

    def _check(self, worker: Worker) -> None:
        try:
            worker.level, worker.evidence = worker.ready()
        except Ended as ended:
            said = worker.said()
            raise IsolationError(
                f"expected a confined worker, got one that {ended}: {said}"
            ) from None
        if worker.level < self.required_level:
            raise IsolationError(
                f"expected isolation level {self.required_level}, got {worker.level}; "
                + next_step(worker.level, self.zygote.why_not_wrapped)
            )


class _Run:
    """One submission on its way through a pool."""

    def __init__(
        self, pool: Pool, modules: Mapping[str, bytes], interruptible: bool
    ) -> None:
        self.pool, self.modules = pool, modules
        self.interruptible = interruptible
        self.loaded: dict[str, Raised | str | None] = {}
        self.results: dict[str, QuestionResult] = {}
        self.unrehearsed: set[str] = set()
        self.worker: Worker | None = None
        self.level, self.evidence = 0, tuple[str, ...]()

    def outcome(self, requests: Sequence[Request]) -> Outcome:
        try:
            self._load()
            self._ask([request for request in requests if not request.unless])
            self._ask([request for request in requests if request.unless])
        finally:
            if self.worker is not None:
                self.worker.kill()
        return Outcome(self.loaded, self.results, self.level, self.evidence)

    def _load(self) -> str:
        """Give a fresh worker the modules; return how it ended, "" if it did not.

        A module whose import ends the process is left out and the rest tried again.
        """
        for _ in range(len(self.modules) + 1):
            worker = self.worker = self.pool._fork()
            self.level, self.evidence = worker.level, worker.evidence
            refused = [n for n, how in self.loaded.items() if isinstance(how, str)]
            try:
                found = worker.load(self.modules, refused)
            except Ended as ended:
                culprit = worker.importing or next(iter(self.modules), "")
                self.loaded[culprit] = str(self._end(ended))
                continue
            for name in self.modules:
                if not isinstance(self.loaded.get(name), str):
                    self.loaded[name] = found.get(name)
            return ""
        return "could not import its modules again"

    def _ask(self, requests: Sequence[Request]) -> None:
        """Have the requests answered, in order, by as many workers as it takes."""
        left = deque(request for request in requests if not self._is_over(request))
        while left:
            rehearse = [request.unless not in self.unrehearsed for request in left]
            self._ask_once(left, rehearse)
            if self.rehearsing:
                # What ended the process was not what the question asks about.
                self.unrehearsed.add(left[0].question)
                self._ask_once(deque([left[0]]), [False])
                left.popleft()

    def _is_over(self, request: Request) -> bool:
        """Return whether the request ended with the one that it waits upon."""
        earlier = self.results.get(request.unless)
        if earlier is None or not earlier.ended:
            return False
        self.results[request.question] = QuestionResult((), earlier.ended, 0.0)
        return True

    def _ask_once(self, left: deque[Request], rehearse: Sequence[bool]) -> None:
        """Take from `left` what is answered, and what ended the process.

        If that was in a rehearsal, `rehearsing` is set and the request stays.
        """
        self.rehearsing = False
        started = time.monotonic()
        ended = "" if self.worker is not None else self._load()
        if self.worker is not None and not ended:
            try:
                for cases in self.worker.ask(list(zip(left, rehearse, strict=True))):
                    now = time.monotonic()
                    result = QuestionResult(cases, "", now - started)
                    self.results[left.popleft().question] = result
                    started = now
                return
            except Ended as end:
                self.rehearsing = end.rehearsing
                ended = str(self._end(end))
        result = QuestionResult((), ended, time.monotonic() - started)
        self.results[left[0].question] = result
        if not self.rehearsing:
            left.popleft()

    def _end(self, ended: Ended) -> Ended:
        """Let go of a worker that ended; raise Interrupted if others ended it."""
        self.worker = None
        if ended.from_outside and self.interruptible:
            raise Interrupted
        return ended


def probe_levels(highest: int = 4) -> Levels:
    """Return the isolation level of this machine, with its evidence."""
    with tempfile.TemporaryDirectory() as folder:
        probes = Path(folder) / "probes.py"
        probes.write_text("")
        try:
            with Pool(probes, required_level=0, highest=highest) as pool:
                outcome = pool.run({}, [])
                why = pool.zygote.why_not_wrapped
        except (IsolationError, RuntimeError) as error:
            return Levels(0, (), kernel(), str(error))
    step = next_step(outcome.level, why)
    return Levels(outcome.level, outcome.evidence, kernel(), step)
