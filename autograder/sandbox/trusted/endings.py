"""How did a worker end, in words for a report?"""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass

from autograder.sandbox.exchange import ENDED_BY_ZYGOTE, Ended, Limits
from autograder.sandbox.trusted.clock import PATIENCE, Budget, Used
from autograder.student.kinds import Kind

# Signals that may come from somebody else: the question may be tried again.
OUTSIDE = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
NOT_AN_ANSWER = Ended(Kind.ENDED, "sent what is not an answer")
# Told once hidden inputs were sent: code could choose how to end by them.
CLOSED = Ended(Kind.ENDED, "ended its process before it answered")
LOST = Ended(Kind.ENDED, "ended together with the parent of all workers")
NOT_AGAIN = Ended(Kind.ENDED, "could not load its modules a second time")


@dataclass(eq=False)
class WorkerEnded(Exception):
    """A worker's process ended, by itself or because the pool ended it.

    `rehearsing`: in a call that its question does not ask about. `from_outside`: the
    student's code may not be the cause.
    """

    ended: Ended
    rehearsing: bool = False
    from_outside: bool = False


def too_long(used: Used, limits: Limits, budget: Budget) -> Ended | None:
    """Return which limit of time was passed, None if none was."""
    if used.computed >= limits.computing_seconds:
        text = f"took more than {limits.computing_seconds:g} s of computing time"
        return Ended(Kind.TOO_LONG, f"{text}: does a loop never end?")
    patience = limits.seconds if used.asleep else PATIENCE * limits.seconds
    if used.counted >= patience:
        return Ended(Kind.TOO_LONG, f"slept or waited for more than {patience:g} s")
    if used.counted >= budget.left:
        text = f"was still at work when all {budget.total:g} s of the submission were"
        return Ended(Kind.TOO_LONG, f"{text} used up")
    return None


def not_asked(budget: Budget) -> Ended:
    """Return why a question is not asked when the budget is used up."""
    text = f"was not asked: other questions used up all {budget.total:g} s that the"
    return Ended(Kind.NOT_ASKED, f"{text} submission has")


def not_loaded(budget: Budget) -> Ended:
    """Return why a module is not loaded when the budget is used up."""
    text = f"was not begun: all {budget.total:g} s of the submission were used up"
    return Ended(Kind.NOT_ASKED, text)


def closed(ended: Ended) -> Ended:
    """Return what may be told of an end when hidden inputs were known."""
    return CLOSED if ended.kind is Kind.ENDED else ended


def too_much(what: str, limit: int) -> Ended:
    """Return that a worker printed or returned more bytes than it may."""
    return Ended(Kind.ENDED, f"{what} more than {limit >> 20} MiB")


def is_outside(status: int) -> bool:
    """Return whether somebody else may have ended a process with that status."""
    by_zygote = status & ENDED_BY_ZYGOTE
    return not by_zygote and -os.waitstatus_to_exitcode(status) in OUTSIDE


def of_status(status: int) -> Ended:
    """Return how a process with that wait status ended."""
    if status & ENDED_BY_ZYGOTE:  # alive, but it had closed its socket
        return NOT_AN_ANSWER
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        text = f"ended the interpreter (exit code {code}): take exit() and quit() out"
    elif code == -signal.SIGSYS:
        text = "tried what is forbidden (SIGSYS)"
    else:
        named = -code in set(signal.Signals)  # real-time signals are not
        name = signal.Signals(-code).name if named else f"signal {-code}"
        text = f"crashed the interpreter ({name})"
    return Ended(Kind.ENDED, text)
