"""How do several processes of this machine judge? Each has its own zygote.

Processes and not threads: judging computes as much as the gradebook's bookkeeping
beside it, and in one Python only one of them would run at a time.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import cached_property, partial
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.report import Report
from autograder.judging.submission import Grader

# Has a submission judged; what it returns waits for the Report.
Submit = Callable[[Submission], Callable[[], Report]]


class Here(ExitStack):
    """A grader of this process, made when one elsewhere was lost."""

    def __init__(self, new: Callable[[], Grader]) -> None:
        super().__init__()
        self.new = new

    @cached_property
    def grader(self) -> Grader:
        return self.enter_context(self.new())


def judged_by(
    send: Submit,
    lost: tuple[type[BaseException], ...],
    here: Here,
) -> Submit:
    """Return the function that has an executor judge, or `here` what it has lost.

    `send` hands a submission to the executor; `lost` are the errors that say that
    the executor, or the way there, is no more.
    """

    def submit(submission: Submission) -> Callable[[], Report]:
        try:
            coming = send(submission)
        except lost:
            return lambda: here.grader.grade(submission)

        def report() -> Report:
            try:
                return coming()
            except lost:
                return here.grader.grade(submission)

        return report

    return submit


@contextmanager
def own_judges(
    course: Course,
    jobs: int,
    required_level: int,
    points: Mapping[str, float] | None = None,
) -> Iterator[Submit]:
    """Give the function that has a submission judged by one of `jobs` processes.

    Should one of them be ended from outside, what is left is judged here. Raises
    IsolationError if this machine offers less isolation than is required.
    """
    # One is made here, so that a machine without isolation refuses before it begins.
    new = partial(Grader, course, required_level, points=points)
    new().close()
    root, name = course.assignment.root, course.assignment.name
    settings = root, name, course.seed, points, required_level
    executor = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, settings)
    with Here(new) as here:
        try:
            yield judged_by(
                lambda submission: executor.submit(_judge, submission).result,
                (BrokenProcessPool,),
                here,
            )
        finally:
            unblock(executor)
            executor.shutdown(cancel_futures=True)


def unblock(executor: ProcessPoolExecutor) -> None:
    """Let a broken pool end: before Python 3.11.5 it waits for ever.

    A submission is larger than a pipe, and nobody reads what is still written to it:
    https://github.com/python/cpython/issues/94777. A newer Python closes the pipe by
    itself, in a thread of its own: it must not be closed twice.
    """
    if executor._broken and sys.version_info < (3, 11, 5):
        vars(executor)["_call_queue"]._reader.close()


_grader: Grader


def _begin(
    root: Path,
    name: str,
    seed: bytes,
    points: Mapping[str, float] | None,
    required_level: int,
) -> None:
    """Make this process's grader; see to it that the process ends with its parent."""
    global _grader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    end_with_parent()
    course = Course.load(root, name, seed)
    _grader = Grader(course, required_level, points=points)


def end_with_parent() -> None:
    """Let this process end when its parent has ended, however that did."""
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _judge(submission: Submission) -> Report:
    return _grader.grade(submission)
