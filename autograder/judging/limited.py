"""How does an author's own code that never ends, end in this process?"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from autograder.sandbox.exchange import BUDGET, Limits

# What an author's files and reference may take, to load and to answer a case.
LONGEST = Limits(computing_seconds=BUDGET, seconds=10 * BUDGET)


class Endless(BaseException):
    """It took longer than it may: nothing that an author writes catches this."""


ANY_FAULT = (Exception, SystemExit, Endless)  # of whatever an author's own line does


@contextmanager
def limited(limits: Limits = LONGEST) -> Iterator[None]:
    """Raise Endless inside once it computed or waited for longer than it may.

    Outside of the main thread, and where there are no such timers, nothing ends it.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(
        signal, "setitimer"
    ):
        yield
        return

    def end(*_: object) -> None:
        most = f"{limits.computing_seconds:g} s"
        raise Endless(f"took more than {most}: does a loop never end?")

    timers = (
        (signal.ITIMER_PROF, signal.SIGPROF, limits.computing_seconds),
        (signal.ITIMER_REAL, signal.SIGALRM, 5 * limits.seconds),
    )
    with ExitStack() as before:
        for which, number, seconds in timers:
            before.callback(signal.signal, number, signal.signal(number, end))
            timer = signal.setitimer(which, seconds)
            before.callback(signal.setitimer, which, *timer)
        yield
