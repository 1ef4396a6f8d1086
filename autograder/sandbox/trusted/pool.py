"""Which processes run submissions? One zygote, a worker, and one that waits.

A pool never imports, compiles or unpickles a byte of a student's. It reads frames
(wire.py), counts what is printed, and ends a worker that passes a limit; the next
question gets a fresh one.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.sandbox.exchange import BUDGET, Limits, Outcome, Request
from autograder.sandbox.trusted.endings import WorkerEnded
from autograder.sandbox.trusted.run import Run
from autograder.sandbox.trusted.worker_link import WorkerLink
from autograder.sandbox.trusted.zygote_link import ZygoteLink, ZygoteLost


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
        budget: float = BUDGET,
    ) -> None:
        if sys.platform != "linux":
            raise IsolationError(
                f"expected isolation level {required_level}, got none on this system; "
                "grade inside a Linux container or virtual machine"
            )
        self.probes, self.limits = probes, limits
        self.required_level, self.highest = required_level, highest
        self.budget = budget
        self.waiting: WorkerLink | None = None
        self.zygote = self._start()
        try:
            self.fork().kill()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the zygote and with it everything that it started."""
        self.end_waiting()
        self.zygote.close()

    def end_waiting(self) -> None:
        """End the worker that waits."""
        if self.waiting is not None:
            self.waiting.kill()
            self.waiting = None

    def restart(self) -> None:
        """Replace a zygote that has ended."""
        self.close()
        self.zygote = self._start()

    def run(
        self,
        sources: Mapping[str, bytes],
        requests: Sequence[Request],
        judged: Sequence[str] | None = None,
    ) -> Outcome:
        """Return what a submission answers to the requests.

        `sources` are the files of its `mytorch` folder, by name; the `judged` ones
        (all if None) are loaded at once, in order, the others where one of them
        imports them.
        """
        names = list(sources) if judged is None else list(judged)
        return Run(self, sources, names, requests).outcome()

    def _start(self) -> ZygoteLink:
        try:
            return ZygoteLink(self.probes, self.limits, self.highest)
        except ZygoteLost as lost:
            raise RuntimeError(
                f"expected a process for {self.probes.name} to start, got: {lost}"
            ) from None

    def fork(self) -> WorkerLink:
        """Return a worker whose confinement has been tried and is good enough.

        The next one is made at once: it confines itself while this one works.
        """
        waiting, self.waiting = self.waiting, None
        worker = waiting or WorkerLink(self.zygote, self.limits)
        try:
            self._check(worker)
        except IsolationError:
            if waiting is None:
                raise
            return self.fork()  # something ended it while it waited
        self.waiting = WorkerLink(self.zygote, self.limits)
        return worker

    def next_step(self) -> str:
        """Return what to do to reach the next level, "" at the highest."""
        if self.level == 4:
            return ""
        if self.level == 3:
            why = self.zygote.why_not_wrapped
            step = "install bubblewrap and allow unprivileged user namespaces"
            return f"for level 4 let bubblewrap make namespaces ({why}): {step}"
        if self.level == 2:
            return "for level 3 use a kernel of 5.13 or newer with Landlock switched on"
        return "for level 3 grade on Linux (x86_64 or aarch64, kernel 5.13 or newer)"

    def _check(self, worker: WorkerLink) -> None:
        """End a worker that is not confined, and raise IsolationError."""
        try:
            self.level, self.evidence = worker.ready()
            if self.level < self.required_level:
                expected = f"expected isolation level {self.required_level}, got"
                raise IsolationError(f"{expected} {self.level}; {self.next_step()}")
        except WorkerEnded as ended:
            text = f"expected a confined worker, got one that {ended.ended.text}"
            raise IsolationError(f"{text}: {worker.said()}") from None
        except BaseException:
            worker.kill()
            raise
