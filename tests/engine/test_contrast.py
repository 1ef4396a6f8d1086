"""What sets the failed cases apart is said, and of several reasons the telling ones."""

import numpy as np
import pytest

from autograder.judging.report import HiddenReasons, QuestionReport
from autograder.student.findings import compare
from autograder.student.kinds import Kind
from autograder.student.marking import Verdict
from autograder.student.reasons.case import contrast

X, Y = np.ones((2, 3)), np.ones((2, 3, 4))


@pytest.mark.parametrize(
    ("failed", "passed", "trait"),
    [
        ([{"p": 2}, {"p": 1}], [{"p": 0}, {"p": 0}], "p is not 0"),
        ([{"s": 2}, {"s": 3}], [{"s": 1}, {"s": 1}], "s is larger than 1"),
        (
            [{"s": 2, "p": 3}],
            [{"s": 1, "p": 1}] * 3,
            "s and p are larger than 1",
        ),
        ([{"x": X}], [{"x": X, "mask": Y}] * 3, "mask is left out"),
        ([{"x": Y}], [{"x": X}] * 3, "x has more than two axes"),
        ([{"n": True}], [{"n": False}] * 3, "n is True"),
        ([{"w 0": X, "w 1": X}], [{"w 0": X}] * 3, "there is more than one w"),
        (
            [{"n": True, "d": 0.1}],
            [{"n": True, "d": 0.0}, {"n": False, "d": 0.1}] * 2,
            "n is True and d is not 0",
        ),
        ([{"p": 2}], [{"p": 0}, {"p": 0}], ""),  # too few to tell
        ([{"p": 2}, {"p": 0}], [{"p": 0}, {"p": 0}], ""),
        ([{"p": 2}] * 4, [], ""),
        ([{"x": X, "x (second call)": X}], [{"x": X}] * 3, ""),
    ],
)
def test_what_holds_for_failed_cases_alone_is_said(failed, passed, trait):
    assert contrast(failed, passed) == trait


def told(*verdicts):
    rows = [
        Verdict("a case", v, False, r, "", k, r, vague) for v, r, k, vague in verdicts
    ]
    return QuestionReport("q", 1.0, tuple(rows)).sentences(HiddenReasons.AT_ONCE)


VISIBLE = (True, "output: other values", Kind.VALUES, True)
RAISED = (False, "raised an exception", Kind.RAISED, False)


def test_what_is_vague_or_raised_is_left_out_beside_what_says_more():
    telling = (False, "output: the sign is flipped", Kind.VALUES, False)
    hidden = "With other inputs: output: the sign is flipped"
    assert told(VISIBLE, VISIBLE, telling, RAISED) == [hidden]
    assert told(VISIBLE, (False, *VISIBLE[1:])) == ["output: other values"]
    assert told((True, *telling[1:]), RAISED) == ["output: the sign is flipped"]
    assert told(RAISED) == ["With other inputs: raised an exception"]


def test_truth_values_are_told_apart():
    want = np.array([True, False, True])
    said = {
        "True and False have changed places": ~want,
        "False in some places where True is expected": want & False,
        "True in some places where False is expected": want | True,
    }
    for text, got in said.items():
        found = compare(want, got)
        assert found is not None
        assert found.text == text
