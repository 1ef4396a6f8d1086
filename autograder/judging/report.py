"""What did one submission earn, and why not more? JSON in and out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from autograder.student.kinds import Kind
from autograder.student.marking import Verdict

UNTOLD = "Some hidden cases failed."
OTHERS = "With other inputs: "
# How much a reason says that names no mistake: see `_rank`.
RAISED, VAGUE = 2, 3


class HiddenReasons(StrEnum):
    """When a student's page tells why hidden cases failed."""

    AT_ONCE = "at once"
    AFTER_DEADLINE = "after the deadline"
    AFTER_PUBLISHING = "after publishing"
    NEVER = "never"


@dataclass(frozen=True)
class QuestionReport:
    """The verdicts on one question. Points come from its hidden cases, in equal parts.

    `problem` is why the question could not be asked at all, or "". `closed` is that
    without a word of the student's program. `wrong` is a name for a wrong answer that
    no known mistake explains: who shares it gave the same numbers. `seen` are the
    verdicts on visible cases that failed, by visible cases alone.
    """

    id: str
    max_points: float
    verdicts: tuple[Verdict, ...] = ()
    problem: str = ""
    closed: str = ""
    seconds: float = 0.0
    wrong: str = ""
    seen: tuple[Verdict, ...] = ()

    @property
    def kind(self) -> Kind:
        """What became of the question, PASSED if it has full points."""
        if self.problem:
            return Kind.NOT_LOADED
        best = self._best()
        return best.kind if best else Kind.PASSED

    @property
    def points(self) -> float:
        """The points earned, to two decimals; all of them if all hidden cases pass."""
        hidden = [verdict.passed for verdict in self.verdicts if not verdict.visible]
        if not hidden or self.problem:
            return 0.0
        return round(self.max_points * sum(hidden) / len(hidden), 2)

    @property
    def lost(self) -> bool:
        """Whether this question has less than full points."""
        return self.points < self.max_points

    def told(self, hidden: HiddenReasons = HiddenReasons.AT_ONCE) -> list[str]:
        """Return why points were lost, in lines for the student's page.

        Of hidden cases it is one line, the one that helps most, and none unless
        `hidden` is AT_ONCE: whoever calls has settled whether the time has come.
        """
        return self._lines(hidden, lambda v: f"{v.case}: ")

    def sentences(self, hidden: HiddenReasons) -> list[str]:
        """Return the same in sentences that stand alone, without the cases' names."""
        return self._lines(hidden, lambda v: "" if v.visible else OTHERS)

    def _lines(
        self, hidden: HiddenReasons, start: Callable[[Verdict], str]
    ) -> list[str]:
        """Return the reasons that are told, each behind its `start`."""
        if self.problem:
            return [self.problem]
        lines = [start(v) + v.reason for v in self._failed(hidden)]
        kept_back = hidden is not HiddenReasons.AT_ONCE and self._best_hidden()
        return [*lines, UNTOLD] if kept_back else lines

    def _failed(self, hidden: HiddenReasons) -> list[Verdict]:
        """Return the verdicts that are told, each reason once.

        What is vague, or was raised, is left out beside what says more.
        """
        told = list(self.seen)  # in which nothing depends on a hidden case
        if hidden is HiddenReasons.AT_ONCE:
            told = [v for v in self.verdicts if not v.passed and v.visible]
            best = self._best_hidden()
            told += [best] if best and _adds(best, told) else []
        least = min(map(_rank, told), default=0)
        once: dict[str, Verdict] = {}
        for verdict in told:
            if _rank(verdict) <= max(least, 1):
                once.setdefault(verdict.mistake or verdict.closed, verdict)
        return list(once.values())[: 1 if least == VAGUE else None]

    @property
    def reason(self) -> str:
        """Why points were lost, in the line that helps most, or ""."""
        best = self._best()
        if self.problem or best is None:
            return self.problem
        return f"{best.case}: {best.reason}"

    def _best(self) -> Verdict | None:
        """Return the verdict that helps most: a known mistake, else the first."""
        failed = [v for v in self.verdicts if not v.passed]
        named = [v for v in failed if v.mistake]
        return next(iter(named or failed), None)

    def _best_hidden(self) -> Verdict | None:
        """Return the hidden verdict that helps most: named, else one with values."""
        failed = [v for v in self.verdicts if not v.passed and not v.visible]
        return min(failed, key=_rank, default=None)


def _rank(verdict: Verdict) -> int:
    """Return how much a reason says; the least number says most."""
    if verdict.mistake:
        return 0
    if verdict.kind is Kind.RAISED and not verdict.visible:
        return RAISED
    return VAGUE if verdict.vague else 1


def _adds(hidden: Verdict, visible: Sequence[Verdict]) -> bool:
    """Return whether a hidden case says more than visible ones, or something else."""
    more = _rank(hidden) < min(map(_rank, visible), default=VAGUE + 1)
    return more or hidden.kind not in {verdict.kind for verdict in visible}


@dataclass(frozen=True)
class Report:
    """One submission, graded.

    `level` is the isolation that was in force. `notes` says what was wrong with the
    folder as it was handed in; `remarks` are for those who grade, not for students.
    `version` is that of the release that was worked on, "" if the folder does not say.
    """

    assignment: str
    questions: tuple[QuestionReport, ...]
    level: int
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    seconds: float = 0.0
    version: str = ""
    digest: str = field(default="", compare=False)

    @property
    def points(self) -> float:
        return round(sum(question.points for question in self.questions), 2)

    @property
    def max_points(self) -> float:
        return sum(question.max_points for question in self.questions)

    @property
    def scores(self) -> Mapping[str, float]:
        """The points of each question."""
        return {question.id: question.points for question in self.questions}

    @property
    def lost(self) -> list[str]:
        """The ids of the questions that have less than full points."""
        return [question.id for question in self.questions if question.lost]

    def question(self, question_id: str) -> QuestionReport:
        """Return the part on one question; KeyError if there is none."""
        return {question.id: question for question in self.questions}[question_id]

    def to_json(self) -> str:
        row = asdict(self)
        for question, part in zip(self.questions, row["questions"], strict=True):
            part |= {"points": question.points, "kind": question.kind}
        row["points"] = self.points
        return json.dumps(row, ensure_ascii=True, sort_keys=True)

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Report:
        """Return the Report that `to_json` wrote, from its parsed JSON."""
        rest = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
        questions = tuple(map(_question, row["questions"]))
        told: dict[str, Any] = {**rest, "questions": questions}
        told.pop("points", None)
        return cls(**told)


def _question(row: Mapping[str, Any]) -> QuestionReport:
    """Return the part on one question; what can be computed is not read."""
    rest = {k: v for k, v in row.items() if k not in {"points", "kind"}}
    verdicts = {
        name: tuple(
            Verdict(**{**verdict, "kind": Kind(verdict.get("kind", Kind.PASSED))})
            for verdict in row.get(name, ())
        )
        for name in ("verdicts", "seen")
    }
    return QuestionReport(**{**rest, **verdicts})
