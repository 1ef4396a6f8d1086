"""A Report: what one submission earned, and why not more. JSON in and out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any

from autograder.student.marking import Verdict


class HiddenReasons(StrEnum):
    """When a student's page tells why hidden cases failed."""

    AT_ONCE = "at once"
    AFTER_DEADLINE = "after the deadline"
    AFTER_PUBLISHING = "after publishing"
    NEVER = "never"


@dataclass(frozen=True)
class QuestionReport:
    """The verdicts on one question. Points come from its hidden cases, in equal parts.

    `problem` is why the question could not be asked at all, or "".
    """

    id: str
    max_points: float
    verdicts: tuple[Verdict, ...] = ()
    problem: str = ""
    seconds: float = 0.0

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

    @property
    def reasons(self) -> list[str]:
        """Why points were lost: a line per case that failed, each reason once."""
        if self.problem:
            return [self.problem]
        lines: list[str] = []
        told: set[str] = set()
        for verdict in self.verdicts:
            if not verdict.passed and verdict.reason not in told:
                told.add(verdict.reason)
                lines.append(f"{verdict.case}: {verdict.reason}")
        return lines

    def told(self, hidden: HiddenReasons) -> list[str]:
        """Return why points were lost, in lines for the student's page.

        Of hidden cases it is one line, and none unless `hidden` is AT_ONCE: whoever
        calls has settled by then whether the time has come.
        """
        if self.problem:
            return [self.problem]
        shown = replace(self, verdicts=tuple(v for v in self.verdicts if v.visible))
        kept = replace(self, verdicts=tuple(v for v in self.verdicts if not v.visible))
        lines = shown.reasons
        if kept.reason and hidden is HiddenReasons.AT_ONCE:
            lines.append(kept.reason)
        elif kept.reason:
            lines.append("Some hidden cases failed.")
        return lines

    @property
    def reason(self) -> str:
        """Why points were lost, in the line that helps most, or ""."""
        named = [v for v in self.verdicts if v.mistake] or [
            v for v in self.verdicts if not v.passed
        ]
        if self.problem or not named:
            return self.problem
        return f"{named[0].case}: {named[0].reason}"


@dataclass(frozen=True)
class Report:
    """One submission, graded.

    `level` is the isolation that was in force. `notes` says what was wrong with the
    folder as it was handed in; `remarks` are for those who grade, not for students.
    """

    assignment: str
    questions: tuple[QuestionReport, ...]
    level: int
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    seconds: float = 0.0
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
        return json.dumps(asdict(self), ensure_ascii=True, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Report:
        """Return the Report that `to_json` wrote."""
        return cls.from_dict(json.loads(text))

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Report:
        questions = tuple(
            QuestionReport(
                **{**q, "verdicts": tuple(Verdict(**v) for v in q["verdicts"])}
            )
            for q in row["questions"]
        )
        notes, remarks = tuple(row["notes"]), tuple(row.get("remarks", ()))
        told = {"questions": questions, "notes": notes, "remarks": remarks}
        return cls(**{**row, **told})
