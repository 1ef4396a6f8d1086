"""How much time did a worker use: computing, sleeping, or waiting for a processor?"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.sandbox.exchange import UNKNOWN

# A process that computes for less than this share of its time is asleep.
AWAKE = 0.1
# After so many times its limit a process is ended, asleep or not.
PATIENCE = 10
# Less than this is not worth asking the zygote.
COARSE = 0.05


@dataclass(frozen=True)
class Reading:
    """Seconds since some moment: by the clock, computed, held up by other work."""

    clock: float
    computed: float
    held_up: float

    def since(self, earlier: Reading) -> Used:
        """Return what was used between two readings."""
        clock = self.clock - earlier.clock
        computed = self.computed - earlier.computed
        held_up = self.held_up - earlier.held_up
        if self.held_up < 0 and computed > AWAKE * clock:
            # The system does not tell how long it waited; it was not asleep.
            held_up = clock - computed
        return Used(computed, max(computed, clock - max(held_up, 0.0)))


@dataclass(frozen=True)
class Used:
    """Seconds that count: computed, and computed or asleep."""

    computed: float
    counted: float

    @property
    def asleep(self) -> bool:
        return self.computed < AWAKE * self.counted


@dataclass
class Budget:
    """The seconds that count of one submission, all questions and tries together."""

    total: float
    left: float


class Clock:
    """The time that one worker uses for the question at hand, taken off a budget.

    `ask` returns the nanoseconds that the worker ran and waited for a processor.
    """

    def __init__(self, ask: Callable[[], tuple[int, int]]) -> None:
        self.ask = ask
        self.start = Reading(0.0, 0.0, 0.0)

    def read(self) -> Reading:
        ran, waited = self.ask()
        held_up = (waited + own_waiting()) / 1e9 if waited != UNKNOWN else -1.0
        return Reading(time.monotonic(), max(ran, 0) / 1e9, held_up)

    def next(self, budget: Budget) -> None:
        """Begin the next question, unless the last one took next to no time."""
        if time.monotonic() - self.start.clock >= COARSE:
            self.finish(budget)

    def finish(self, budget: Budget) -> None:
        """Take off the budget what was used, and begin anew."""
        now = self.read()
        budget.left -= now.since(self.start).counted
        self.start = now

    def used(self) -> Used:
        """Return what was used since the question began."""
        return self.read().since(self.start)


def own_waiting() -> int:
    """Return the nanoseconds that this thread has waited for a processor."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1])
    return 0
