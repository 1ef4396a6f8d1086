"""What does an instructor's page about an assignment show?"""

from __future__ import annotations

import csv
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

from jinja2 import Environment, FileSystemLoader

from autograder.classroom import pictures
from autograder.classroom.statistics import (
    Graded,
    closed_problems,
    mistakes,
    notes,
    of_case,
    of_question,
    others,
    passed,
    problems,
    read_class,
    said,
    shares,
)
from autograder.judging.report import Report
from autograder.nbgrader_steps.export import harmless
from autograder.nbgrader_steps.lock import locked

TEMPLATES = Path(__file__).parent / "templates"
MOST_OTHERS = 15
# A PNG, and the text that stands for it.
Image = tuple[bytes, str]


def write_report(root: Path, assignment: str, *, anonymous: bool = False) -> Path:
    """Write report-<assignment>.html, its pictures and its table; return the page.

    The table is report-<assignment>.csv: a row for each student. With `anonymous`
    nothing holds a name, or a word of a student's program. Raises RuntimeError if
    nothing has been graded.
    """
    graded, missing = read_class(root, assignment)
    if not graded:
        raise RuntimeError(f"nothing of '{assignment}' is graded yet: grade it first")
    images = draw([g.report for g in graded])
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    environment.filters |= {"said": said, "problems": problems}
    environment.globals |= {"of_case": of_case, "of_question": of_question}
    environment.filters["base64"] = lambda png: b64encode(png).decode("ascii")
    environment.globals |= {"mean": mean, "median": median}
    template = environment.get_template("report.html.j2")
    parts = _parts(graded, missing, anonymous)
    title = f"{assignment}: class report"
    text = template.render(title=title, images=images, anonymous=anonymous, **parts)
    folder, page = root / f"report-{assignment}", root / f"report-{assignment}.html"
    with locked(root):
        folder.mkdir(exist_ok=True)
        for name, (png, _) in images.items():
            (folder / f"{name}.png").write_bytes(png)
        with (root / f"report-{assignment}.csv").open("w", newline="") as file:
            csv.writer(file).writerows(_csv(graded, anonymous))
        page.write_text(text, encoding="utf-8")
    return page


def draw(reports: Sequence[Report]) -> dict[str, Image]:
    """Return each picture, with the text that stands for it."""
    return {
        "scores": _scores(reports),
        "questions": _questions(reports),
        "cases": _grid(reports),
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


def _list(words: Iterable[str]) -> str:
    return "; ".join(words) + "."


def _parts(
    graded: Sequence[Graded], missing: Sequence[str], anonymous: bool
) -> dict[str, Any]:
    """Return what the tables of the page show."""
    reports = [g.report for g in graded]
    why = closed_problems if anonymous else problems
    reasons = [
        (", ".join(f"{q} ({n})" for q, n in counts.most_common()), text)
        for text, counts in list(others(graded, anonymous).items())[:MOST_OTHERS]
    ]
    return {
        "reports": reports,
        "not_graded": len(missing),
        "passed": passed(reports),
        "mistakes": mistakes(reports).most_common(),
        "others": reasons,
        "problems": list(_people(graded, anonymous, why)),
        "notes": list(_people(graded, anonymous, notes)),
        "missing": [] if anonymous else missing,
        "students": [] if anonymous else graded,
    }


def _people(
    graded: Sequence[Graded], anonymous: bool, lines: Callable[[Report], Iterable[str]]
) -> Iterator[tuple[str, str]]:
    """Yield a row for each line, with the names of those it is about, or how many."""
    names: dict[str, list[str]] = {}
    for g in graded:
        for line in dict.fromkeys(lines(g.report)):
            text = said(line, g.student, anonymous)
            names.setdefault(text, []).append(said(g.student))
    for text, row in names.items():
        yield text, str(len(row)) if anonymous else ", ".join(row)


def _csv(graded: Sequence[Graded], anonymous: bool) -> Iterator[list[str]]:
    """Yield the table, its heads first; without names in the order of the points."""
    names = [question.id for question in graded[0].report.questions]
    yield [*([] if anonymous else ["student"]), "points", "late penalty", *names]
    rows = sorted(graded, key=lambda g: -g.report.points) if anonymous else graded
    for g in rows:
        points = [f"{g.report.scores.get(question, 0.0):g}" for question in names]
        who = [] if anonymous else [harmless(said(g.student))]
        yield [*who, f"{g.report.points:g}", f"{g.penalty:g}", *points]
