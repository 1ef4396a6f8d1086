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
from autograder.student.reasons.array import is_vague
from autograder.student.reasons.case import moved, relation
from autograder.student.reasons.idle import is_idle

MOST_REASONS = 3
IDLE = "nothing is returned or stored: is it not yet written?"
SECOND_CALL = "right on the first call, wrong on the second: is something kept?"
SECOND_RAISED = "raised an exception"
MISSING = "missing: is the part called that should get it?"
MORE = "more came than was asked for"


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

    def equal(self, name: str, got: Output) -> bool:
        """Return whether an output is as good as what is expected."""
        rtol = self.case.rtol
        return equal(self.expected[name], got, self.rule(name), rtol)

    def alike(self, name: str, wrong: Output, got: Output) -> bool:
        """Return whether an output is what a mistake gives."""
        if isinstance(wrong, Unusable) or isinstance(got, Unusable):
            return _what(wrong) == _what(got) != ""
        return equal(wrong, got, self.rule(name))


def _what(output: Output) -> str:
    """Return what an output is if it is not an array, else ""."""
    if output is None:
        return "None"
    return output.what if isinstance(output, Unusable) else ""


@dataclass(frozen=True)
class Reason:
    """What is wrong with the output `name`, or with the case as a whole ("")."""

    name: str
    finding: Finding
    call: int = 1


def mark(trial: Trial, result: CaseResult, kept: bool = True) -> Verdict:
    """Return the verdict on one case, which may say `kept` of a second call."""
    find = _reasons if trial.case.judge is None else _predicate_reasons
    reasons = list(find(trial, result))
    if not reasons:
        return Verdict(trial.label, trial.visible, True)
    reasons = _unwritten(trial, reasons, dict(result.outputs)) or reasons
    return lost(trial, reasons, kept=kept)


def _unwritten(
    trial: Trial, reasons: Sequence[Reason], got: Mapping[str, Output]
) -> list[Reason]:
    """Return the one reason of a program that does nothing yet, else none."""
    if any(r.finding.kind is Kind.UNWRITTEN for r in reasons):
        return [Reason("", Finding(Kind.UNWRITTEN, UNWRITTEN))]
    names = [reason.name for reason in reasons]
    right = [n for n in trial.expected if n not in names and not trial.rule(n).same]
    first = [name for name in names if trial.rule(name).call == 1]
    wrong = [got.get(name, np.ones(1)) for name in names]
    if len(first) > 1 and not right and is_idle(wrong):
        return [Reason("", Finding(Kind.VALUES, IDLE))]
    return []


def lost(
    trial: Trial, reasons: Sequence[Reason], mistake: str = "", kept: bool = False
) -> Verdict:
    """Return the verdict on a case that failed for these reasons."""
    # What was changed in place is the cause of wrong values beside it.
    changed = [r for r in reasons if r.finding.kind is Kind.CHANGED]
    raised = [r for r in reasons if r.finding.kind is Kind.RAISED]
    telling = [r for r in reasons if r not in raised and not is_vague(r.finding.text)]
    first = [r for r in reasons if r.finding.text == reasons[0].finding.text]
    reasons = changed or [*(telling or first), *raised]
    calls = ((r.call, r.name and trial.rule(r.name).call) for r in reasons)
    second = kept and all(2 in call for call in calls)
    alone = second and all(r.finding.kind is Kind.VALUES for r in reasons)
    if alone:
        reasons = [replace(r, finding=Finding(Kind.KEPT, SECOND_CALL)) for r in reasons]
    start = f"{SECOND_CALL} " if second and not alone else ""
    return Verdict(
        trial.label,
        trial.visible,
        False,
        start + _in_one_line(reasons, trial.visible),
        mistake,
        reasons[0].finding.kind,
        start + _in_one_line(reasons, False),
        not (changed or telling or raised or second),
        second,
    )


def _in_one_line(reasons: Sequence[Reason], visible: bool) -> str:
    """Return the first reasons, each once, with all outputs that it fits."""
    names: dict[str, list[str]] = {}
    for reason in reasons:
        text = reason.finding.say(visible)
        names.setdefault(text, []).extend([reason.name] if reason.name else [])
    lines = [
        f"{', '.join(who)}: {text}" if who else text for text, who in names.items()
    ]
    return "; ".join(lines[:MOST_REASONS])


def _reasons(trial: Trial, result: CaseResult) -> Iterator[Reason]:
    got = dict(result.outputs)
    sizes = trial.sizes
    for name, value in trial.expected.items():
        if name not in got:
            yield _absent(name, result.raised, trial.rule(name).call)
            return
        rule, axes = trial.rule(name), trial.probe.axes_of(name)
        rtol = trial.case.rtol
        finding = compare(value, got[name], rule, sizes, axes=axes, rtol=rtol)
        if finding:
            yield Reason(name, _related(trial, name, got[name], finding))
    yield from _too_much(trial, result)


def _related(trial: Trial, name: str, got: Output, finding: Finding) -> Finding:
    """Return the finding, or how the output relates to others if that says more."""
    text = ""
    if finding.kind is Kind.CHANGED:
        others = {n: v for n, v in trial.expected.items() if not trial.rule(n).same}
        text = moved(trial.expected[name], got, others)
    elif is_vague(finding.text):
        text = relation(name, trial.expected, got, trial.inputs)
    return Finding(finding.kind, text) if text else finding


def _too_much(trial: Trial, result: CaseResult) -> Iterator[Reason]:
    """Yield that the case raised after all outputs, or that others came."""
    got = dict(result.outputs)
    if result.raised:
        yield _absent("", result.raised)
    elif result.unexpected or not set(got) <= set(trial.expected):
        yield Reason("", Finding(Kind.UNEXPECTED, MORE))


def _absent(name: str, raised: Raised | None, call: int = 1) -> Reason:
    if raised is None:
        return Reason(name, Finding(Kind.MISSING, MISSING))
    if call == 2 and raised.verdict is Kind.RAISED:  # what is kept is the cause
        return Reason("", _Told(Kind.RAISED, SECOND_RAISED, raised.say(True)), call)
    return Reason("", _Told(raised.verdict, raised.say(False), raised.say(True)))


class _Told(Finding):
    """What was raised: `detail` for a visible case, `text` for a hidden one."""

    def say(self, visible: bool) -> str:
        return self.detail if visible else self.text


def _predicate_reasons(trial: Trial, result: CaseResult) -> Iterator[Reason]:
    """Yield what the case's own judge says of plain values."""
    assert trial.case.judge is not None
    got = dict(result.outputs)
    for name in trial.expected:
        if name not in got:
            yield _absent(name, result.raised)
            return
        out = got[name]
        if isinstance(out, Unusable) or out is None:
            yield Reason(name, _wrong_kind(_what(out)))
            return
    yield from _too_much(trial, result)
    values = {name: got[name] for name in trial.expected}
    reason = _judged(trial.case.judge, trial.inputs, values)
    if reason:
        name, colon, text = reason.partition(": ")
        finding = Finding(Kind.VALUES, text if colon else reason)
        yield Reason(name if colon else "", finding)


def _judged(judge: Judge, inputs: Inputs, values: Mapping[str, Value]) -> str | None:
    """Return what a predicate says; a value that it cannot take is a wrong one."""
    try:
        with np.errstate(all="ignore"):
            return judge(inputs, values)
    except Exception:
        return "is not of the kind that was asked for"


def _wrong_kind(what: str) -> Finding:
    if what == "None":
        text = "is None, or nothing that was asked for: is a return missing?"
        return Finding(Kind.DTYPE, text)
    return Finding(Kind.DTYPE, "is not what was asked for", f"is {what}")
