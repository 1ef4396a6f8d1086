"""Which known mistake was made, if one explains what failed?

The same rule names a mistake in `check` and in grading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from autograder.student.findings import Finding, equal
from autograder.student.guesses import ALONE, LINE, Guess, nearest, ratio_of, scaled
from autograder.student.kinds import Kind
from autograder.student.marking import Trial, Verdict, lost, mark
from autograder.student.probing import CaseResult, Output
from autograder.student.questions import Value
from autograder.student.reasons.array import factor_texts
from autograder.student.reasons.contrast import contrast

NO_WEIGHT = (0, 0, 0)
# What says nothing of one case and not of others.
WHOLE = {Kind.UNWRITTEN, Kind.NOT_LOADED, Kind.NOT_ASKED, Kind.TOO_LONG, Kind.ENDED}
WHOLE |= {Kind.KEPT}
# How near two ratios are for a factor to be tried in earnest.
NEAR = 1e-6
# The sentence of each known mistake with what it gives in one case.
Mistakes = Sequence[tuple[str, Mapping[str, Output]]]


def judge(
    trials: Sequence[Trial],
    results: Sequence[CaseResult],
    known: Callable[[], Sequence[Mistakes]],
) -> list[Verdict]:
    """Return a verdict for each trial of one question, in order.

    `known` gives the mistakes for each trial; it is called when a case has failed.
    """
    verdicts: list[Verdict] = []
    for trial, result in zip(trials, results, strict=True):
        # Nothing is kept where an earlier first call is wrong.
        kept = all(verdict.passed or verdict.second for verdict in verdicts)
        verdicts.append(mark(trial, result, kept))
    answered = zip(verdicts, results, strict=True)
    if any(not verdict.passed and not result.raised for verdict, result in answered):
        rows = zip(trials, results, verdicts, known(), strict=True)
        verdicts = _named([JudgedCase(*row) for row in rows])
    return _set_apart(trials, verdicts)


def _set_apart(trials: Sequence[Trial], verdicts: list[Verdict]) -> list[Verdict]:
    """Add where cases fail, if no known mistake explains one and others pass."""
    if any(v.mistake or v.kind in WHOLE for v in verdicts):
        return verdicts
    sides: tuple[list[Mapping[str, Value]], ...] = ([], [])
    for trial, verdict in zip(trials, verdicts, strict=True):
        sides[verdict.passed].append({**trial.sizes, **trial.inputs})
    trait = contrast(*sides)
    start = f"only where {trait}, " if trait else ""
    return [
        v if v.passed else replace(v, reason=start + v.reason, closed=start + v.closed)
        for v in verdicts
    ]


def _named(rows: Sequence[JudgedCase]) -> list[Verdict]:
    """Name the known mistake that explains most of what failed, if there is one.

    One that explains a case by chance is not what was written: its sentence would
    send a student astray.
    """
    for guesses in _guesses(rows):
        weights = {guess: _weight(guess, rows) for guess in dict.fromkeys(guesses)}
        best = max(weights, key=weights.__getitem__, default=None)
        if best is not None and weights[best] > NO_WEIGHT:
            return [row.named(best) for row in rows]
    return [row.verdict for row in rows]


def _guesses(rows: Sequence[JudgedCase]) -> Iterator[list[Guess]]:
    """Yield what may have been written, the simplest first."""
    for way in (ALONE, LINE):
        yield [Guess(said, way) for row in rows for said, _ in row.mistakes]
    yield [
        Guess(said, way)
        for row in rows
        if not row.verdict.passed
        for said, outputs in row.mistakes
        for way in row.factors_of(outputs)
    ]


def _weight(guess: Guess, rows: Sequence[JudgedCase]) -> tuple[int, int, int]:
    """Return how many failed cases a mistake explains; then what breaks a tie.

    That is in how many it gives all outputs, and how many cases speak for it at all.
    A case that passed must pass with the mistake too. A case says nothing where the
    program or the mistake raises, or where the mistake gives no plain values.
    """
    failed = whole = explained = 0
    for row in rows:
        forms = row.forms(guess)
        if not forms or row.result.raised:
            continue
        if row.verdict.passed:
            results = (CaseResult(tuple(outputs.items())) for outputs in forms)
            if not any(mark(row.trial, result).passed for result in results):
                return NO_WEIGHT
        elif not any(map(row.explained_by, forms)):
            failed -= 1
            continue
        else:
            failed += 1
            whole += any(row.comes_to(outputs, outputs) for outputs in forms)
        explained += 1
    return (failed, whole, explained) if failed > 0 else NO_WEIGHT


@dataclass(frozen=True)
class JudgedCase:
    """One case: what a program came to there, and what each known mistake gives."""

    trial: Trial
    result: CaseResult
    verdict: Verdict
    mistakes: Mistakes

    @cached_property
    def got(self) -> Mapping[str, Output]:
        return dict(self.result.outputs)

    @cached_property
    def wrong(self) -> list[str]:
        """The outputs that are wrong; all of them where more than one is right."""
        expected, got = self.trial.expected, self.got
        if self.trial.case.judge is not None:
            return list(expected)
        return [n for n in expected if n not in got or not self.trial.equal(n, got[n])]

    def forms(self, guess: Guess) -> list[Mapping[str, Output]]:
        """Return what a guess gives here, in each of its forms."""
        forms = [outputs for name, outputs in self.mistakes if name == guess.sentence]
        if guess.way == ALONE or (guess.way == LINE and self.verdict.passed):
            return forms
        forms = [outputs for outputs in forms if self.errs(outputs)]
        if guess.way == LINE:
            lines = (nearest(*pair, self.got, self.wrong) for pair in pairwise(forms))
            return [line for line in lines if line]
        factor = self.factors.get(guess.way)
        return [scaled(outputs, factor) for outputs in forms] if factor else []

    def errs(self, outputs: Mapping[str, Output]) -> bool:
        """Return whether a mistake gets all outputs wrong that are wrong here."""
        equal_to = self.trial.equal
        return not any(n in outputs and equal_to(n, outputs[n]) for n in self.wrong)

    @cached_property
    def factors(self) -> Mapping[str, float]:
        """What may be wrong besides, with its factor: the sign, or a mean."""
        return {text: factor for factor, text in factor_texts(self.trial.sizes)}

    def factors_of(self, outputs: Mapping[str, Output]) -> list[str]:
        """Return the factors that may lie between a mistake's first array and ours."""
        name = self.wrong[0] if self.wrong and self.errs(outputs) else ""
        ratio = ratio_of(outputs.get(name), self.got.get(name))
        ways = self.factors.items()
        return [way for way, by in ways if abs(ratio - by) <= NEAR * abs(by)]

    def explained_by(self, outputs: Mapping[str, Output]) -> bool:
        """Return whether a mistake gives all outputs that are wrong."""
        wrong = self.wrong
        return bool(wrong) and not self.result.raised and self.comes_to(outputs, wrong)

    def comes_to(self, outputs: Mapping[str, Output], names: Iterable[str]) -> bool:
        """Return whether the outputs of these names are those of the program."""
        got, rule = self.got, self.trial.rule
        return all(
            n in outputs and n in got and equal(outputs[n], got[n], rule(n))
            for n in names
        )

    def named(self, guess: Guess) -> Verdict:
        """Return the verdict with the guess's sentence, if it explains the case."""
        if self.verdict.passed or not any(map(self.explained_by, self.forms(guess))):
            return self.verdict
        first = self.wrong[0] if self.trial.case.judge is None else ""
        finding = Finding(self.verdict.kind, str(guess), name=first)
        return lost(self.trial, [finding], guess.sentence)
