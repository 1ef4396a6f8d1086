"""What is said of an exception, and of how a wrong array stands to the right one."""

import math

import numpy as np
import pytest

from autograder.student.reasons.case import STEPS, moved, relation
from autograder.student.reasons.exception import HINTS, hint

A, B = np.arange(6.0).reshape(2, 3), np.ones((2, 3))


class Thing:
    pass


def deep():
    return deep()


def unset():
    if A is None:
        value = 1
    return value


def grown():
    rows = {1: 1}
    for row in rows:
        rows[row + 1] = 1


def cast():
    whole = np.arange(3)
    whole -= 0.5


def unpacked():
    rows, columns = A.reshape(1, 2, 3).shape
    return rows, columns


def stretched():
    row = np.ones((1, 3))
    row += A


# What a student might write, and the sign in HINTS that must speak for it.
RAISED = (
    (lambda: A.sum(axis=2), "^AxisError"),
    (lambda: np.linalg.inv(A), "^LinAlgError"),
    (lambda: A.reshape(7, 7), "cannot reshape"),
    (lambda: np.hstack([A, A.T]), "concatenation axis"),
    (lambda: A @ B, "core dimension"),
    (lambda: A + np.ones(4), "core dimension"),
    (lambda: np.dot(A, B), "core dimension"),
    (lambda: 1 if A != None else 0, "truth value"),  # noqa: E711
    (lambda: A[B], "must be of integer"),
    (lambda: A[0.0], "must be of integer"),
    (lambda: list(A)[0, 0], "not tuple"),
    (lambda: np.broadcast_to(A, (3,)), "more dimensions"),
    (lambda: A[2], "^IndexError"),
    (lambda: A[A.T > 0], "boolean index"),
    (lambda: [][0], "^IndexError"),
    (lambda: math.exp(A), "arrays can be converted"),
    (lambda: np.array([1.0, A], dtype=float), "setting an array element"),
    (lambda: exec("a, b = 1, 2, 3"), "values to unpack"),
    (cast, "Cannot cast ufunc"),
    (stretched, "non-broadcastable output"),
    (lambda: None + 1, "NoneType"),
    (lambda: None.value, "NoneType"),
    (lambda: {}[Thing()], "^KeyError"),
    (grown, "changed size"),
    (deep, "^RecursionError"),
    (unset, "^(UnboundLocalError"),
    (lambda: Thing().grad, "^AttributeError"),
    (lambda: 1 / 0, "^ZeroDivisionError"),
    (lambda: Thing()(2.0), "not callable"),
    (lambda: list(3), "not iterable"),
    (unpacked, "values to unpack"),
    (lambda: [*zip([1], [2, 3], strict=True)], "zip"),
    (lambda: (lambda: 0)(1), "positional argument"),
)


@pytest.mark.parametrize(("act", "sign"), RAISED)
@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_the_message_of_python_or_numpy_has_its_hint(act, sign):
    text = next(text for pattern, text in HINTS.items() if sign in pattern)
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is
        act()
    assert hint(type(caught.value).__name__, str(caught.value)) == text


def test_every_hint_is_spoken_and_holds_no_number():
    spoken = {sign for _, sign in RAISED}
    for pattern, text in HINTS.items():
        assert any(sign in pattern for sign in spoken), pattern
        assert not any(letter.isdigit() and letter != "0" for letter in text)


def test_what_nobody_knows_has_no_hint():
    assert hint("Unheard", "of 347.8261") == ""


WANT, OTHER = np.random.default_rng(5).normal(size=(2, 4, 3))


@pytest.mark.parametrize("what", STEPS)
def test_a_step_too_many_and_a_step_missing(what):
    step = STEPS[what]
    said = relation("output", {"output": WANT}, step(WANT), {})
    assert said == f"is {what} of what was asked for: a step too many?"
    if not np.allclose(step(step(WANT)), WANT):  # else it is its own opposite
        said = relation("output", {"output": step(WANT)}, WANT, {})
        assert said == f"the right answer is {what} of this: is a step missing?"


@pytest.mark.parametrize("what", STEPS)
def test_a_step_of_something_else_is_not_named(what):
    assert relation("output", {"output": WANT}, STEPS[what](WANT * 1.01), {}) == ""


def test_one_number_is_compared_with_steps_alone():
    want, x = np.array(1.7), np.array(0.7)
    root = relation("loss", {"loss": want}, np.array(1.7**0.5), {})
    assert root == "the right answer is the square of this: is a step missing?"
    assert relation("loss", {"loss": want}, np.array(1.0), {"x": x}) == ""


@pytest.mark.parametrize(("want", "got"), [(4.0, 2.0), (0.0, -0.3), (1.0, 0.0)])
def test_a_step_on_a_single_whole_number_is_a_coincidence(want, got):
    assert relation("loss", {"loss": np.array(want)}, np.array(got), {}) == ""


CLIPPED = "is what was asked for, but large or small entries are cut off"


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (np.clip(WANT, -0.5, 0.5), CLIPPED),
        (np.minimum(WANT, 0.3), CLIPPED),
        (
            WANT + 0.37 * OTHER,
            "is off by a multiple of x: is its factor the right one?",
        ),
        (WANT + 0.37 * OTHER**2, ""),
    ],
)
def test_a_bound_and_a_factor_of_any_size_are_told(got, said):
    assert relation("output", {"output": WANT}, got, {"x": OTHER}) == said


def test_what_was_moved_along_a_gradient_is_told():
    others = {"grad": OTHER, "weight": WANT}
    said = "was moved along grad: an optimizer steps, not this"
    assert moved(WANT, WANT - 0.003 * OTHER, others) == said
    assert moved(WANT, WANT * 1.1, others) == ""


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (np.full((4, 3), 2.0), "is x as it came in"),
        (np.full((4, 3), 5.0), "is what other should be: are the two mixed up?"),
        (WANT - 2.0, "is too small by x: is it added?"),
        (WANT + 2.0, "is too large by x: added once too often?"),
        (WANT - 4.0, "x is subtracted where it is added"),
        (WANT * 2.0, "is multiplied by x once too often"),
        (WANT / 2.0, "is not multiplied by x"),
    ],
)
def test_what_is_mixed_up_or_left_out(got, said):
    expected = {"output": WANT, "other": np.full((4, 3), 5.0)}
    assert relation("output", expected, got, {"x": np.full((4, 3), 2.0)}) == said
