"""The instructor's page on one assignment, from what grading has left behind.

It reads the gradebook and the Reports in autograded/, and nothing else: neither
submissions nor cases need to be there any more.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import pictures
from autograder.converter import open_course
from autograder.gradebook import OpenGradebook, read_report
from autograder.page import foot, head, section, table
from autograder.results import QuestionReport, Report

# What a student's program said itself follows these words.
QUOTED = re.compile(r"((?:did not load|raised):? \w+): .*", re.DOTALL)
MOST_OTHERS = 15


@dataclass(frozen=True)
class Graded:
    """A student's Report, and what nbgrader's gradebook adds to it."""

    student: str
    report: Report
    penalty: float = 0.0


def write_report(root: Path, assignment: str, *, anonymous: bool = False) -> Path:
    """Write report-<assignment>.html and its pictures in `root`; return the page.

    With `anonymous` it holds no name, and no word of a student's program. Raises
    RuntimeError if nothing has been graded.
    """
    graded, missing = read_class(root, assignment)
    if not graded:
        raise RuntimeError(f"nothing of '{assignment}' is graded yet: grade it first")
    images = draw([g.report for g in graded])
    folder = root / f"report-{assignment}"
    folder.mkdir(exist_ok=True)
    for name, (png, _) in images.items():
        (folder / f"{name}.png").write_bytes(png)
    page = root / f"report-{assignment}.html"
    text = "\n".join(_page(assignment, graded, missing, images, anonymous))
    page.write_text(text, encoding="utf-8")
    return page


def read_class(root: Path, assignment: str) -> tuple[list[Graded], int]:
    """Return what is graded, by student, and how many more the gradebook knows."""
    coursedir = open_course(root, assignment).coursedir
    if not (root / "gradebook.db").exists():
        raise RuntimeError("there is no gradebook.db here: grade the assignment first")
    gradebook = OpenGradebook(coursedir.db_url, coursedir.course_id)
    try:
        known = {student.id for student in gradebook.students}
        rows = {s.student.id: s for s in gradebook.assignment_submissions(assignment)}
        penalties = {name: s.late_submission_penalty for name, s in rows.items()}
    finally:
        gradebook.close()
    folder = Path(coursedir.root, coursedir.autograded_directory)
    found = []
    for path in sorted(folder.glob(f"*/{assignment}/{assignment}.ipynb")):
        name, report = path.parts[-3], read_report(path)
        if report is not None:
            found.append(Graded(name, report, float(penalties.get(name) or 0.0)))
    return found, len(known - {g.student for g in found})


def mistakes(reports: Iterable[Report]) -> Counter[tuple[str, str]]:
    """Return how many made each known mistake; each student counts once."""
    return Counter(
        made
        for report in reports
        for made in {(q.id, v.mistake) for q in report.questions for v in q.verdicts}
        if made[1]
    )


def others(graded: Sequence[Graded], anonymous: bool) -> Counter[tuple[str, str]]:
    """Return how many lost a question for a reason that is no known mistake."""
    counts: Counter[tuple[str, str]] = Counter()
    for g in graded:
        for q in g.report.questions:
            if q.lost and not q.problem and not any(v.mistake for v in q.verdicts):
                first = next((v.reason for v in q.verdicts if not v.passed), "")
                counts[q.id, said(first, g.student, anonymous)] += 1
    return counts


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


def draw(reports: Sequence[Report]) -> dict[str, tuple[bytes, str]]:
    """Return each picture, with the text that stands for it."""
    percents = [100 * r.points / (r.max_points or 1.0) for r in reports]
    shares = {
        q.id: _shares([r.question(q.id) for r in reports]) for q in reports[0].questions
    }
    cases = {
        name: [count / len(reports) for count in row.values()]
        for name, row in passed(reports).items()
    }
    ranked = {f"{q}: {text}": n for (q, text), n in mistakes(reports).most_common(20)}
    seconds = [r.seconds for r in reports]
    counts, _ = pictures.histogram(percents)
    steps = [f"{10 * i} to {10 * i + 10} %: {n}" for i, n in enumerate(counts) if n]
    bars = [
        f"{name}: {a} full, {b} part, {c} none" for name, (a, b, c) in shares.items()
    ]
    grid = [f"{q}: {', '.join(f'{100 * x:.0f}' for x in r)}" for q, r in cases.items()]
    return {
        "scores": (pictures.scores(percents), "Submissions by score. " + _list(steps)),
        "questions": (pictures.questions(shares), "Points by question. " + _list(bars)),
        "cases": (pictures.cases(cases), "Percent passed, by case. " + _list(grid)),
        "mistakes": (
            pictures.ranking(ranked),
            "How many made each mistake. "
            + _list(f"{text}: {n}" for text, n in ranked.items()),
        ),
        "time": (
            pictures.times(seconds),
            f"Seconds for each submission, from {min(seconds):.2g} "
            f"to {max(seconds):.2g}.",
        ),
    }


def said(text: str, student: str, anonymous: bool) -> str:
    """Return a reason in one line of printable letters; without names if asked."""
    if anonymous:
        text = QUOTED.sub(r"\1", text).replace(student, "(name)")
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def _shares(row: Sequence[QuestionReport]) -> tuple[int, int, int]:
    full = sum(not question.lost for question in row)
    none = sum(question.lost and not question.points for question in row)
    return full, len(row) - full - none, none


def _list(words: Iterable[str]) -> str:
    return "; ".join(words) + "."


def facts(reports: Sequence[Report], missing: int) -> Iterator[tuple[str, str]]:
    """Yield what to know first, each as a name and a value."""
    points = [report.points for report in reports]
    seconds = [report.seconds for report in reports]
    levels = Counter(report.level for report in reports)
    unloaded = sum(any(q.problem for q in report.questions) for report in reports)
    yield "graded", str(len(reports))
    yield "handed in nothing, of those in the gradebook", str(missing)
    yield "full marks", str(sum(not report.lost for report in reports))
    yield (
        "points",
        f"{statistics.mean(points):.1f} in the mean, {statistics.median(points):g} in "
        f"the middle, of {reports[0].max_points:g}",
    )
    yield "did not load, in whole or in part", str(unloaded)
    words = [f"{level} ({n} of {len(reports)})" for level, n in sorted(levels.items())]
    yield "isolation level while grading", ", ".join(words)
    yield (
        "time for each",
        f"{statistics.median(seconds):.2g} s in the middle, {max(seconds):.2g} s at "
        f"most, {sum(seconds):.2g} s for all",
    )


def problems(report: Report) -> list[str]:
    """Return why questions could not be asked, each reason once, and of how many."""
    counts = Counter(q.problem for q in report.questions if q.problem)
    return [f"{text} ({n} questions)" for text, n in counts.items()]


def _people(
    graded: Sequence[Graded], anonymous: bool, lines: Callable[[Report], Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """Yield a row for each line of each student; the names are left out if asked."""
    for g in graded:
        for line in lines(g.report):
            name = "" if anonymous else said(g.student, "", False)
            yield name, said(line, g.student, anonymous)


def _page(
    assignment: str,
    graded: Sequence[Graded],
    missing: int,
    images: dict[str, tuple[bytes, str]],
    anonymous: bool,
) -> Iterator[str]:
    reports = [g.report for g in graded]
    known, rest = mistakes(reports), others(graded, anonymous)
    yield from head(f"{assignment}: class report")
    yield from table((), facts(reports, missing))
    yield from section("Scores", images["scores"])
    yield from section("Questions", images["questions"])
    yield from section("Cases", images["cases"])
    yield "<details><summary>The cases by name</summary>"
    for question, row in passed(reports).items():
        rows = [(case, f"{n} of {len(reports)}") for case, n in row.items()]
        yield from table((question, "passed"), rows)
    yield "</details>"
    yield from section("Mistakes that have a name", images["mistakes"])
    ranked = [(str(n), q, text) for (q, text), n in known.most_common()]
    yield from table(("students", "question", "what they were told"), ranked)
    yield from section("Other reasons, the most frequent first")
    ranked = [(str(n), q, text) for (q, text), n in rest.most_common(MOST_OTHERS)]
    yield from table(("students", "question", "reason of the first case"), ranked)
    yield from section("What did not load")
    yield from table(("student", "reason"), _people(graded, anonymous, problems))
    yield from section("Notes on what was handed in")
    notes = _people(graded, anonymous, lambda report: report.notes)
    yield from table(("student", "note"), notes)
    yield from section("Time", images["time"])
    if not anonymous:
        yield from section("Students")
        heads = ("student", "points", "late penalty", "questions lost")
        yield from table(heads, _students(graded))
    yield from foot()


def _students(graded: Sequence[Graded]) -> Iterator[tuple[str, str, str, str]]:
    for g in graded:
        lost = "all" if len(g.report.lost) == len(g.report.questions) else ""
        yield (
            said(g.student, "", False),
            f"{g.report.points:g}",
            f"{g.penalty:g}" if g.penalty else "",
            lost or ", ".join(g.report.lost),
        )
