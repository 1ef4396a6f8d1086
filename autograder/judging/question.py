"""Outputs and references become verdicts. Nothing of a student runs here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from autograder.judging.answer_key import Course, Trial
from autograder.student.marking import Mistakes, Verdict, alike, mark
from autograder.student.probing import CaseResult, Output

NO_WEIGHT = (0, 0, 0)
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
    verdicts = [_mark(*row, ()) for row in zip(trials, results, strict=True)]
    answered = zip(verdicts, results, strict=True)
    # Only now: what mistakes give is worked out when somebody has made one.
    if any(not verdict.passed and not result.raised for verdict, result in answered):
        verdicts = _named(course, trials, results, verdicts)
    return _second_calls(trials, verdicts)


def _named(
    course: Course,
    trials: Sequence[Trial],
    results: Sequence[CaseResult],
    verdicts: list[Verdict],
) -> list[Verdict]:
    """Name the known mistake that explains most of what failed, if there is one.

    One that explains a case by chance is not what was written: its sentence would
    send a student astray.
    """
    known = course.mistakes(trials[0].case.question)
    rows = [Row(*row) for row in zip(trials, results, verdicts, known, strict=True)]
    sentences = dict.fromkeys(s for mistakes in known for s, _ in mistakes)
    weights = {sentence: _weight(sentence, rows) for sentence in sentences}
    best = max(weights, key=weights.__getitem__, default="")
    if not best or weights[best] <= NO_WEIGHT:
        return verdicts
    return [row.named(best) for row in rows]


def _weight(sentence: str, rows: Sequence[Row]) -> tuple[int, int, int]:
    """Return by how many failed cases a mistake is borne out; then what breaks a tie.

    That is in how many it gives all outputs, and how many cases speak for it at all.
    A case that passed must pass with the mistake too. A case says nothing where the
    mistake itself raises or gives no arrays.
    """
    failed = whole = explained = 0
    for row in rows:
        alike = row.mistakes_named(sentence)
        if not alike:
            continue
        if row.verdict.passed:
            if not any(row.passes(outputs) for outputs in alike):
                return NO_WEIGHT
        elif not any(row.explained_by(outputs) for outputs in alike):
            failed -= 1
            continue
        else:
            failed += 1
            whole += any(row.comes_to(outputs, outputs) for outputs in alike)
        explained += 1
    return (failed, whole, explained) if failed > 0 else NO_WEIGHT


@dataclass(frozen=True)
class Row:
    """One case: what a program came to there, and what each known mistake gives."""

    trial: Trial
    result: CaseResult
    verdict: Verdict
    mistakes: Mistakes

    @cached_property
    def wrong(self) -> list[str]:
        """The outputs that are wrong; all of them where more than one is right."""
        expected = self.trial.expected
        if self.trial.case.judge is not None:
            return list(expected)
        return [name for name in expected if not self.comes_to(expected, [name])]

    def mistakes_named(self, sentence: str) -> list[Mapping[str, Output]]:
        return [outputs for name, outputs in self.mistakes if name == sentence]

    def passes(self, outputs: Mapping[str, Output]) -> bool:
        """Return whether a mistake passes the case."""
        wrong = CaseResult(tuple(outputs.items()))
        return _mark(self.trial, wrong, ()).passed

    def explained_by(self, outputs: Mapping[str, Output]) -> bool:
        """Return whether a mistake gives all outputs that are wrong."""
        return not self.result.raised and self.comes_to(outputs, self.wrong)

    def comes_to(self, outputs: Mapping[str, Output], names: Iterable[str]) -> bool:
        """Return whether the outputs of these names are those of the program."""
        got = dict(self.result.outputs)
        return all(
            name in outputs and name in got and alike(name, outputs[name], got[name])
            for name in names
        )

    def named(self, sentence: str) -> Verdict:
        """Return the verdict with this sentence, if it explains the case."""
        alike = self.mistakes_named(sentence)
        if self.verdict.passed or not any(map(self.explained_by, alike)):
            return self.verdict
        return _mark(self.trial, self.result, [(sentence, dict(self.result.outputs))])


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
