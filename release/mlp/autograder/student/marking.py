"""One case, marked: does what came agree with what was expected, and why not?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from autograder.student.findings import Finding, compare, equal
from autograder.student.probing import CaseResult, Output, Raised, Unusable
from autograder.student.questions import Array, Case, Inputs
from autograder.student.reasons.array import is_vague
from autograder.student.reasons.case import relation

# Where an output whose name holds these words may have an axis of length 1 more or
# less: a bias (1, O) is as good as (O,), a gradient of a node (N, 1) as (N,).
FLAT = {"gradients[b]": (0, 1), "gradients[": (1,), "bias": (0,)}
MOST_REASONS = 3


@dataclass(frozen=True)
class Verdict:
    """One case judged: passed, or the reason in one line."""

    case: str
    visible: bool
    passed: bool
    reason: str = ""
    mistake: str = ""


Mistakes = Sequence[tuple[str, Mapping[str, Output]]]
# The name of an output, "" if it is of none, and what is wrong with it.
Reason = tuple[str, str]


def mark(
    case: Case,
    label: str,
    inputs: Inputs,
    expected: Mapping[str, Array],
    result: CaseResult,
    mistakes: Mistakes = (),
    *,
    visible: bool,
) -> Verdict:
    """Return the verdict on one case; `label` is how a person calls it."""
    got = dict(result.outputs)
    find = _predicate_reasons if case.judge is not None else _reasons
    reasons = list(find(case, inputs, expected, result, visible))
    if not reasons:
        return Verdict(label, visible, True)
    mistake = "" if result.raised else _known_mistake(got, expected, mistakes)
    if mistake:
        reasons = [(reasons[0][0], mistake)]
    return Verdict(label, visible, False, _in_one_line(reasons), mistake)


def _in_one_line(reasons: Sequence[Reason]) -> str:
    """Return the first reasons, each said once of all outputs that it fits."""
    names: dict[str, list[str]] = {}
    for name, text in reasons:
        names.setdefault(text, []).extend([name] if name else [])
    lines = [
        f"{', '.join(who)}: {text}" if who else text for text, who in names.items()
    ]
    return "; ".join(lines[:MOST_REASONS])


def _reasons(
    case: Case,
    inputs: Inputs,
    expected: Mapping[str, Array],
    result: CaseResult,
    visible: bool,
) -> Iterator[Reason]:
    got = dict(result.outputs)
    for name, array in expected.items():
        if name not in got:
            yield _absent(name, result.raised, visible)
            return
        sizes, flat = named_sizes(inputs), flat_places(name)
        finding = compare(name, array, got[name], sizes, flat=flat, rtol=case.rtol)
        if finding:
            text = finding.say(visible)
            if finding and is_vague(finding.text):
                text = relation(name, expected, got[name], inputs) or text
            yield name, text


def _absent(name: str, raised: Raised | None, visible: bool) -> Reason:
    return ("", raised.say(visible)) if raised else (name, "missing")


def _predicate_reasons(
    case: Case,
    inputs: Inputs,
    expected: Mapping[str, Array],
    result: CaseResult,
    visible: bool,
) -> Iterator[Reason]:
    """Yield what the case's own judge says of plain arrays of whole numbers."""
    assert case.judge is not None
    got = dict(result.outputs)
    arrays = {name: out for name, out in got.items() if isinstance(out, np.ndarray)}
    for name in expected:
        if name not in got:
            yield _absent(name, result.raised, visible)
            return
        out = got[name]
        if isinstance(out, Unusable):
            yield name, _wrong_kind(out).say(visible)
            return
    reason = case.judge(inputs, arrays)
    if reason:
        name, colon, text = reason.partition(": ")
        yield (name, text) if colon else ("", reason)


def _wrong_kind(out: Unusable) -> Finding:
    if out.what == "None":
        return Finding("is None, or nothing that was asked for: is a return missing?")
    return Finding("is not what was asked for", f"is {out.what}")


def _known_mistake(
    got: Mapping[str, Output], expected: Mapping[str, Array], mistakes: Mistakes
) -> str:
    """Return the sentence of the mistake that gives just these outputs, or ""."""
    for sentence, outputs in mistakes:
        if list(outputs) == [name for name in expected if name in got] and all(
            alike(name, output, got[name]) for name, output in outputs.items()
        ):
            return sentence
    return ""


def alike(name: str, wrong: Output, got: Output) -> bool:
    """Return whether the output of that name is what a mistake gives."""
    if isinstance(wrong, Unusable):
        return isinstance(got, Unusable) and got == wrong
    return equal(wrong, got, flat_places(name))


@cache
def flat_places(name: str) -> tuple[int, ...]:
    """Return where the output of that name may have an axis of length 1 or not."""
    return next((places for word, places in FLAT.items() if word in name), ())


def named_sizes(inputs: Inputs) -> dict[str, int]:
    """Return sizes of a case that a wrong factor may equal, with their names."""
    for name in ("x", "X", "logits", "grad", "y"):
        array = inputs.get(name)
        if array is not None and array.ndim == 2:
            n, columns = array.shape
            return {
                "N": n,
                "the number of columns": columns,
                "the number of entries": n * columns,
            }
        if array is not None and array.ndim == 1:
            return {"N": array.shape[0]}
    return {}
