"""How does an author's own code that never ends, end in this process?"""

from __future__ import annotations

import faulthandler
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from autograder.sandbox.exchange import BUDGET, Limits

# What an author's files and reference may take, to load and to answer a case.
LONGEST = Limits(computing_seconds=BUDGET, seconds=10 * BUDGET)


class Endless(BaseException):
    """It took longer than it may: nothing that an author writes catches this."""


ANY_FAULT = (Exception, SystemExit, Endless)  # of whatever an author's own line does


_expendable = False  # this process, which somebody waits for


def end_where_stuck(log: IO[str]) -> None:
    """Let a call into C code that never ends be the end of this process.

    No handler of Python runs then. `log` gets the lines in which it was.
    """
    global _expendable
    if hasattr(faulthandler, "register"):
        faulthandler.register(signal.SIGVTALRM, log, all_threads=False, chain=True)
        _expendable = True


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

    timers = {
        signal.ITIMER_PROF: limits.computing_seconds,
        signal.ITIMER_REAL: 5 * limits.seconds,
    }
    if _expendable:  # later, so that C code that ends after all is told as usual
        timers[signal.ITIMER_VIRTUAL] = 2 * limits.computing_seconds
    handlers = {n: signal.signal(n, end) for n in (signal.SIGPROF, signal.SIGALRM)}
    before = {which: signal.setitimer(which, s) for which, s in timers.items()}
    try:
        yield
    finally:
        for which, timer in before.items():
            signal.setitimer(which, *timer)
        for number, handler in handlers.items():
            signal.signal(number, handler)
