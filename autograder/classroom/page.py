"""The instructor's page on one assignment, with its pictures in it and beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from autograder.classroom import pictures
from autograder.classroom.html import folded, foot, head, section, table
from autograder.classroom.statistics import (
    Graded,
    closed_problems,
    facts,
    mistakes,
    notes,
    others,
    passed,
    problems,
    read_class,
    said,
    shares,
)
from autograder.judging.report import Report

MOST_DRAWN = 20
MOST_OTHERS = 15
# A PNG, and the text that stands for it.
Image = tuple[bytes, str]


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


def draw(reports: Sequence[Report]) -> dict[str, Image]:
    """Return each picture, with the text that stands for it."""
    seconds = [report.seconds for report in reports]
    span = f"from {min(seconds):.2g} to {max(seconds):.2g}"
    return {
        "scores": _scores(reports),
        "questions": _questions(reports),
        "cases": _grid(reports),
        "mistakes": _mistakes(reports),
        "time": (pictures.times(seconds), f"Seconds for each submission, {span}."),
    }


def _scores(reports: Sequence[Report]) -> Image:
    percents = [100 * r.points / (r.max_points or 1.0) for r in reports]
    counts, _ = pictures.histogram(percents)
    steps = [f"{10 * i} to {10 * i + 10} %: {n}" for i, n in enumerate(counts) if n]
    return pictures.scores(percents), "Submissions by score. " + _list(steps)


def _questions(reports: Sequence[Report]) -> Image:
    rows = {
        q.id: shares([r.question(q.id) for r in reports]) for q in reports[0].questions
    }
    bars = [f"{q}: {a} full, {b} part, {c} none" for q, (a, b, c) in rows.items()]
    return pictures.questions(rows), "Points by question. " + _list(bars)


def _grid(reports: Sequence[Report]) -> Image:
    rates = {
        name: [count / len(reports) for count in row.values()]
        for name, row in passed(reports).items()
    }
    rows = [f"{q}: {', '.join(f'{100 * x:.0f}' for x in r)}" for q, r in rates.items()]
    return pictures.cases(rates), "Percentage that passed, by case. " + _list(rows)


def _mistakes(reports: Sequence[Report]) -> Image:
    top = mistakes(reports).most_common(MOST_DRAWN)
    counts = {f"{question}: {text}": n for (question, text), n in top}
    bars = [f"{text}: {n}" for text, n in counts.items()]
    return pictures.ranking(counts), "How many made each mistake. " + _list(bars)


def _list(words: Iterable[str]) -> str:
    return "; ".join(words) + "."


def _people(
    graded: Sequence[Graded], anonymous: bool, lines: Callable[[Report], Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """Yield a row for each line, with the names of those it is about, or how many."""
    names: dict[str, list[str]] = {}
    for g in graded:
        for line in dict.fromkeys(lines(g.report)):
            text = said(line, g.student, anonymous)
            names.setdefault(text, []).append(said(g.student, "", False))
    for text, row in names.items():
        yield text, str(len(row)) if anonymous else ", ".join(row)


def _page(
    assignment: str,
    graded: Sequence[Graded],
    missing: int,
    images: dict[str, Image],
    anonymous: bool,
) -> Iterator[str]:
    reports = [g.report for g in graded]
    known, rest = mistakes(reports), others(graded, anonymous)
    why = closed_problems if anonymous else problems
    yield from head(f"{assignment}: class report")
    yield from table((), facts(reports, missing))
    yield from section("Scores", images["scores"])
    yield from section("Questions", images["questions"])
    yield from section("Cases", images["cases"])
    yield from folded("The cases by name", _cases(reports))
    yield from section("Known mistakes", images["mistakes"] if known else None)
    ranked = [(str(n), q, text) for (q, text), n in known.most_common()]
    heads = ("students", "question", "what they were told")
    yield from folded("All of them, as a table", table(heads, ranked))
    yield from section("Other reasons, of the first case that failed")
    reasons = [
        (", ".join(f"{q} ({n})" for q, n in counts.most_common()), text)
        for text, counts in list(rest.items())[:MOST_OTHERS]
    ]
    yield from table(("questions (students)", "reason"), reasons)
    yield from section("What did not load")
    yield from table(("reason", "students"), _people(graded, anonymous, why))
    yield from section("Notes on what was handed in")
    yield from table(("note", "students"), _people(graded, anonymous, notes))
    yield from section("Time", images["time"])
    if not anonymous:
        yield from section("Students")
        names = ("student", "points", "late penalty", "questions lost")
        yield from table(names, _students(graded))
    yield from foot()


def _cases(reports: Sequence[Report]) -> Iterator[str]:
    for question, row in passed(reports).items():
        rows = [(case, f"{n} of {len(reports)}") for case, n in row.items()]
        yield from table((question, "passed"), rows)


def _students(graded: Sequence[Graded]) -> Iterator[tuple[str, str, str, str]]:
    for g in graded:
        lost = "all" if len(g.report.lost) == len(g.report.questions) else ""
        yield (
            said(g.student, "", False),
            f"{g.report.points:g}",
            f"{g.penalty:g}" if g.penalty else "",
            lost or ", ".join(g.report.lost),
        )
