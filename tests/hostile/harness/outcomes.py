"""Programs that choose, for each hidden case, how they fail at it."""

from __future__ import annotations

import builtins
import hashlib

import numpy as np

from autograder.judging.answer_key import Course
from autograder.student.questions import Inputs

KINDS = sorted(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type)
    and issubclass(kind, BaseException)
    and not issubclass(kind, Warning)
)
# What hints are chosen by, and other things that a message can be taken for.
MESSAGES = (
    "x", "shapes (1,) not aligned", "truth value of an array", "must be integers",
    "arrays can be converted", "setting an array element", "Cannot cast ufunc",
    "NoneType", "changed size during", "not callable", "not iterable",
    "positional argument",
)  # fmt: skip
CHANGES = (
    "a", "np.abs(a)", "np.square(a)", "np.exp(-np.abs(a))", "np.tanh(a)",
    "np.maximum(a, 0.0)", "-a", "a + 1", "2 * a", "a / 2", "np.zeros_like(a)",
    "np.ones_like(a)", "a.T", "a[None]", "a.ravel()", "np.zeros((2, 7))", "a.sum()",
    "a * np.nan", "a * np.inf", "a.astype(complex) * 1j", "a > 0", "a.astype(int)",
    "None", "a.tolist()", "str(a)", "a.astype('f4')", "np.cumsum(a)", "a[..., ::-1]",
    "a.mean() + 0 * a", "a.astype(object)", "np.sign(a)", "a * 3.0",
)  # fmt: skip
# In all outputs or in the first; and outputs that do not come.
WHERE = ("all", "first")
COUNT = len(KINDS) + len(MESSAGES) + len(CHANGES) * len(WHERE) + 2

CODE = """
import hashlib
CHOSEN = {chosen!r}
KINDS = {kinds!r}
MESSAGES = {messages!r}
CHANGES = {changes!r}

def key(inputs):
    whole = hashlib.sha256()
    for name in sorted(inputs):
        whole.update(name.encode() + np.ascontiguousarray(inputs[name]).tobytes())
    return whole.hexdigest()

def changed(text, value):
    a = np.asarray(value)
    try:
        return eval(text, {{"np": np, "a": a}})
    except Exception:
        return None

def choose(name, inputs, outputs):
    number = CHOSEN.get((name, key(inputs)), -1)
    came = list(outputs())
    if number < 0:
        yield from came
    elif number < len(KINDS):
        kind = getattr(__import__("builtins"), KINDS[number])
        raise kind.__new__(kind, "x")
    elif number < len(KINDS) + len(MESSAGES):
        raise ValueError(MESSAGES[number - len(KINDS)])
    else:
        number -= len(KINDS) + len(MESSAGES)
        if number >= 2 * len(CHANGES):
            yield from came[: number - 2 * len(CHANGES)]
            return
        text, where = CHANGES[number // 2], number % 2
        for i, (name, value, *_) in enumerate(came):
            here = where == 0 or i == 0
            yield name, changed(text, value) if here else value

around(choose, {{name for name, _ in CHOSEN}})
"""


def key(inputs: Inputs) -> str:
    """Return a name for the inputs of a case, as the program computes it."""
    whole = hashlib.sha256()
    for name in sorted(inputs):
        whole.update(name.encode() + np.ascontiguousarray(inputs[name]).tobytes())
    return whole.hexdigest()


def table(course: Course) -> list[tuple[str, int]]:
    """Return question and place of each hidden case."""
    return [
        (question.id, i)
        for question in course.assignment.questions
        for i, _ in enumerate(_hidden(course, question.id))
    ]


def _hidden(course: Course, question: str) -> list[tuple[str, Inputs]]:
    trials = [t for t in course.trials(question) if not t.visible]
    return [(trial.case.probe_name, trial.inputs) for trial in trials]


def program(course: Course, choice: dict[tuple[str, int], int]) -> str:
    """Return code that fails at each hidden case as it was chosen, else at none."""
    chosen = {}
    for question in course.assignment.questions:
        for i, (probe, inputs) in enumerate(_hidden(course, question.id)):
            if (question.id, i) in choice:
                chosen[probe, key(inputs)] = choice[question.id, i]
    return CODE.format(chosen=chosen, kinds=KINDS, messages=MESSAGES, changes=CHANGES)
