"""What is as good as equal, and what is not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from autograder.student.equality import ATOL, RTOL, close, same_shape
from autograder.student.findings import compare
from autograder.student.probing import kept
from autograder.student.questions import PLAIN, Probe, Rule
from tests.engine.wrong_arrays import EXPECTED, RNG, SIZES, finding, thorough

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


def test_an_axis_that_is_empty_or_one_long_is_no_factor():
    found = compare(EXPECTED, -EXPECTED, sizes={"N": 0, "C": 1})
    assert found is not None
    assert found.text == "the sign is flipped"
