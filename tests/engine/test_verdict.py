"""What is said of a whole case, and that nothing secret is in it."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.student.kinds import Kind
from autograder.student.marking import MISSING, Trial, mark
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Raised, Unusable, kept, plain
from autograder.student.questions import SAME, Case, Probe, Rule
from autograder.student.reasons.exception import HINTS
from tests.engine.wrong_arrays import CASE, EXPECTED, MISTAKES, thorough


def trial(expected, visible=False, case=CASE, inputs=None):
    rules = {"grad_bias": Rule(flat=(0,))}
    probe = Probe(iter, {"x": "N I"})
    inputs = {"x": np.ones((5, 3))} if inputs is None else inputs
    return Trial(case, "a case", visible, probe, inputs, expected, rules)


def marked(outputs, expected, raised=None, mistakes=(), visible=False):
    result = CaseResult(tuple((k, kept(v)) for k, v in outputs.items()), raised)
    (verdict,) = judge([trial(expected, visible)], [result], lambda: [mistakes])
    return verdict


KEY_ERROR = f"raised an exception: {HINTS['^KeyError']}"


TWO = {"grad_x": EXPECTED, "grad_bias": EXPECTED[:1]}


def test_a_right_case_passes_with_a_bias_of_one_axis():
    verdict = marked({"grad_x": EXPECTED, "grad_bias": EXPECTED[0]}, TWO)
    assert verdict.passed
    assert verdict.reason == ""


def test_a_squeezed_batch_of_one_fails():
    for name in ("output", "gradient", "grad_x"):
        assert not marked({name: EXPECTED[0]}, {name: EXPECTED[:1]}).passed


def test_several_reasons_come_in_order_each_said_once():
    verdict = marked({"grad_x": -EXPECTED, "grad_bias": -EXPECTED[:1]}, TWO)
    assert verdict.reason == "grad_x, grad_bias: the sign is flipped"
    verdict = marked({"grad_x": EXPECTED.T, "grad_bias": -EXPECTED[:1]}, TWO)
    assert verdict.reason == "grad_x: transposed?; grad_bias: the sign is flipped"


def test_what_came_before_a_crash_counts_and_the_crash_is_said():
    raised = Raised("KeyError", "347.8261", "nn.py line 12")
    verdict = marked({"grad_x": -EXPECTED}, TWO, raised)
    assert verdict.reason == f"grad_x: the sign is flipped; {KEY_ERROR}"
    assert marked({}, TWO, raised).reason == KEY_ERROR
    shown = marked({}, TWO, raised, visible=True).reason
    assert shown == KEY_ERROR.replace(
        "an exception:", "KeyError: 347.8261 (nn.py line 12):", 1
    )
    assert marked({}, TWO).reason == f"grad_x: {MISSING}"


def test_not_yet_written_is_said_so():
    raised = Raised("NotImplementedError", "anything", "nn.py line 3")
    for visible in (False, True):
        verdict = marked({}, TWO, raised, visible=visible)
        assert verdict.reason == "not yet written"
        assert verdict.kind is Kind.UNWRITTEN


def test_each_kind_of_failure_has_its_kind():
    raised = Raised("KeyError", "", "")
    right = {"grad_x": EXPECTED, "grad_bias": EXPECTED[:1]}
    assert marked(right, TWO).kind is Kind.PASSED
    assert marked({}, TWO, raised).kind is Kind.RAISED
    assert marked(right, TWO, raised).kind is Kind.RAISED
    assert marked({}, TWO).kind is Kind.MISSING
    assert marked({**right, "grad_x": EXPECTED.T}, TWO).kind is Kind.SHAPE
    assert marked({**right, "grad_x": "x"}, TWO).kind is Kind.DTYPE
    assert marked({**right, "grad_x": -EXPECTED}, TWO).kind is Kind.VALUES
    assert marked({**right, "more": EXPECTED}, TWO).kind is Kind.UNEXPECTED
    not_so = Raised("TypeError", "exceptions must derive from BaseException", "")
    assert marked({}, TWO, not_so).kind is Kind.UNWRITTEN


def test_what_was_changed_in_place_is_told_once():
    row = replace(trial(TWO), rules={"grad_bias": SAME})
    got = CaseResult((("grad_x", -EXPECTED), ("grad_bias", -EXPECTED[:1])))
    verdict = mark(row, got)
    assert verdict.kind is Kind.CHANGED
    assert verdict.reason.startswith("grad_bias: was changed")
    assert "grad_x" not in verdict.reason


def test_a_known_mistake_is_named_in_place_of_the_finding():
    mistakes = [("m1", {"grad_x": -EXPECTED, "grad_bias": EXPECTED[:1] / 5})]
    outputs = {"grad_x": -EXPECTED, "grad_bias": EXPECTED[:1] / 5}
    verdict = marked(outputs, TWO, mistakes=mistakes)
    assert verdict.reason == "grad_x: m1"
    assert verdict.mistake == "m1"
    # Also with a bias gradient of one axis, and not if anything else differs.
    outputs["grad_bias"] = outputs["grad_bias"][0]
    assert marked(outputs, TWO, mistakes=mistakes).mistake == "m1"
    outputs["grad_bias"] = outputs["grad_bias"] * 2
    assert marked(outputs, TWO, mistakes=mistakes).mistake == ""


# No sentence has these letters, or a digit besides 0 and 1.
secrets = st.text("αβγδ23456789", min_size=1)


@thorough
@given(secrets, secrets, st.sampled_from(sorted(MISTAKES)), st.booleans())
def test_no_hidden_reason_repeats_what_a_student_wrote(kind, message, name, usable):
    """A program could put what it was given into a message, or a type's name."""
    raised = Raised(kind, message, f"{message}.py line {message}")
    expected, value, _ = MISTAKES[name]
    got = plain(value) if usable else Unusable(message)
    result = CaseResult((("output", got),), raised)
    wanted = {"output": expected, "more": expected}
    verdict = mark(trial(wanted, inputs={}), result)
    shown = mark(trial(wanted, visible=True, inputs={}), result)
    assert not set(shown.closed) & set(kind + message) - set("0123456789")
    assert verdict.reason.startswith("output: ")
    assert verdict.reason.endswith("; raised an exception")
    said = verdict.reason.replace("float64", "").replace("float32", "")
    assert not set(said) & set(kind + message)


@thorough
@given(st.integers(0, 2**31), st.sampled_from([-1.0, 2.0, 5.0, 1.7]))
def test_hidden_reasons_do_not_depend_on_the_numbers(seed, factor):
    """The same mistake on other numbers is told in the same words."""
    said = set()
    for k in (0, 1):
        rng = np.random.default_rng([seed, k])
        expected = {"output": rng.uniform(100.0, 999.0, (5, 3))}
        said.add(marked({"output": factor * expected["output"]}, expected).reason)
    assert len(said) == 1
    (reason,) = said
    assert not re.search(r"\d", reason)


def judged(inputs, outputs):
    return "order: a node is missing" if inputs or outputs else "wrong"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (np.arange(3), "order: a node is missing"),
        (None, "order: is None, or nothing that was asked for: is a return missing?"),
        ({347: 1}, "order: is not what was asked for"),
    ],
)
def test_a_predicate_says_what_it_finds(value, reason):
    case = Case("sort", "a case", judge=judged)
    result = CaseResult((("order", kept(value)),))
    verdict = mark(trial({"order": np.arange(3)}, case=case, inputs={}), result)
    assert verdict.reason == reason
