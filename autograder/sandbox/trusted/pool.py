"""Which processes run submissions? One zygote, a worker, and one that waits.

A pool never imports, compiles or unpickles a byte of a student's. It reads frames
(wire.py), counts what is printed, and ends a worker that passes a limit; the next
question gets a fresh one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from autograder.sandbox.exchange import BUDGET, UNKNOWN, Limits, Outcome, Request
from autograder.sandbox.trusted.endings import WorkerEnded
from autograder.sandbox.trusted.levels import NO_TIMES, Levels, next_step
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
        if not hasattr(os, "fork"):
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
        self._end_waiting()
        self.zygote.close()

    def _end_waiting(self) -> None:
        """End the worker that waits."""
        waiting, self.waiting = self.waiting, None
        if waiting is not None:
            with suppress(ZygoteLost):
                waiting.kill()

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
        return Run(self, sources, names).outcome(requests)

    def renew(self, zygote_too: bool) -> None:
        """End the worker that waits, after something else ended another one."""
        if zygote_too:
            self.close()
            self.zygote = self._start()
        else:
            self._end_waiting()

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
        worker, self.waiting = self.waiting, None
        try:
            worker = self._checked(worker or WorkerLink(self.zygote, self.limits))
        except IsolationError:
            if worker is None:
                raise
            # Something ended it while it waited.
            worker = self._checked(WorkerLink(self.zygote, self.limits))
        self.waiting = WorkerLink(self.zygote, self.limits)
        return worker

    def tells_times(self) -> bool:
        """Return whether time spent waiting for a processor can be told apart."""
        worker = self.fork()
        try:
            return UNKNOWN not in self.zygote.times(worker.first_id)
        finally:
            worker.kill()

    def _checked(self, worker: WorkerLink) -> WorkerLink:
        """Return the worker; IsolationError, and it is ended, if it is not confined."""
        try:
            worker.level, worker.evidence = worker.ready()
            if worker.level < self.required_level:
                raise IsolationError(
                    f"expected isolation level {self.required_level}, got "
                    f"{worker.level}; "
                    + next_step(worker.level, self.zygote.why_not_wrapped)
                )
        except WorkerEnded as ended:
            said = worker.said()
            worker.kill()
            raise IsolationError(
                f"expected a confined worker, got one that {ended}: {said}"
            ) from None
        except BaseException:
            worker.kill()
            raise
        return worker


def probe_levels(highest: int = 4) -> Levels:
    """Return the isolation level of this machine, with its evidence."""
    system = os.uname()
    kernel = f"{system.sysname} {system.release} {system.machine}"
    with tempfile.TemporaryDirectory() as folder:
        probes = Path(folder) / "probes.py"
        probes.write_text("")
        try:
            with Pool(probes, required_level=0, highest=highest) as pool:
                outcome = pool.run({}, [])
                why = pool.zygote.why_not_wrapped
                times = () if pool.tells_times() else (NO_TIMES,)
        except (IsolationError, RuntimeError) as error:
            return Levels(0, (), kernel, str(error))
    step = next_step(outcome.level, why)
    return Levels(outcome.level, outcome.evidence + times, kernel, step)
