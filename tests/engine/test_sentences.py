"""Each kind of mistake in an array has its sentence, which tells no number."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder.student.findings import compare
from autograder.student.probing import Unusable, kept
from autograder.student.questions import PLAIN, SAME
from autograder.student.reasons.array import shape_reasons
from tests.engine.wrong_arrays import EXPECTED, MISTAKES, SIZES, finding


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
            assert want == have or next(shape_reasons(want, have))


@pytest.mark.parametrize("expected", [["a"], ("a",), "a", None])
@pytest.mark.parametrize("what", ["list", "tuple", "str", "NoneType"])
def test_a_type_that_has_the_name_of_another_is_not_taken_for_it(expected, what):
    said = compare(expected, Unusable(what)).say(visible=True)
    assert re.fullmatch(r"expected (a list|a tuple|text|None)(, got .*)?", said)
