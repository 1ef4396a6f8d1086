"""Which mistake is named, and when is a match no evidence?"""

import numpy as np
import pytest

from autograder.student.marking import Trial
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Raised
from autograder.student.questions import Case, Probe, Rule
from autograder.student.trying import try_question
from autograder.student.workplace import Workplace
from tests.support.judged import court
from tests.support.programs import known, library, of_mistake

RNG = np.random.default_rng(5)
X, Y = RNG.normal(size=(5, 3)), RNG.normal(size=(5, 3))
AXES = {"x": "N C"}
N = "also too large by the factor N: is a mean missing?"


def named(right, got, *forms, raised=(), x=(X, Y)):
    """Return what is told of cases whose right and wrong outputs these are.

    Each form is a sentence, and what the mistake gives for an input.
    """
    trials, results, mistakes = [], [], []
    for i, array in enumerate(x):
        expected = {"output": np.asarray(right(array))}
        case, probe = Case("question", f"{i}"), Probe(lambda lib: [], AXES)
        inputs = {"x": array}
        trials.append(Trial(case, f"{i}", False, probe, inputs, expected))
        error = Raised("ValueError", "broken", "") if i in raised else None
        outputs = () if error else (("output", np.asarray(got(array))),)
        results.append(CaseResult(outputs, error))
        mistakes.append([(s, {"output": np.asarray(f(array))}) for s, f in forms])
    return [(v.mistake, v.reason) for v in judge(trials, results, lambda: mistakes)]


LEAKS = [
    ("leaks", lambda x: np.where(x > 0, x, 0.1 * x)),
    ("leaks", lambda x: np.where(x > 0, x, 0.01 * x)),
]


def relu(x):
    return np.maximum(x, 0.0)


@pytest.mark.parametrize("slope", [0.2, 0.003, -0.5])
def test_two_forms_of_a_mistake_speak_for_any_number(slope):
    told = named(relu, lambda x: np.where(x > 0, x, slope * x), *LEAKS)
    assert told == [("leaks", "output: leaks")] * 2


def test_one_form_speaks_for_its_own_number():
    told = named(relu, lambda x: np.where(x > 0, x, 0.2 * x), LEAKS[0])
    assert [mistake for mistake, _ in told] == ["", ""]


def test_a_line_through_a_single_number_is_no_evidence():
    forms = [("k", lambda x: x.sum() + 0.1), ("k", lambda x: x.sum() + 0.01)]
    told = named(np.sum, lambda x: x.sum() + 0.7, *forms)
    assert [mistake for mistake, _ in told] == ["", ""]


def test_a_form_that_is_right_here_makes_no_line():
    forms = [("averaged", lambda x: x / len(x)), ("averaged", lambda x: x.copy())]
    told = named(lambda x: x, lambda x: x * 0.3, *forms)
    assert [mistake for mistake, _ in told] == ["", ""]


def test_a_missing_mean_beside_a_known_mistake_is_told_with_it():
    forms = [("squared", lambda x: np.sum(x**2) / len(x))]
    told = named(lambda x: np.sum(np.abs(x)) / len(x), lambda x: np.sum(x**2), *forms)
    assert told == [("squared", f"output: squared; {N}")] * 2


def test_a_missing_mean_beside_what_is_right_is_no_mistake_of_another_kind():
    told = named(lambda x: x / len(x), lambda x: x, ("same", lambda x: x / len(x)))
    assert [mistake for mistake, _ in told] == ["", ""]


@pytest.mark.parametrize("first_is_right", [True, False])
def test_nothing_is_said_to_be_kept_where_an_earlier_first_call_is_wrong(
    first_is_right,
):
    expected = {"output": X, "output (second call)": Y}
    rules = {"output (second call)": Rule(call=2)}
    place = Case("question", "a case"), "a case", False, Probe(lambda lib: [], AXES)
    trials = [Trial(*place, {"x": X}, expected, rules)] * 2
    wrong = RNG.normal(size=(5, 3))
    earlier = CaseResult(
        (("output", X if first_is_right else wrong), ("output (second call)", Y))
    )
    result = CaseResult((("output", X), ("output (second call)", wrong)))
    told = judge(trials, [earlier, result], lambda: [[], []])[1].reason
    assert ("is something kept?" in told) is first_is_right


def test_a_case_that_raises_takes_no_name_away():
    forms = [("negative", lambda x: -x)]
    x = (X, Y, RNG.normal(size=(4, 3)))
    told = named(relu, lambda x: -x, *forms, raised=(1, 2), x=x)
    assert [mistake for mistake, _ in told] == ["negative", "", ""]


# Pairs that the numbers of the visible case cannot tell apart.
CLASSES = "divided by the number of classes; divide by the number of examples N"
TWINS = {("xeloss_backward", CLASSES): "divided by N twice"}


@pytest.mark.parametrize(
    "question", [q.id for q in court("mlp").course.assignment.questions]
)
def test_check_names_a_mistake_as_the_grader_does(question):
    judge_of = court("mlp")
    assignment = judge_of.course.assignment
    mine = {m.sentence: m for m in known("mlp") if m.question == question}
    for mistake in mine.values():
        lib = library(of_mistake("mlp", mistake), *judge_of.course.sources)
        place = Workplace(assignment, lib, {})
        tried = try_question(assignment.question(question), place)
        graded = [v for v in judge_of.question(lib, question).verdicts if v.visible]
        for ours, theirs in zip((t.verdict for t in tried), graded, strict=True):
            known_as = TWINS.get((question, theirs.mistake), theirs.mistake)
            assert (ours.passed, ours.mistake) == (theirs.passed, known_as)
