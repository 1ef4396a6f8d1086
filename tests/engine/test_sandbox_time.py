"""Is it told what a program did with its time, whatever else the machine does?"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.judging.answer_key import Course
from autograder.judging.submission import Grader
from autograder.sandbox.exchange import UNKNOWN, Limits, Request
from autograder.sandbox.trusted.clock import Budget, Clock, Reading
from autograder.sandbox.trusted.endings import too_long
from autograder.sandbox.trusted.pool import Pool
from autograder.student.kinds import Kind
from tests.support.samples import ROOT
from tests.support.workers import X, end_texts, source

QUICK = Limits(computing_seconds=0.4, seconds=0.8)
FIVE = [Request(str(n), (("double", {"x": X + n}),)) for n in range(5)]
SLEEPS = b"import time\ndef double(x): time.sleep(60)"
LOOPS = b"def double(x):\n    while True: pass"
COMPUTING = "took more than 0.4 s of computing time: does a loop never end?"
SLEEPING = "slept or waited for more than 0.8 s"


@pytest.fixture
def busy() -> Iterator[None]:
    """Four processes that compute beside the test."""
    loops = [subprocess.Popen([sys.executable, "-c", "while 1: pass"]) for _ in "1234"]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


@pytest.mark.parametrize("level", [3, 4])
@pytest.mark.usefixtures("busy")
def test_loops_and_sleepers_are_told_apart_on_a_busy_machine(
    probes: Path, level: int
) -> None:
    with Pool(probes, highest=level, limits=QUICK) as pool:
        loops = pool.run({"nn": LOOPS}, FIVE[:1]).results["0"].ended
        sleeps = pool.run({"nn": SLEEPS}, FIVE[:1]).results["0"].ended
    assert (loops.kind, loops.text) == (Kind.TOO_LONG, COMPUTING)
    assert (sleeps.kind, sleeps.text) == (Kind.TOO_LONG, SLEEPING)


def used(*readings: tuple[float, float, float]):
    """Return what was used between two readings of a clock."""
    first, last = (Reading(*reading) for reading in readings)
    return last.since(first)


@pytest.mark.parametrize(
    ("clock", "computed", "held_up", "text"),
    [
        (0.5, 0.4, 0.1, COMPUTING),
        (60.0, 0.4, 59.0, COMPUTING),
        (60.0, 0.3, 59.7, None),  # never got a processor
        (60.0, 0.3, 59.0, None),
        (0.9, 0.0, 0.0, SLEEPING),
        (60.0, 0.01, 59.2, None),
        (60.0, 0.01, 59.0, SLEEPING),
        (7.9, 0.399, 0.0, SLEEPING),
        (3.0, 0.39, 0.0, None),  # naps between honest work
        (8.1, 0.82, 0.0, COMPUTING),
        (0.7, 0.2, -1.0, None),  # nobody tells what it waited for
        (2.0, 0.3, -1.0, None),
        (9.0, 0.01, -1.0, SLEEPING),
    ],
)
def test_the_time_spent_waiting_for_a_processor_does_not_count(
    clock: float, computed: float, held_up: float, text: str | None
) -> None:
    start = (100.0, 7.0, 3.0 if held_up >= 0 else -1.0)
    end = (100 + clock, 7 + computed, 3 + held_up if held_up >= 0 else -1.0)
    found = too_long(used(start, end), QUICK, Budget(20.0, 20.0))
    assert (found and found.text) == text


def test_where_no_time_is_told_a_loop_still_ends() -> None:
    clock = Clock(lambda: (UNKNOWN, UNKNOWN))
    clock.start = clock.read()
    time.sleep(0.01)
    assert clock.used().counted >= 0.01


def test_a_question_may_have_limits_of_its_own(probes: Path) -> None:
    text = """
        import time
        def double(x):
            until = time.process_time() + 0.8
            while time.process_time() < until: pass
            return x
    """
    generous = Limits(computing_seconds=8.0, seconds=9.0)
    case = FIVE[0].cases
    requests = [Request("own", case, limits=generous), Request("usual", case)]
    with Pool(probes, highest=3, limits=QUICK) as pool:
        outcome = pool.run({"nn": source(text)}, requests)
    assert end_texts(outcome) == {"own": None, "usual": COMPUTING}


def test_limits_follow_from_the_reference_and_may_be_set() -> None:
    course = Course.load(ROOT, "mlp", bytes(32))
    spin = "import time; t = time.thread_time() + 0.05\n"
    spin += " " * 8 + "while time.thread_time() < t: pass\n" + " " * 8
    old = "return np.maximum(x, 0.0)"
    slow = course.sources["nn"].replace(old, spin + old)
    slow_course = replace(course, sources=course.sources | {"nn": slow})
    given = replace(course.assignment, seconds=0.5)
    by_author = replace(slow_course, assignment=given, _trials={}, _took={})
    for there, usual in ((slow_course, None), (by_author, 0.5)):
        with Grader(there, required_level=0, highest=0) as grader:
            limits = {a.question.id: a.hidden.limits for a in grader.asked}
        relu = limits.pop("relu_forward")
        limits.pop("relu_backward")  # it begins with a forward
        assert relu.computing_seconds == 0.5 if usual else relu.computing_seconds >= 5
        assert {each and each.computing_seconds for each in limits.values()} == {usual}
    one = replace(by_author.assignment.question("sgd"), seconds=7.0)
    assert by_author.limits(one) == Limits(7.0, 7.0)


@pytest.mark.parametrize(
    ("text", "told"), [(SLEEPS, SLEEPING), (LOOPS, COMPUTING)], ids=["sleeps", "loops"]
)
def test_a_submission_has_one_budget(
    probes: Path, asked: list[list[str]], text: bytes, told: str
) -> None:
    with Pool(probes, highest=3, limits=QUICK, budget=1.0) as pool:
        outcome = pool.run({"nn": text}, FIVE)
        ends = [result.ended for result in outcome.results.values()]
        assert [request.question for request in FIVE] == list(outcome.results)
        assert ends[0].text == told
        assert ends[-1].kind is Kind.NOT_ASKED
        assert "all 1 s" in ends[-1].text
        assert {end.kind for end in ends} == {Kind.TOO_LONG, Kind.NOT_ASKED}
        assert len(asked) <= 3
        right = pool.run({"nn": b"def double(x): return x"}, FIVE)
        assert set(end_texts(right).values()) == {None}


def test_imports_that_sleep_are_of_the_same_budget(probes: Path) -> None:
    text = b"import time\ntime.sleep(0.5)\nimport os\ndef double(x): os._exit(0)"
    with Pool(probes, highest=3, limits=QUICK, budget=1.2) as pool:
        ends = [r.ended for r in pool.run({"nn": text}, FIVE).results.values()]
    assert ends[0].kind is Kind.ENDED
    assert ends[-1].kind is Kind.NOT_ASKED


def test_a_rehearsal_that_ends_is_asked_again_once_for_the_question(
    probes: Path, asked: list[list[str]]
) -> None:
    text = """
        import os
        def double(x): os._exit(0)
        def backward(x): return 3 * x
    """
    case = (("backward", {"x": X}),)
    requests = [Request("seen", case), Request("last", case, "seen", hidden=True)]
    with Pool(probes, highest=3, limits=QUICK) as pool:
        outcome = pool.run({"nn": source(text)}, requests)
    assert end_texts(outcome) == {"seen": None, "last": None}
    assert asked == [["seen"], ["seen"], ["last"]]


def test_a_rehearsal_that_loops_takes_a_part_of_the_time(probes: Path) -> None:
    text = LOOPS + b"\ndef backward(x): return 3 * x"
    requests = [Request("seen", (("backward", {"x": X}),))]
    with Pool(probes, highest=3, budget=1.4) as pool:  # a question alone may take 2
        outcome = pool.run({"nn": text}, requests)
    assert end_texts(outcome) == {"seen": None}


def test_a_rehearsal_that_forges_an_answer_is_asked_again_too(probes: Path) -> None:
    text = """
        import gc, os
        def double(x):
            [channel] = [c for c in gc.get_objects() if type(c).__name__ == "Channel"]
            os.write(3, channel.id + bytes([5, 3, 0, 0, 0, 1, 0, 9]))
            os._exit(0)
        def backward(x): return 3 * x
    """
    case = (("backward", {"x": X}),)
    with Pool(probes, highest=3, limits=QUICK) as pool:
        outcome = pool.run({"nn": source(text)}, [Request("seen", case)])
    assert end_texts(outcome) == {"seen": None}
