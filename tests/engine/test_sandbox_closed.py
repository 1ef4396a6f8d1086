"""What is told once a hidden input has left?"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox.exchange import Ended, Outcome, Request
from autograder.sandbox.trusted.pool import Pool
from autograder.student.kinds import Kind
from tests.support.workers import LIMITS, X, answers, source

SEEN = Request("seen", (("double", {"x": X}),))
HIDDEN = [
    Request(f"hidden {n}", (("double", {"x": X + n}),), unless="seen", hidden=True)
    for n in (10, 20)
]
CLOSED = Ended(Kind.ENDED, "ended its process before it answered")


def run(pool: Pool, text: str) -> Outcome:
    return pool.run({"nn": source(text)}, [*HIDDEN, SEEN])


@pytest.mark.parametrize(
    "end",
    ["os._exit(int(x[0]))", "os.kill(os.getpid(), int(x[0]) % 16)", "os.abort()",
     "os.kill(os.getpid(), 9)", "print('x' * 10**8)", "os.write(3, bytes(99))",
     "os.close(3); time.sleep(9)", "return np.zeros(10**6)"],
)  # fmt: skip
def test_every_end_of_a_hidden_question_is_told_alike(pool: Pool, end: str) -> None:
    text = f"""
        import os, time, numpy as np
        def double(x):
            if x[0] >= 10: {end}
            return 2 * x
    """
    outcome = run(pool, text.replace("np.zeros(10**6)", "np.zeros((2, 10**6))[:, 1:]"))
    assert answers(outcome.results["seen"]) == [[0, 2, 4]]
    for request in HIDDEN:
        result = outcome.results[request.question]
        assert result.ended == CLOSED or "np.zeros" in end
        assert result.cases == () or "np.zeros" in end


# A letter box as no confined worker has one: a folder that they all see.
AGAIN = """
    import os
    if os.path.exists({left!r}): raise ValueError("the hidden number is 10")
    def double(x):
        if x[0] == 10:
            if os.path.exists({left!r}): raise ValueError("the hidden number is 10")
            os.mkdir({left!r})
            {end}
        return 2 * x
"""


@pytest.mark.parametrize("end", ["os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_what_a_second_load_comes_to_is_not_told(
    probes: Path, asked: list[list[str]], end: str
) -> None:
    with (
        tempfile.TemporaryDirectory() as box,
        Pool(probes, required_level=0, highest=1, limits=LIMITS) as pool,
    ):
        os.chmod(box, 0o777)
        outcome = run(pool, AGAIN.format(left=f"{box}/left", end=end))
        assert os.listdir(box) == ["left"]
    assert outcome.loaded == {"nn": None}
    assert answers(outcome.results["seen"]) == [[0, 2, 4]]
    assert asked.count(["seen"]) == 1
    assert "hidden number" not in repr(outcome)
    assert outcome.results["hidden 10"].ended == CLOSED


def test_visible_cases_are_not_run_again_after_a_kill(
    pool: Pool, asked: list[list[str]]
) -> None:
    text = """
        import os
        def double(x):
            if x[0] == 10: os.kill(os.getpid(), 9)
            return 2 * x
    """
    outcome = run(pool, text)
    assert answers(outcome.results["seen"]) == [[0, 2, 4]]
    assert outcome.results["hidden 10"].ended == CLOSED
    assert answers(outcome.results["hidden 20"]) == [[40, 42, 44]]
    both = ["hidden 10", "hidden 20"]
    assert asked == [["seen"], both, both, ["hidden 20"]]


def test_a_kill_in_a_visible_case_is_told_and_tried_once_more(
    pool: Pool, asked: list[list[str]]
) -> None:
    text = "import os\ndef double(x): os.kill(os.getpid(), 15)"
    outcome = run(pool, text)
    told = "crashed the interpreter (SIGTERM)"
    assert [r.ended.text for r in outcome.results.values()] == [told] * 3
    assert asked == [["seen"], ["seen"]]
