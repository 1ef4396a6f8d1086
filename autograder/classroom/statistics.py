"""What did a class achieve? Counted from what grading left behind.

It reads the gradebook and the Reports in autograded/, and nothing else: neither
submissions nor cases need to be there any more.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.judging.report import QuestionReport, Report
from autograder.nbgrader_steps.course_folder import (
    has_gradebook,
    open_folder,
    open_gradebook,
    place,
)
from autograder.nbgrader_steps.gradebook import read_report
from autograder.student.version import version_of

# Below so many, a correlation says nothing.
FEWEST = 3


@dataclass(frozen=True)
class Graded:
    """A student's Report, and what nbgrader's gradebook adds to it."""

    student: str
    report: Report
    penalty: float = 0.0


def read_class(root: Path, assignment: str) -> tuple[list[Graded], list[str]]:
    """Return what is graded, by student, and who else is in the gradebook."""
    coursedir = open_folder(root, assignment)
    if not has_gradebook(coursedir):
        raise RuntimeError("there is no gradebook here: grade the assignment first")
    with open_gradebook(root) as gradebook:
        known = {student.id for student in gradebook.students}
        rows = {s.student.id: s for s in gradebook.assignment_submissions(assignment)}
        penalties = {name: s.late_submission_penalty for name, s in rows.items()}
    version = version_of(place(coursedir, coursedir.release_directory, "."))
    folder = Path(coursedir.root, coursedir.autograded_directory)
    found = []
    for path in sorted(folder.glob(f"*/{assignment}/{assignment}.ipynb")):
        name, report = path.parts[-3], read_report(path)
        if report is not None:
            penalty = float(penalties.get(name) or 0.0)
            found.append(Graded(name, _remarked(report, version), penalty))
    return found, sorted(known - {g.student for g in found})


def mistakes(reports: Iterable[Report]) -> Counter[tuple[str, str]]:
    """Return how many made each known mistake; each student counts once."""
    return Counter(
        made
        for report in reports
        for made in {(q.id, v.mistake) for q in report.questions for v in q.verdicts}
        if made[1]
    )


def others(graded: Sequence[Graded], anonymous: bool) -> dict[str, Counter[str]]:
    """Return reasons that are no known mistake; for each how many lost which question.

    The reason is that of the first case that failed; the most frequent one is first.
    """
    found: dict[str, Counter[str]] = {}
    for g in graded:
        for q in g.report.questions:
            if q.lost and not q.problem and not any(v.mistake for v in q.verdicts):
                first = next(v for v in q.verdicts if not v.passed)
                reason = first.closed if anonymous else first.reason
                line = said(reason, g.student, anonymous)
                found.setdefault(line, Counter())[q.id] += 1
    return dict(sorted(found.items(), key=lambda row: -row[1].total()))


def passed(reports: Sequence[Report]) -> dict[str, dict[str, int]]:
    """Return for each question and case how many passed it.

    A question that could not be asked passed none of its cases.
    """
    counts: dict[str, dict[str, int]] = {}
    for question in (q for report in reports for q in report.questions):
        row = counts.setdefault(question.id, {})
        for verdict in question.verdicts:
            row[verdict.case] = row.get(verdict.case, 0) + verdict.passed
    return counts


def shares(row: Sequence[QuestionReport]) -> tuple[int, int, int]:
    full = sum(not question.lost for question in row)
    none = sum(question.lost and not question.points for question in row)
    return full, len(row) - full - none, none


def of_question(reports: Sequence[Report], question: str) -> float | None:
    """Return a question's discrimination, from -1 to 1; None where it has none.

    How well it tells strong students from weak ones: the point-biserial correlation
    between passing it and the points of all other questions.
    """
    passed = [not report.question(question).lost for report in reports]
    return point_biserial(passed, _rest(reports, question))


def of_case(reports: Sequence[Report], question: str, case: str) -> float | None:
    """Return the same of a case; whoever was not asked did not pass it."""
    passed = [
        any(v.passed for v in report.question(question).verdicts if v.case == case)
        for report in reports
    ]
    return point_biserial(passed, _rest(reports, question))


def point_biserial(passed: Sequence[bool], rest: Sequence[float]) -> float | None:
    """Return Pearson's r with a 0 or 1, or None where one side is the same for all."""
    if len(rest) < FEWEST or len(set(passed)) < 2 or len(set(rest)) < 2:
        return None
    return statistics.correlation([float(x) for x in passed], list(rest))


def _rest(reports: Sequence[Report], question: str) -> list[float]:
    return [round(r.points - r.question(question).points, 2) for r in reports]


def problems(report: Report) -> list[str]:
    """Return why questions could not be asked, each reason once."""
    return list(dict.fromkeys(q.problem for q in report.questions if q.problem))


def closed_problems(report: Report) -> list[str]:
    """Return the same without a word of the student's program."""
    return list(dict.fromkeys(q.closed for q in report.questions if q.problem))


def notes(report: Report) -> list[str]:
    """Return what was odd about the folder, and is not among the problems."""
    told = {q.problem for q in report.questions}
    said = (*report.notes, *report.remarks)
    return [note for note in said if note not in told]


def _remarked(report: Report, version: str) -> Report:
    """Return a Report that remarks if the release has another version by now."""
    if not version or report.version in ("", version):
        return report
    old = f"worked on release {report.version}; now it is {version}"
    return replace(report, remarks=(*report.remarks, old))


def said(text: str, student: str = "", anonymous: bool = False) -> str:
    """Return a reason in one line of printable letters.

    With `anonymous`, the student's name does not stand in it.
    """
    if anonymous:
        name = rf"(?<!\w){re.escape(student)}(?!\w)"
        text = re.sub(name, "(name)", text)
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
