"""Graders that are killed, interrupted or alone on a port lose nothing."""

import os
import signal
import subprocess
import time
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest

from autograder.classroom.grade import grade_class
from autograder.classroom.judges import unblock
from tests.support.classes import lost_questions
from tests.support.commands import BIN
from tests.support.waiting import until
from tests.support.whole_class import (
    WANTED,
    graded_notebooks,
    make_class,
    records,
    watching,
)

pytestmark = pytest.mark.long


def of_session(leader: int) -> set[int]:
    """Return the processes of a session that are still there."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended while we looked
            state, _, _, session = status.read_text().rsplit(")")[-1].split()[:4]
            if int(session) == leader and state != "Z":
                found.add(int(status.parts[2]))
    return found


@contextmanager
def grading(course):
    """Start the grader in a session of its own, of which nothing is to be left."""
    grader = subprocess.Popen(
        [str(BIN / "autograder"), "grade", "mlp", "--jobs", "2"],
        cwd=course,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield grader
    finally:
        for pid in of_session(grader.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        grader.wait()


def test_a_judging_process_that_is_killed_loses_nothing(scratch):
    course, expected = make_class(scratch, size=30)
    killed = []

    def kill(done):
        judges = active_children()
        if done >= 4 and judges:
            killed.append(judges[0].pid)
            judges[0].kill()
        return killed

    with watching(course, kill):
        summary = grade_class(course, "mlp", jobs=2)
    assert killed
    assert summary.counts["graded"] == 30 + len(WANTED)
    assert {k: v for k, v in lost_questions(course, "mlp").items() if k in WANTED} == (
        expected
    )


def test_interrupted_and_killed_graders_lose_nothing(scratch):
    course, _ = make_class(scratch, size=20)
    for wanted, sign in ((2, signal.SIGINT), (6, signal.SIGKILL)):
        with grading(course) as grader:
            until(
                lambda grader=grader, wanted=wanted: (
                    graded_notebooks(course) >= wanted or grader.poll() is not None
                )
            )
            grader.send_signal(sign)
            grader.wait()
            # The judging processes see that they are alone, whenever that is.
            until(lambda grader=grader: not of_session(grader.pid))
    done = graded_notebooks(course)
    assert grade_class(course, "mlp").counts["graded"] <= 20 + len(WANTED) - done + 1
    interrupted = records(course)
    assert list(course.glob(".grading-*")) == []
    grade_class(course, "mlp", force=True)
    assert records(course) == interrupted
    assert len(interrupted[1]) == 20 + len(WANTED)


def test_a_pool_that_is_broken_while_it_is_written_to_ends():
    """Without `unblock` it waits for ever, with a Python older than 3.11.5."""
    pool = ProcessPoolExecutor(1, get_context("spawn"))
    busy = pool.submit(time.sleep, 600)
    coming = [pool.submit(len, bytes(1 << 22)) for _ in range(3)]
    until(busy.running)
    (process,) = pool._processes.values()
    process.kill()
    for future in (busy, *coming):
        with pytest.raises(BrokenProcessPool):
            future.result()
    unblock(pool)
    pool.shutdown(cancel_futures=True)
