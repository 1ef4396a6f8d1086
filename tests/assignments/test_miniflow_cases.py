"""The cases of miniflow are tested: right programs pass, wrong ones lose their own.

A wrong program is judged as the grader judges it: outputs of the probes, marked
against what the reference gives. A time limit stands in for the worker's.
"""

from __future__ import annotations

import contextlib
import io
import signal
from pathlib import Path

import numpy as np
import pytest
from autograder.judging.misconceptions import made

from autograder.judging.answer_key import Course
from autograder.judging.random_arrays import case_inputs
from autograder.student.marking import mark
from autograder.student.probing import CaseResult, Raised, drive
from autograder.student.questions import Case
from tests.miniflow import probes
from tests.miniflow.misconceptions import MISCONCEPTIONS
from tests.miniflow.programs import EVERY, RIGHT, WRONG
from tests.support import programs

ROOT = Path(__file__).resolve().parents[2]
SEEDS = [seed.to_bytes(32, "big") for seed in range(100)]
IDS = {"ids": lambda program: program.name}
COURSES: dict[bytes, Course] = {}
TRIALS: dict[bytes, list] = {}


def trials(seed):
    """Return all trials of the course with that seed, worked out once."""
    if seed not in TRIALS:
        COURSES[seed] = course = Course.load(ROOT, "miniflow", seed)
        found = [course.trials(q.id) for q in course.assignment.questions]
        TRIALS[seed] = [trial for row in found for trial in row]
    return TRIALS[seed]


def ring(number, frame):
    raise TimeoutError("too long")


def ask(trial, lib, limit=1.0):
    """Return what a library yields for a trial, within the time limit."""
    probe = getattr(probes, trial.case.probe_name)
    old = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, limit, limit)
    try:
        with np.errstate(all="ignore"):
            outputs, error = drive(probe, lib, trial.inputs)
    except SystemExit as stop:
        outputs, error = [], RuntimeError(str(stop))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, old)
    raised = Raised(type(error).__name__, "", "") if error else None
    return CaseResult(tuple(outputs), raised)


def verdict_of(trial, result, mistakes=()):
    return mark(
        trial.case,
        trial.label,
        trial.inputs,
        trial.expected,
        result,
        mistakes,
        visible=trial.visible,
    )


def passes(trial, lib, limit=1.0):
    return verdict_of(trial, ask(trial, lib, limit)).passed


def lost(sources, seed, limit=1.0):
    """Return the questions that a program loses: a hidden case of theirs fails."""
    hidden = [trial for trial in trials(seed) if not trial.visible]
    try:
        lib = programs.library(sources, "miniflow")
    except Exception:
        return EVERY
    gone = set()
    for trial in hidden:
        if trial.case.question not in gone and not passes(trial, lib, limit):
            gone.add(trial.case.question)
    return gone


def test_every_question_has_a_visible_and_four_hidden_cases():
    rows = trials(SEEDS[0])
    assert {trial.case.question for trial in rows} == EVERY
    for question in EVERY:
        here = [trial for trial in rows if trial.case.question == question]
        assert sum(trial.visible for trial in here) == 1
        assert sum(not trial.visible for trial in here) >= 4


def test_case_names_tell_cases_of_a_question_apart():
    names = [(t.case.question, t.case.about) for t in trials(SEEDS[0])]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("seed", SEEDS[:5], ids=range(5))
def test_reference_passes_every_case(seed):
    rows = trials(seed)
    lib = COURSES[seed].lib
    failed = [t.label for t in rows if not passes(t, lib)]
    assert failed == []


@pytest.mark.parametrize("known", MISCONCEPTIONS, **IDS)
def test_misconception_loses_its_question_alone(known):
    sources = programs.of_misconception(known)
    assert lost(sources, SEEDS[0]) == {known.question}
    assert lost(sources, SEEDS[99]) == {known.question}


def test_every_misconception_is_caught_for_any_seed():
    lib = Course.load(ROOT, "miniflow", SEEDS[0]).lib
    missed = []
    for known in MISCONCEPTIONS:
        hidden = [
            trial.case
            for trial in trials(SEEDS[0])
            if trial.case.question == known.question and not trial.visible
        ]
        for seed in SEEDS:
            if not any(
                fails(case, i, seed, known, lib) for i, case in hidden_of(hidden)
            ):
                missed.append((known.name, seed[-1]))
    assert missed == []


def hidden_of(cases):
    """Return the cases with their numbers: the visible case is number 0."""
    return list(enumerate(cases, start=1))


def fails(case: Case, index, seed, known, lib):
    """Return whether the reference with this mistake differs from the reference."""
    inputs = case_inputs(case, index, seed)
    probe = getattr(probes, case.probe_name)
    expected, error = drive(probe, lib, inputs)
    assert error is None
    with made(known, lib), np.errstate(all="ignore"):
        outputs, error = drive(probe, lib, inputs)
    if error:
        return True
    result = CaseResult(tuple(outputs))
    return not mark(case, "", inputs, dict(expected), result, visible=False).passed


@pytest.mark.parametrize("known", MISCONCEPTIONS, **IDS)
def test_mistake_is_named_by_its_own_sentence(known):
    rows = trials(SEEDS[0])
    course = COURSES[SEEDS[0]]
    here = [trial for trial in rows if trial.case.question == known.question]
    named = []
    for trial, mistakes in zip(here, course.mistakes(known.question), strict=True):
        with made(known, course.lib):
            result = ask(trial, course.lib)
        named.append(verdict_of(trial, result, mistakes).mistake)
    assert known.sentence in named


def test_sentences_are_fit_to_be_read():
    for known in MISCONCEPTIONS:
        assert known.sentence[0].islower() or known.sentence[0] in "0(WXV"
        assert "\n" not in known.sentence
        assert "!" not in known.sentence
        assert not known.sentence.endswith(".")
        assert len(known.sentence) <= 90
    pairs = [(known.question, known.sentence) for known in MISCONCEPTIONS]
    assert len(set(pairs)) == len(pairs)
    assert {known.question for known in MISCONCEPTIONS} == EVERY


@pytest.mark.parametrize("program", WRONG, **IDS)
def test_wrong_program_loses_just_these(program, capsys):
    sources = programs.apply(program.replacements)
    with contextlib.redirect_stdout(io.StringIO()):
        assert lost(sources, SEEDS[1], limit=0.2) == program.loses


@pytest.mark.parametrize("program", RIGHT, **IDS)
def test_right_program_loses_nothing(program):
    sources = programs.apply(program.replacements)
    lib = programs.library(sources, "miniflow")
    for seed in SEEDS[:4]:
        for trial in trials(seed):
            with contextlib.redirect_stdout(io.StringIO()):
                verdict = verdict_of(trial, ask(trial, lib))
            assert verdict.passed, (trial.case.question, trial.label, verdict.reason)


def test_there_are_enough_programs():
    assert len(MISCONCEPTIONS) >= 55
    assert len(WRONG) >= 20
    assert len(RIGHT) >= 10


def test_replacing_keeps_the_rest_of_the_module():
    before = programs.apply({})["miniflow"]
    text = "def forward(self):\n    self.value = 1"
    after = programs.apply({"miniflow.Add.forward": text})["miniflow"]
    assert after != before
    assert "    def forward(self):\n        self.value = 1\n" in after
    head, tail = before.index("class Add"), before.index("class Mul")
    assert after.startswith(before[:head])
    assert after.endswith(before[tail:])
    with pytest.raises(KeyError):
        programs.apply({"miniflow.Add.sideways": text})


# Any order that keeps the rules is right; these graphs are judged by hand here.
DIAMOND = {
    "nodes": np.array(4),
    "edges": np.array([[0, 1], [0, 2], [1, 3], [2, 3]]),
    "feed": np.array([0]),
    "values": np.array([3.0]),
}


def sorted_as(order, value=3.0, entries=1, **changed):
    """Return what the judge says of an order of the diamond's nodes."""
    outputs = {
        "order": np.array(order),
        "value of input 0": np.array(value),
        "number of entries in feed_dict afterwards": np.array(entries),
        "inbound_nodes afterwards": np.array([[1, 0], [2, 0], [3, 1], [3, 2]]),
        "outbound_nodes afterwards": np.array([[0, 1], [0, 2], [1, 3], [2, 3]]),
    }
    return probes.judge_sort(DIAMOND, outputs | changed)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [0, 2, 1, 3]])
def test_any_order_that_keeps_the_rules_is_right(order):
    assert sorted_as(order) is None


@pytest.mark.parametrize(
    "order",
    [
        [3, 2, 1, 0],
        [0, 1, 3, 2],
        [0, 1, 2],
        [1, 2, 3],
        [0, 1, 2, 3, 3],
        [0, 1, 2, -1],
        [0, 1, 2, 4],
        [[0, 1], [2, 3]],
        [],
        0,
        [0.0, 1.5, 2.0, 3.0],
        [0.0, 1.0, 2.0, float("nan")],
    ],
)
def test_an_order_that_breaks_a_rule_is_wrong(order):
    assert sorted_as(order).startswith("order: ")


def test_judge_of_a_sort_sees_values_and_changes():
    assert sorted_as([0, 1, 2, 3], value=4.0).startswith("value of input 0: ")
    assert sorted_as([0, 1, 2, 3], entries=0).startswith("feed_dict: ")
    assert sorted_as([0, 1, 2, 3], entries=[1, 1]).startswith("feed_dict: ")
    for side in ("inbound_nodes", "outbound_nodes"):
        changed = {f"{side} afterwards": np.zeros((0, 2), int)}
        assert sorted_as([0, 1, 2, 3], **changed).startswith(f"{side}: ")


def test_an_array_of_numbers_is_no_list_of_nodes():
    assert probes.places([], np.array([0, 1])) is None
    assert probes.places([], 3) is None
    assert probes.places([], {1: 2}) == {1: 2}


@pytest.mark.parametrize(
    ("calls", "wanted", "right"),
    [
        ([0, 1, 2], [0, 1, 2], True),
        ([0, 2, 1], [0, 1, 2], False),
        ([0, 1], [0, 1, 2], False),
        ([0, 1, 2, 2], [0, 1, 2], False),
        ([], [0, 1, 2], False),
        ([[0, 1, 2]], [0, 1, 2], False),
        (0, [0], False),
    ],
)
def test_calls_are_judged_by_their_order(calls, wanted, right):
    assert (probes.wrong_calls(np.array(calls), np.array(wanted)) is None) is right


def test_a_wrong_forward_costs_no_backward_question():
    """What a forward leaves behind is set afresh, even if it spoils its inputs."""
    spoil = """
        def forward(self):
            for n in self.inbound_nodes:
                n.value = np.zeros(7)
            self.value = "spoilt"
            self.m, self.diff = 0, None
    """
    kinds = ("Add", "Mul", "Linear", "Sigmoid", "MSE")
    sources = programs.apply({f"miniflow.{kind}.forward": spoil for kind in kinds})
    forwards = {f"{kind.lower()}_forward" for kind in kinds}
    assert lost(sources, SEEDS[2]) == forwards
