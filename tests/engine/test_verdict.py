"""What a verdict says: each kind of mistake by its sentence, and nothing secret."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.student.equality import ATOL, RTOL, close, same_shape
from autograder.student.findings import compare
from autograder.student.kinds import Kind
from autograder.student.marking import Trial, mark
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Raised, Unusable, kept, plain
from autograder.student.questions import PLAIN, SAME, Case, Probe, Rule
from autograder.student.reasons.array import shape_reason
from autograder.student.reasons.exception import HINTS

RNG = np.random.default_rng(5)
# Numbers of many digits, so that one that leaks is seen.
EXPECTED = RNG.uniform(211.0, 977.0, (5, 3)) * RNG.choice([-1.0, 1.0], (5, 3))
SQUARE = RNG.uniform(211.0, 977.0, (4, 4))
LOSS = np.array(347.8261)
SIZES = {"N": 5, "the number of columns": 3, "the number of entries": 15}
CASE = Case("question", "a case")
thorough = settings(max_examples=200, deadline=None, derandomize=True, database=None)


def finding(expected, value, rule=PLAIN):
    """Return what is said of a value, as a hidden case says it."""
    found = compare(expected, kept(value), rule, SIZES)
    return found.say(visible=False) if found else None


def changed(place, by=1.5, base=EXPECTED):
    """Return what was expected, but for the entries at `place`."""
    array = base.copy()
    array[place] += by
    return array


# What is expected, what came, and what has to be said of it.
MISTAKES = {
    "transposed": (EXPECTED, EXPECTED.T, "transposed?"),
    "transposed row": (EXPECTED[:1], EXPECTED[:1].T, "transposed?"),
    "transposed square": (SQUARE, SQUARE.T, "transposed?"),
    "not summed": (EXPECTED[:1], EXPECTED, "not summed over the batch?"),
    "not summed, (O,)": (EXPECTED[0], EXPECTED, "not summed over the batch?"),
    "not summed, one neuron": (
        EXPECTED[:1, :1],
        EXPECTED[:, :1],
        "not summed over the batch?",
    ),
    "not summed, square": (SQUARE[:1], SQUARE, "not summed over the batch?"),
    "broadcast of a column": (
        EXPECTED[:, :1],
        EXPECTED[:, :1] - EXPECTED[:, 0],
        "(n,) with (n, 1) broadcasts to (n, n): reshape first?",
    ),
    "broadcast of one axis": (
        EXPECTED[:, 0],
        EXPECTED[:, :1] - EXPECTED[:, 0],
        "(n,) with (n, 1) broadcasts to (n, n): reshape first?",
    ),
    "summed over everything": (
        EXPECTED,
        EXPECTED.sum(),
        "a single number, expected an array: summed over every axis?",
    ),
    "not averaged": (
        LOSS,
        np.full(5, 347.8261),
        "an array, expected a single number: not summed or averaged?",
    ),
    "keepdims left in": (
        LOSS,
        LOSS.reshape(1, 1),
        "one number in an array, expected the number itself: drop keepdims?",
    ),
    "squeezed batch of one": (
        EXPECTED[:1],
        EXPECTED[0],
        "an axis of length 1 is lost: one row is still a row, one column a column",
    ),
    "axis added": (
        EXPECTED,
        EXPECTED[None],
        "an axis of length 1 too many: drop keepdims or the extra brackets?",
    ),
    "summed with keepdims": (
        EXPECTED,
        EXPECTED.sum(axis=0, keepdims=True),
        "summed or averaged over an axis that should have stayed",
    ),
    "summed": (
        EXPECTED,
        EXPECTED.sum(axis=0),
        "an axis is missing: summed, squeezed or indexed once too often?",
    ),
    "reshaped": (
        SQUARE,
        SQUARE.reshape(2, 8),
        "the right number of entries in the wrong shape: reshaped?",
    ),
    "product over the wrong axis": (
        EXPECTED,
        EXPECTED @ EXPECTED.T,
        "wrong shape: which axis does the formula add over?",
    ),
    "empty": (EXPECTED, np.zeros((0, 3)), "is empty: nothing was put in"),
    "NaN": (
        EXPECTED,
        np.full_like(EXPECTED, np.nan),
        "has NaN: 0 / 0, log of a negative number, or inf - inf?",
    ),
    "one NaN": (
        EXPECTED,
        changed((1, 1), np.nan),
        "has NaN: 0 / 0, log of a negative number, or inf - inf?",
    ),
    "infinity": (
        EXPECTED,
        changed((1, 1), np.inf),
        "has infinity: log(0), a division by 0, or exp of a large number?",
    ),
    "infinite loss": (
        LOSS,
        float("inf"),
        "has infinity: log(0), a division by 0, or exp of a large number?",
    ),
    "zeros": (
        EXPECTED,
        np.zeros_like(EXPECTED),
        "is all zeros: is it written where it is expected, or multiplied by a 0?",
    ),
    "sign": (EXPECTED, -EXPECTED, "the sign is flipped"),
    "sign of a loss": (LOSS, -LOSS, "the sign is flipped"),
    "N": (EXPECTED, EXPECTED * 5, "too large by the factor N: is a mean missing?"),
    "N in a loss": (LOSS, LOSS * 5, "too large by the factor N: is a mean missing?"),
    "1/N": (
        EXPECTED,
        EXPECTED / 5,
        "too small by the factor N: divided once too often?",
    ),
    "columns": (
        EXPECTED,
        EXPECTED / 3,
        "too small by the factor the number of columns: divided once too often?",
    ),
    "size": (
        LOSS,
        LOSS / 15,
        "too small by the factor the number of entries: divided once too often?",
    ),
    "minus N": (
        EXPECTED,
        EXPECTED * -5,
        "the sign is flipped, and too large by the factor N: is a mean missing?",
    ),
    "2": (EXPECTED, EXPECTED * 2, "twice too large"),
    "half": (EXPECTED, EXPECTED / 2, "half of it"),
    "some factor": (
        EXPECTED,
        EXPECTED * 1.37,
        "right but for one constant factor",
    ),
    "some summand": (
        EXPECTED,
        EXPECTED + 41.7,
        "right but for one constant that is added",
    ),
    "reversed": (
        EXPECTED,
        EXPECTED[::-1],
        "the right entries in other places: reversed, or reshaped?",
    ),
    "whole numbers": (
        EXPECTED,
        EXPECTED.astype(int),
        "right but for the decimals: was something cut to whole numbers?",
    ),
    "floored": (
        EXPECTED,
        EXPECTED // 1,
        "right but for the decimals: was something cut to whole numbers?",
    ),
    "float32 on the way": (
        EXPECTED,
        EXPECTED.astype(np.float32).astype(float),
        "nearly right: rounded, cast to float32, or a small number added?",
    ),
    "a small number added": (
        LOSS,
        LOSS + 1e-6,
        "nearly right: rounded, cast to float32, or a small number added?",
    ),
    "last row": (EXPECTED, changed(-1), "right except for the last row"),
    "first row": (EXPECTED, changed(0), "right except for the first row"),
    "one row": (EXPECTED, changed(2), "right except for one row"),
    "last of two rows": (
        EXPECTED[:2],
        changed(-1, base=EXPECTED[:2]),
        "right except for the last row",
    ),
    "one column": (EXPECTED, changed((..., 1)), "right except for one column"),
    "last column": (EXPECTED, changed((..., 2)), "right except for the last column"),
    "only one row": (
        EXPECTED,
        changed(slice(1, None)),
        "wrong except for the first row",
    ),
    "last entry": (
        EXPECTED[:, 0],
        changed(-1, base=EXPECTED[:, 0]),
        "right except for the last entry",
    ),
    "negatives": (
        EXPECTED,
        np.where(EXPECTED < 0, EXPECTED + 1.5, EXPECTED),
        "right except where the result is negative",
    ),
    "positives": (
        EXPECTED,
        np.where(EXPECTED > 0, EXPECTED + 1.5, EXPECTED),
        "right except where the result is positive",
    ),
    "where 0 is expected": (
        np.where(EXPECTED < 0, 0.0, EXPECTED),
        np.where(EXPECTED < 0, 1.5, EXPECTED),
        "right except where 0 is expected",
    ),
    "some entries": (
        EXPECTED,
        changed(([0, 1, 3], [0, 2, 1])),
        "right in some entries, wrong in others",
    ),
    "other values": (
        EXPECTED,
        EXPECTED**2,
        "has the right shape, but other values than the formula gives",
    ),
    "float32": (
        EXPECTED,
        EXPECTED.astype(np.float32),
        "right up to rounding, but not in float64: drop the cast",
    ),
    "float16": (
        EXPECTED,
        EXPECTED.astype(np.float16),
        "right up to rounding, but not in float64: drop the cast",
    ),
    "a float32 number": (
        LOSS,
        np.float32(LOSS),
        "right up to rounding, but not in float64: drop the cast",
    ),
    "float32, wrong": (
        EXPECTED,
        (EXPECTED**2).astype(np.float32),
        "is not in float64: drop the cast",
    ),
    "small and float32, wrong": (
        EXPECTED * 1e-9,
        np.zeros((5, 3), np.float32),
        "is not in float64: drop the cast",
    ),
    "complex": (EXPECTED, EXPECTED + 0j, "is complex, expected real numbers"),
    "bool": (EXPECTED, EXPECTED > 0, "is made of True and False, expected numbers"),
    "None": (
        EXPECTED,
        None,
        "is None: is a return or an assignment missing, or not yet written?",
    ),
    "a bare 0": (EXPECTED, 0, "a bare 0, expected an array: not yet written?"),
    "a loss of 0": (LOSS, 0.0, "is 0: not yet written, or multiplied by a 0?"),
    "list": (
        EXPECTED,
        EXPECTED.tolist(),
        "is a list, expected a NumPy array: np.array makes one of it",
    ),
    "tuple": (
        EXPECTED,
        (EXPECTED, EXPECTED),
        "is a tuple, expected one array: is there a comma too many?",
    ),
    "generator": (
        EXPECTED,
        (row for row in EXPECTED),
        "is a generator, expected an array: is there a yield for a return?",
    ),
    "method": (
        EXPECTED,
        EXPECTED.copy,
        "is a function, expected an array: are the () of a call missing?",
    ),
    "text": (LOSS, "347.8261", "is text, expected a NumPy array or a number"),
    "something else": (
        EXPECTED,
        {"output": EXPECTED},
        "neither a NumPy array nor a number",
    ),
    "subclass": (
        EXPECTED,
        EXPECTED.view(np.ma.MaskedArray),
        "is a subclass of an array, such as np.matrix or a masked one, expected a "
        "plain NumPy array",
    ),
    "one number for all": (
        EXPECTED,
        np.full_like(EXPECTED, EXPECTED.sum()),
        "the same number in every place: is it summed over one axis too many?",
    ),
    "one row for all": (
        EXPECTED,
        np.tile(EXPECTED.sum(axis=0), (5, 1)),
        "all rows are the same: does each start afresh, from its own input?",
    ),
    "log2": (
        LOSS,
        LOSS / np.log(2.0),
        "a logarithm to another base: np.log is the natural one",
    ),
    "log10": (
        EXPECTED,
        EXPECTED / np.log(10.0),
        "a logarithm to another base: np.log is the natural one",
    ),
    "objects": (
        EXPECTED,
        EXPECTED.astype(object),
        "is an array of objects, expected numbers: were rows of unequal length put in?",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_has_its_sentence(name):
    expected, value, text = MISTAKES[name]
    assert finding(expected, value) == text


@pytest.mark.parametrize("name", MISTAKES)
def test_no_sentence_holds_a_number_of_an_array(name):
    """0 and 1 are words of the sentences, as in log(0) and (n, 1)."""
    expected, value, _ = MISTAKES[name]
    said = finding(expected, value).replace("float64", "").replace("float32", "")
    assert set(re.findall(r"\d+", said)) <= {"0", "1"}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_visible_case_has_the_same_sentence_and_more(name):
    expected, value, text = MISTAKES[name]
    value = value if name != "generator" else iter([])
    found = compare(expected, kept(value), PLAIN, SIZES)
    said = found.say(visible=True)
    assert said.endswith(found.text)
    if isinstance(value, np.ndarray) and value.shape != expected.shape:
        assert said == f"has shape {value.shape}, expected {expected.shape}: {text}"


@pytest.mark.parametrize("name", MISTAKES)
def test_an_argument_that_comes_back_otherwise_was_changed(name):
    expected, value, _ = MISTAKES[name]
    said = finding(expected, value, SAME)
    assert said == "was changed: leave it as it came, and work on a copy"


@pytest.mark.parametrize(
    "what", ["an array of more than 8 MiB", "an array of more than 64 MiB"]
)
def test_what_is_too_large_for_the_wire_is_said_to_be(what):
    said = compare(EXPECTED, Unusable(what)).say(visible=False)
    assert said == "is far larger than what the formula gives"


def test_the_name_of_a_type_is_told_of_visible_cases_only():
    found = compare(EXPECTED, Unusable("Secret347"))
    assert "Secret347" in found.say(visible=True)
    assert "Secret347" not in found.say(visible=False)


def test_shapes_of_any_kind_have_a_reason():
    shapes = [(), (1,), (3,), (1, 1), (1, 3), (3, 1), (3, 3), (3, 2), (2, 3, 1), (0, 3)]
    for want in shapes:
        for have in shapes:
            assert want == have or shape_reason(want, have)


# ---- what is as good as equal, and what is not

shapes = st.lists(st.integers(1, 5), max_size=3).map(tuple)


def drawn(seed, shape, low=-3.0, high=3.0):
    scale = 10.0 ** np.random.default_rng(seed + 1).uniform(low, high)
    return np.asarray(np.random.default_rng(seed).normal(size=shape) * scale)


@thorough
@given(st.integers(0, 2**31), shapes)
def test_rounding_differences_pass(seed, shape):
    expected = drawn(seed, shape)
    rng = np.random.default_rng(seed + 2)
    largest = np.abs(expected).max()
    noise = rng.uniform(-0.9, 0.9, shape)
    assert finding(expected, expected * (1 + noise * RTOL)) is None
    assert finding(expected, expected + noise * ATOL * largest) is None


@thorough
@given(st.integers(0, 2**31), shapes)
def test_more_than_rounding_does_not(seed, shape):
    expected = drawn(seed, shape)
    noise = np.random.default_rng(seed + 2).choice([-1.0, 1.0], shape)
    found = finding(expected, expected * (1 + noise * 100 * RTOL))
    assert found in {
        "nearly right: rounded, cast to float32, or a small number added?",
        "right but for one constant factor",
    }


@thorough
@given(st.integers(0, 2**31), st.integers(1, 5))
def test_one_axis_is_as_good_as_two_only_where_it_is_flat(seed, n):
    line = drawn(seed, n)
    row, column = line[None, :], line[:, None]
    for expected, got in ((line, row), (row, line)):
        assert finding(expected, got, Rule(flat=(0,))) is None
        assert finding(expected, got, Rule(flat=(0, 1))) is None
        assert finding(expected, got) is not None
        assert n == 1 or finding(expected, got, Rule(flat=(1,))) is not None
    for expected, got in ((line, column), (column, line)):
        assert finding(expected, got, Rule(flat=(1,))) is None
        assert n == 1 or finding(expected, got, Rule(flat=(0,))) is not None
    assert n == 1 or finding(row, column, Rule(flat=(0, 1))) is not None
    assert (
        finding(line.reshape(1, n), line.reshape(1, 1, n), Rule(flat=(0, 1)))
        is not None
    )


def test_a_number_is_no_flat_array():
    assert not same_shape(np.array(2.0), np.array([2.0]), flat=(0, 1))
    assert not same_shape(np.array([[2.0]]), np.array(2.0), flat=(0, 1))


def test_a_bare_zero_is_as_good_as_zeros_only_where_it_is_declared():
    zeros = np.zeros((2, 3))
    assert finding(zeros, 0, Rule(zero=True)) is None
    assert finding(zeros, 0) is not None
    assert finding(zeros, 1, Rule(zero=True)) is not None
    assert finding(EXPECTED, 0, Rule(zero=True)) is not None


def test_infinity_is_right_where_it_is_expected():
    expected = np.array([1.0, -np.inf, 3.0])
    assert finding(expected, expected) is None
    assert finding(expected, -expected) is not None
    assert finding(expected, np.array([1.0, 2.0, 3.0])) is not None
    said = finding(expected, np.array([np.inf, -np.inf, 3.0]))
    assert said.startswith("has infinity")


VALUES = {
    "text": ("low", "low", None),
    "case": ("low", "Low", "right but for upper and lower case"),
    "spaces": ("a b", "a  b", "right but for spaces or line ends"),
    "short": ("abcd", "abc", "a part of what was expected: does it stop too early?"),
    "long": ("abc", "abcd", "goes on after what was expected: does it stop too late?"),
    "other": ("abc", "xyz", "another text than expected"),
    "number": ("abc", 3.0, "expected text, got an array or a number"),
    "none": (None, "a", "expected None, got text"),
    "list": (["a", "b"], ["a", "b"], None),
    "fewer": (["a", "b"], ["a"], "fewer items than expected"),
    "order": (["a", "b"], ["b", "a"], "the right items in another order"),
    "item": (["a", "b"], ["a", "c"], "wrong from the last item on: another text"),
    "tuple": (["a"], ("a",), "expected a list, got a tuple"),
}


@pytest.mark.parametrize("name", VALUES)
def test_text_and_lists_have_their_reasons(name):
    expected, value, said = VALUES[name]
    found = finding(kept(expected), value)
    assert found is None if said is None else found.startswith(said)


def test_a_place_in_more_than_two_axes_has_a_name():
    expected = np.arange(1.0, 25.0).reshape(2, 3, 4)
    wrong = expected.copy()
    wrong[:, 0] += RNG.normal(size=(2, 4))
    found = compare(expected, wrong, axes=("N", "C", "L"))
    assert found.text == "right except for the first index of axis C"


def test_whole_numbers_are_as_good_as_floats():
    whole = np.array([[39.0, 46.0], [84.0, 100.0]])
    assert finding(whole, whole.astype(np.int32)) is None
    assert finding(np.array(3.0), 3) is None
    assert finding(np.array(3), 3.0) is None
    assert finding(np.array(1.0), True) is not None


small = arrays.array_shapes(min_dims=0, max_dims=2, min_side=0, max_side=4)
references = arrays.arrays(
    np.float64, small, elements=st.floats(-1e300, 1e300, allow_nan=False)
)
answers = st.one_of(
    arrays.arrays(
        st.sampled_from([np.float64, np.float32, np.int64, np.bool_, np.complex128]),
        small,
    ),
    st.none(),
    st.integers(),
    st.floats(),
    st.lists(st.floats(), max_size=2),
)


@thorough
@given(references, answers)
def test_whatever_comes_gets_a_verdict(expected, value):
    """No numbers make a comparison raise or warn."""
    found = compare(expected, kept(value), PLAIN, SIZES)
    assert found is None or found.say(visible=True)


@thorough
@given(references, st.data())
def test_whatever_comes_in_the_right_shape_gets_a_verdict(expected, data):
    got = data.draw(arrays.arrays(np.float64, expected.shape))
    found = compare(expected, got, PLAIN, SIZES)
    assert found is None or found.say(visible=True)
    assert (found is None) == close(expected, got)


def test_negative_zero_is_zero_and_nothing_is_equal_to_nan():
    assert finding(np.zeros(3), -np.zeros(3)) is None
    assert not close(np.zeros(3), np.full(3, np.nan))
    assert close(np.zeros((0, 3)), np.zeros((0, 3)))


def test_sizes_are_those_of_the_axes_that_are_named():
    probe = Probe(iter, {"x": "N I", "weight": "I O", "lr": "K"})
    two = {"weight": np.ones((3, 2)), "x": np.ones((5, 3)), "lr": 0.1}
    assert probe.sizes(two) == {
        "N": 5,
        "I": 3,
        "O": 2,
        "the number of entries": 15,
    }


# ---- whole cases


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
    assert marked({}, TWO).reason == "grad_x: missing"


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
