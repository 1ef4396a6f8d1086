"""Does the result of one case agree with what is expected, and if not, why?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from autograder.student.findings import Finding, compare, equal
from autograder.student.kinds import Kind
from autograder.student.probing import UNWRITTEN, CaseResult, Output, Raised, Unusable
from autograder.student.questions import PLAIN, Case, Inputs, Judge, Probe, Rule, Value
from autograder.student.reasons.case import moved, relation

MOST_REASONS = 3
IDLE = "nothing is returned or stored: is it not yet written?"
SECOND_CALL = "right on the first call, wrong on the second: is something kept?"
MISSING = "missing: is the part called that should get it?"


@dataclass(frozen=True)
class Verdict:
    """One case judged: passed, or the reason in one line.

    `closed` is the reason without a word of the student's program. `vague` says that
    it does not go beyond where values differ; `second`, that only a second call erred.
    """

    case: str
    visible: bool
    passed: bool
    reason: str = ""
    mistake: str = ""
    kind: Kind = Kind.PASSED
    closed: str = ""
    vague: bool = False
    second: bool = False


@dataclass(frozen=True, eq=False)
class Trial:
    """One case with its inputs, and what the reference gives for them."""

    case: Case
    label: str
    visible: bool
    probe: Probe
    inputs: Inputs
    expected: Mapping[str, Value]
    rules: Mapping[str, Rule] = field(default_factory=dict)

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """The lengths of the axes that have a name here."""
        return self.probe.sizes(self.inputs)

    def rule(self, name: str) -> Rule:
        return self.rules.get(name, PLAIN)

    def is_right(self, name: str, got: Mapping[str, Output]) -> bool:
        """Return whether an output is there, and as good as what is expected."""
        want, rule, rtol = self.expected[name], self.rule(name), self.case.rtol
        return name in got and equal(want, got[name], rule, rtol)


def mark(trial: Trial, result: CaseResult, kept: bool = True) -> Verdict:
    """Return the verdict on one case, which may say `kept` of a second call."""
    reasons = list(_findings(trial, result))
    if not reasons:
        return Verdict(trial.label, trial.visible, True)
    if any(reason.kind is Kind.UNWRITTEN for reason in reasons):
        reasons = [Finding(Kind.UNWRITTEN, UNWRITTEN)]
    elif _is_idle(trial, [r.name for r in reasons], dict(result.outputs)):
        reasons = [Finding(Kind.VALUES, IDLE)]
    return lost(trial, reasons, kept=kept)


def _is_idle(trial: Trial, wrong: Sequence[str], got: Mapping[str, Output]) -> bool:
    """Return whether all that came is None or zeros, and one is None, bare or empty.

    Of a single wrong output that would say little.
    """
    if sum(trial.rule(name).call == 1 for name in wrong) < 2:
        return False
    if any(n not in wrong and not trial.rule(n).same for n in trial.expected):
        return False
    came = [got.get(name, np.ones(1)) for name in wrong]
    arrays = [np.zeros(()) if out is None else out for out in came]
    zeros = [a for a in arrays if isinstance(a, np.ndarray) and not a.any()]
    bare = any(array.ndim == 0 or array.size == 0 for array in zeros)
    return bare and len(zeros) == len(wrong)


def lost(
    trial: Trial, reasons: Sequence[Finding], mistake: str = "", kept: bool = False
) -> Verdict:
    """Return the verdict on a case that failed for these reasons."""
    # What was changed in place is the cause of wrong values beside it.
    changed = [r for r in reasons if r.kind is Kind.CHANGED]
    raised = [r for r in reasons if r.kind is Kind.RAISED]
    telling = [r for r in reasons if r not in raised and not r.vague]
    first = [r for r in reasons if r.text == reasons[0].text]
    reasons = changed or [*(telling or first), *raised]
    calls = ((r.call, r.name and trial.rule(r.name).call) for r in reasons)
    second = kept and all(2 in call for call in calls)
    alone = second and all(r.kind is Kind.VALUES for r in reasons)
    if alone:
        reasons = [Finding(Kind.KEPT, SECOND_CALL, name=r.name) for r in reasons]
    start = f"{SECOND_CALL} " if second and not alone else ""
    return Verdict(
        trial.label,
        trial.visible,
        False,
        start + _in_one_line(reasons, trial.visible),
        mistake,
        reasons[0].kind,
        start + _in_one_line(reasons, False),
        not (changed or telling or raised or second),
        second,
    )


def _in_one_line(reasons: Sequence[Finding], visible: bool) -> str:
    """Return the first reasons, each once, with all outputs that it fits."""
    lines = []
    for text in dict.fromkeys(r.say(visible) for r in reasons):
        who = ", ".join(r.name for r in reasons if r.name and r.say(visible) == text)
        lines.append(f"{who}: {text}" if who else text)
    return "; ".join(lines[:MOST_REASONS])


def _findings(trial: Trial, result: CaseResult) -> Iterator[Finding]:
    """Yield what is wrong, output by output, up to one that is not there."""
    got, predicate = dict(result.outputs), trial.case.judge
    for name in trial.expected:
        if name not in got:
            call = 1 if predicate else trial.rule(name).call
            yield _absent(name, result.raised, call)
            return
        if predicate is None:
            yield from _compared(trial, name, got[name])
        elif got[name] is None or isinstance(got[name], Unusable):
            yield _wrong_kind(name, got[name])
            return
    if result.raised:
        yield _absent("", result.raised)
    elif result.unexpected or not set(got) <= set(trial.expected):
        yield Finding(Kind.UNEXPECTED, "more came than was asked for")
    if predicate:
        yield from _judged(trial, predicate, got)


def _compared(trial: Trial, name: str, got: Output) -> Iterator[Finding]:
    """Yield how an output differs, or how it relates to others if that says more."""
    rule, axes = trial.rule(name), trial.probe.axes_of(name)
    wanted, rtol = trial.expected[name], trial.case.rtol
    finding = compare(wanted, got, rule, trial.sizes, axes=axes, rtol=rtol)
    if finding is None:
        return
    text = ""
    if finding.kind is Kind.CHANGED:
        others = {n: v for n, v in trial.expected.items() if not trial.rule(n).same}
        text = moved(wanted, got, others)
    elif finding.vague:
        text = relation(name, trial.expected, got, trial.inputs)
    yield replace(Finding(finding.kind, text) if text else finding, name=name)


def _absent(name: str, raised: Raised | None, call: int = 1) -> Finding:
    if raised is None:
        return Finding(Kind.MISSING, MISSING, name=name)
    if call == 2 and raised.verdict is Kind.RAISED:  # what is kept is the cause
        return Finding(Kind.RAISED, "raised an exception", raised.say(True), call=2)
    return Finding(raised.verdict, raised.say(False), raised.say(True))


@np.errstate(all="ignore")
def _judged(trial: Trial, judge: Judge, got: Mapping[str, Output]) -> list[Finding]:
    """Return what a case's own judge says; a value that it cannot take is wrong."""
    try:
        reason = judge(trial.inputs, {name: got[name] for name in trial.expected})
    except Exception:
        reason = "is not of the kind that was asked for"
    *name, text = (reason or "").split(": ", 1)
    return [Finding(Kind.VALUES, text, name="".join(name))] if reason else []


def _wrong_kind(name: str, got: Output) -> Finding:
    if not isinstance(got, Unusable):
        text = "is None, or nothing that was asked for: is a return missing?"
        return Finding(Kind.DTYPE, text, name=name)
    text = "is not what was asked for"
    return Finding(Kind.DTYPE, text, f"is {got.what}: {text}", name)
