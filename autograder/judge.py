"""Outputs and references become verdicts. Nothing of a student runs here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from autograder.course import Course, Trial
from autograder.student.marking import Mistakes, Verdict, mark
from autograder.student.outputs import CaseResult

SECOND_CALL = "right on the first call, wrong on the second: is something kept?"


def judge(
    course: Course, trials: Sequence[Trial], results: Sequence[CaseResult], ended: str
) -> list[Verdict]:
    """Return a verdict for each trial of one question, in order.

    `results` may be fewer than the trials: then `ended` says how the process that
    ran them came to its end, and the whole question is lost.
    """
    if ended:
        return [Verdict(t.label, t.visible, False, ended) for t in trials]
    verdicts = [
        _verdict(course, i, trial, result)
        for i, (trial, result) in enumerate(zip(trials, results, strict=True))
    ]
    verdicts = _consistent(course, trials, results, verdicts)
    return _second_calls(trials, verdicts)


def _verdict(course: Course, index: int, trial: Trial, result: CaseResult) -> Verdict:
    verdict = _mark(trial, result, ())
    if verdict.passed or result.raised:
        return verdict
    # Only now: what mistakes give is worked out when somebody has made one.
    mistakes = course.mistakes(trial.case.question)[index]
    return _mark(trial, result, mistakes)


def _consistent(
    course: Course,
    trials: Sequence[Trial],
    results: Sequence[CaseResult],
    verdicts: list[Verdict],
) -> list[Verdict]:
    """Name the mistake that explains most cases, where several explain one.

    A mistake explains a case that passed if it would have passed it too.
    """
    if not any(verdict.mistake for verdict in verdicts):
        return verdicts
    known = course.mistakes(trials[0].case.question)
    fits = [
        _explained(*row) for row in zip(trials, results, verdicts, known, strict=True)
    ]
    weight = Counter(sentence for row in fits for sentence in row)
    return [
        row[max(row, key=weight.__getitem__)] if verdict.mistake else verdict
        for verdict, row in zip(verdicts, fits, strict=True)
    ]


def _explained(
    trial: Trial, result: CaseResult, verdict: Verdict, mistakes: Mistakes
) -> dict[str, Verdict]:
    """Return the verdict by each mistake that would have come to these outputs."""
    if verdict.passed:
        made = [(s, CaseResult(tuple(arrays.items()))) for s, arrays in mistakes]
        return {s: verdict for s, wrong in made if _mark(trial, wrong, ()).passed}
    alone = [_mark(trial, result, (row,)) for row in mistakes]
    return {found.mistake: found for found in alone if found.mistake}


def _mark(trial: Trial, result: CaseResult, mistakes: Mistakes) -> Verdict:
    return mark(
        trial.case,
        trial.label,
        trial.inputs,
        trial.expected,
        result,
        mistakes,
        visible=trial.visible,
    )


def _second_calls(trials: Sequence[Trial], verdicts: list[Verdict]) -> list[Verdict]:
    """Say so where only the cases that call twice are wrong."""
    twice = [trial.case.probe_name.endswith("_twice") for trial in trials]
    wrong = [not verdict.passed for verdict in verdicts]
    if not any(wrong) or any(w and not t for w, t in zip(wrong, twice, strict=True)):
        return verdicts
    return [
        replace(v, reason=f"{SECOND_CALL} {v.reason}") if w and not v.mistake else v
        for v, w in zip(verdicts, wrong, strict=True)
    ]
