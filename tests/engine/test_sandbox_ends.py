"""Does a question that ends its process cost that question, and no other?"""

from __future__ import annotations

import textwrap

import numpy as np
import pytest

from autograder.sandbox import packed_values, payloads, wire
from autograder.sandbox.exchange import Ended, Request
from autograder.sandbox.trusted.pool import Pool
from autograder.student.kinds import Kind
from autograder.student.probing import Unusable
from tests.support.workers import (
    FOUR,
    REQUESTS,
    X,
    answers,
    assert_honest_is_unharmed,
    run,
    source,
)

EXIT = "ended the interpreter (exit code 3): take exit() and quit() out"
LOOP = "took more than 1 s of computing time: does a loop never end?"


@pytest.mark.parametrize(
    ("body", "how"),
    [
        ("os._exit(3)", EXIT),
        ("while True: pass", LOOP),
        ("import time\ntime.sleep(60)", "slept or waited for more than 3 s"),
        ("import ctypes\nctypes.string_at(0)", "crashed the interpreter (SIGSEGV)"),
        ("while True: print('x' * 10000)", "printed more than 1 MiB"),
        ("os.kill(os.getpid(), 9)", "crashed the interpreter (SIGKILL)"),
        ("os.kill(os.getpid(), 40)", "crashed the interpreter (signal 40)"),
        ("os.kill(os.getpid(), 19)", "slept or waited for more than 3 s"),
        ("os.close(3)\nimport time\ntime.sleep(60)", "sent what is not an answer"),
        ("for n in range(3, 32): os.write(n, b'x' * 99) if n == 3 else 0",
         "sent what is not an answer"),
        ("os.write(3, bytes(16) + b'\\6\\0\\0\\0\\0')", "sent what is not an answer"),
        ("import ctypes\nctypes.CDLL(None).ptrace(0, 0, 0, 0)",
         "tried what is forbidden (SIGSYS)"),
        ("import ctypes\nctypes.CDLL(None).unshare(0x10000000)",
         "tried what is forbidden (SIGSYS)"),
    ],
)  # fmt: skip
def test_an_end_is_named_and_the_other_questions_count(
    pool: Pool, body: str, how: str
) -> None:
    text = "import os, sys, numpy as np\ndef double(x):\n" + textwrap.indent(
        body, "    "
    )
    modules = {"nn": text.encode(), "optim": b"def step(x): return x + 1"}
    outcome = pool.run(modules, [REQUESTS[0], REQUESTS[2]])
    assert outcome.results["double"].ended.text == how
    assert outcome.results["double"].cases == ()
    assert answers(outcome.results["step"]) == [[1, 2, 3]]
    assert_honest_is_unharmed(pool)


def test_a_giant_array_is_named_and_many_large_ones_end_the_process(
    pool: Pool,
) -> None:
    giant = run(pool, "return np.zeros(25_000_000)").results["double"]
    assert giant.cases[0].outputs[1][1] == Unusable("an array of more than 8 MiB")
    many = run(pool, "return np.zeros(800_000)").results["double"]
    assert many.cases == ()
    assert many.ended.text == "returned more than 8 MiB"


def test_a_stack_overflow_costs_one_question(pool: Pool) -> None:
    body = """
        sys.setrecursionlimit(10**9)
        class A:
            def __getattr__(self, name):
                return getattr(self, name + "x")
        return A().y
    """
    result = run(pool, body).results["double"]
    assert result.ended.text == "crashed the interpreter (SIGSEGV)" or result.cases


def test_a_signal_handler_does_not_outlive_the_limits(pool: Pool) -> None:
    body = """
        import signal
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
        while True: pass
    """
    result = run(pool, body).results["double"]
    assert result.ended.text == LOOP


def test_an_answer_that_guesses_the_id_is_not_taken(pool: Pool) -> None:
    output = packed_values.packed_output(np.zeros(3))
    case = payloads.pack_case([("output", output)], None)
    answer = payloads.pack_answer([case, case])
    forged = wire.frame(bytes(16), wire.FrameKind.ANSWER, answer)
    result = run(pool, f"os.write(3, {forged!r})\nreturn x").results["double"]
    assert result.cases == ()
    assert result.ended == Ended(Kind.ENDED, "sent what is not an answer")


def test_each_question_has_its_own_computing_time(pool: Pool) -> None:
    body = """
        import time
        until = time.process_time() + 0.6
        while time.process_time() < until: pass
        return x
    """
    requests = [Request(str(n), (("double", {"x": X}),)) for n in range(4)]
    results = run(pool, body, requests).results.values()
    assert [result.ended for result in results] == [None] * 4


def test_each_question_has_its_own_time_by_the_clock(pool: Pool) -> None:
    results = run(pool, "import time\ntime.sleep(1)\nreturn x", FOUR).results.values()
    assert [result.ended for result in results] == [None] * 4
    assert all(result.seconds > 0.9 for result in results)


def test_what_is_printed_counts_for_all_that_is_asked_at_once(pool: Pool) -> None:
    body = "print('x' * ({}))\nreturn x"
    results = run(pool, body.format("900_000"), FOUR).results.values()
    assert [result.ended for result in results] == [None] * 4
    much = body.format("9_000_000 if x[0] == 1 else 1")
    results = run(pool, much, FOUR).results.values()
    ended = [result.ended and result.ended.text for result in results]
    assert ended == [None, "printed more than 1 MiB", None, None]


def test_the_other_questions_go_on_where_one_has_ended(pool: Pool) -> None:
    body = "if x[0] == 1: os._exit(3)\nif x[0] == 2: os.write(3, bytes(99))\nreturn x"
    results = run(pool, body, FOUR).results
    ended = [results[request.question].ended for request in FOUR]
    assert [end and end.text for end in ended] == [
        None,
        EXIT,
        "sent what is not an answer",
        None,
    ]


def test_a_question_is_answered_whole_or_not_at_all(pool: Pool) -> None:
    result = run(pool, "if x[1] == 2: os._exit(1)\nreturn x").results["double"]
    assert result.cases == ()
    assert (
        result.ended.text
        == "ended the interpreter (exit code 1): take exit() and quit() out"
    )


@pytest.mark.parametrize("end", ["os._exit(1)", "while True: pass", "raise ValueError"])
def test_a_backward_question_needs_no_working_forward(pool: Pool, end: str) -> None:
    text = f"""
        import os
        def double(x):
            {end}
        def backward(x):
            return 3 * x
    """
    outcome = pool.run({"nn": source(text)}, REQUESTS[1:2])
    assert outcome.results["backward"].ended is None
    assert answers(outcome.results["backward"]) == [[0, 3, 6]]


def test_a_backward_that_ends_is_not_asked_twice(
    pool: Pool, asked: list[list[str]]
) -> None:
    text = "import time\ndef double(x): 1\ndef backward(x): time.sleep(60)"
    outcome = pool.run({"nn": text.encode()}, REQUESTS[1:2])
    assert outcome.results["backward"].ended.text == "slept or waited for more than 3 s"
    assert asked == [["backward"]]
