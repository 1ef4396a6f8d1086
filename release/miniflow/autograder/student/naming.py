"""Which known mistake was made, if one explains what failed?

The same rule names a mistake in `check` and in grading. If two forms of a mistake are
known, with a different number in each, it is found for any number: its outputs are on
the line through those of the two. A mean that is missing as well makes all outputs
larger by the factor N.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import isclose
from typing import Any, TypeGuard

import numpy as np

from autograder.student.findings import Finding, equal
from autograder.student.kinds import Kind
from autograder.student.marking import Trial, Verdict, lost, mark
from autograder.student.probing import CaseResult, Output
from autograder.student.questions import Array, Value
from autograder.student.reasons.array import factor_texts
from autograder.student.reasons.case import contrast

# So many entries more than numbers that are fitted, or the line is a coincidence.
ENOUGH = 2
# A known mistake by its sentence, and in which way it is meant: alone, on a line, or
# with a factor besides. Such a way is what is said of the factor.
Guess = tuple[str, str]
ALONE, LINE = "", "with another number in it"
# What one form of a mistake gives in one case, by the names of the outputs.
Form = Mapping[str, Output]
# The sentence of each known mistake with what it gives in one case.
Mistakes = Sequence[tuple[str, Form]]


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
    # That all is unwritten, or something kept, is no matter of the inputs.
    if any(v.mistake or v.kind in {Kind.UNWRITTEN, Kind.KEPT} for v in verdicts):
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
        if best and weights[best][0] > 0:
            return [row.named(*best) for row in rows]
    return [row.verdict for row in rows]


def _guesses(rows: Sequence[JudgedCase]) -> Iterator[list[Guess]]:
    """Yield what may have been written, the simplest first."""
    for way in (ALONE, LINE):
        yield [(said, way) for row in rows for said, _ in row.mistakes]
    yield [
        (said, way)
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
        forms = row.forms(*guess)
        if row.verdict.passed:
            results = (CaseResult(tuple(form.items())) for form in forms)
            if forms and not any(mark(row.trial, result).passed for result in results):
                return (0, 0, 0)
            explained += bool(forms)
        elif row.explained_by(forms):
            failed, explained = failed + 1, explained + 1
            whole += any(row.comes_to(form, form) for form in forms)
        else:
            failed -= bool(forms)
    return failed, whole, explained


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
        names = list(self.trial.expected)
        if self.trial.case.judge is not None:
            return names
        return [name for name in names if not self.trial.is_right(name, self.got)]

    def forms(self, said: str, way: str) -> list[Form]:
        """Return what a guess gives here, in each of its forms."""
        if self.result.raised:
            return []
        forms = [outputs for name, outputs in self.mistakes if name == said]
        if way == ALONE or (way == LINE and self.verdict.passed):
            return forms
        forms = [outputs for outputs in forms if self.errs(outputs)]
        if way == LINE:
            lines = (nearest(*pair, self.got, self.wrong) for pair in pairwise(forms))
            return [line for line in lines if line]
        factor = factor_texts(self.trial.sizes).get(way)
        return [scaled(outputs, factor) for outputs in forms] if factor else []

    def errs(self, outputs: Form) -> bool:
        """Return whether a mistake gets all outputs wrong that are wrong here."""
        return not any(self.trial.is_right(name, outputs) for name in self.wrong)

    def factors_of(self, outputs: Form) -> list[str]:
        """Return what may be wrong besides a mistake: the sign, or a mean."""
        name = self.wrong[0] if self.wrong and self.errs(outputs) else ""
        ratio = ratio_of(outputs.get(name), self.got.get(name))
        ways = factor_texts(self.trial.sizes).items()
        return [way for way, by in ways if isclose(ratio, by, rel_tol=1e-6)]

    def explained_by(self, forms: Iterable[Form]) -> bool:
        """Return whether a form of a mistake gives all outputs that are wrong."""
        return any(self.wrong and self.comes_to(form, self.wrong) for form in forms)

    def comes_to(self, outputs: Form, names: Iterable[str]) -> bool:
        """Return whether the outputs of these names are those of the program."""
        got, rule = self.got, self.trial.rule
        return all(
            n in outputs and n in got and equal(outputs[n], got[n], rule(n))
            for n in names
        )

    def named(self, said: str, way: str) -> Verdict:
        """Return the verdict with the guess's sentence, if it explains the case."""
        if self.verdict.passed or not self.explained_by(self.forms(said, way)):
            return self.verdict
        also = "" if way in (ALONE, LINE) else f"; also {way}"
        first = self.wrong[0] if self.trial.case.judge is None else ""
        finding = Finding(self.verdict.kind, said + also, name=first)
        return lost(self.trial, [finding], said)


def scaled(outputs: Form, factor: float) -> Form:
    """Return the outputs with every array of real numbers times the factor."""
    return {n: np.asarray(v * factor) if _is_real(v) else v for n, v in outputs.items()}


@np.errstate(all="ignore")  # numbers of any size may come
def ratio_of(one: Output, other: Output) -> float:
    """Return by which factor one array becomes another, NaN if by none."""
    if not _is_real(one) or not _is_real(other) or one.shape != other.shape:
        return float("nan")
    return float(np.vdot(one, other) / np.vdot(one, one))


@np.errstate(all="ignore")
def nearest(one: Form, other: Form, got: Form, names: Iterable[str]) -> Form:
    """Return for each name the point of the line through two forms nearest to `got`.

    Empty if a line would be no evidence: it goes through any single number.
    """
    line: dict[str, Output] = {}
    entries = -ENOUGH
    for name in names:
        arrays: list[Any] = [outputs.get(name) for outputs in (one, other, got)]
        if not all(map(_is_real, arrays)) or len({a.shape for a in arrays}) > 1:
            return {}
        a, b, c = arrays
        line[name], along = a, b - a
        if along.any():
            line[name] = a + ratio_of(along, c - a) * along
            entries += int(np.count_nonzero(along)) - 1
    return line if entries >= 0 else {}


def _is_real(out: Output) -> TypeGuard[Array]:
    return isinstance(out, np.ndarray) and out.dtype == np.float64
