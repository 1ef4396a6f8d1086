"""How many wrong programs by others are given the right reason? docs/diagnosis.md.

python -m benchmarks.diagnosis

Each program stands in a TOML file here, beside `words`: a regular expression that the
reason must match to count as the right one. It is graded in the real sandbox, with
visible and hidden cases. The misses are printed, and the figure and what each miss was
told are written into the page.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.report import HiddenReasons
from autograder.judging.submission import Grader
from tests.support.judged import ROOT, SEED
from tests.support.programs import apply

PAGE = ROOT / "docs/diagnosis.md"
BEGIN, END = "<!-- figure: begin -->", "<!-- figure: end -->"


@dataclass(frozen=True)
class Judged:
    """One program: whose it is, what it should be told and what it was told."""

    assignment: str
    author: int
    question: str
    words: str
    code: str
    told: str

    @property
    def right(self) -> bool:
        return re.search(self.words, self.told, re.IGNORECASE) is not None

    def __str__(self) -> str:
        told = self.told or "nothing: it has full points"
        return (
            f"{self.assignment}, {self.question}, author {self.author}\n"
            f"{self.code.strip()}\n    told: {told}\n    words: {self.words}"
        )


def main() -> int:
    rows = list(judged())
    misses = [row for row in rows if not row.right]
    print(*misses, sep="\n\n", end="\n\n")
    print(f"{len(rows) - len(misses)} of {len(rows)} are given the right reason")
    figure = f"{table(rows)}\n\n{listed(misses)}"
    page = replaced(PAGE.read_text(encoding="utf-8"), figure)
    PAGE.write_text(page, encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
    return 0


def judged() -> Iterator[Judged]:
    """Yield each program of all files here with what its student would be told."""
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["program"]
        with Grader(Course.load(ROOT, path.stem, SEED)) as grader:
            for row in rows:
                sources = apply({row["target"]: row["code"]})
                given = (row[name] for name in ("author", "question", "words", "code"))
                told = told_of(grader, sources, row["question"])
                yield Judged(path.stem, *given, told)


def told_of(grader: Grader, sources: dict[str, str], question: str) -> str:
    """Return what a student is told of one question, "" if it has full points."""
    modules = {name: sources[name].encode() for name in grader.course.sources}
    graded = grader.grade(Submission(modules, notebook=b"", timestamp=b""))
    report = graded.question(question)
    return " ".join(report.sentences(HiddenReasons.AT_ONCE)) if report.lost else ""


def table(rows: list[Judged]) -> str:
    """Return the figure in Markdown: a line for each assignment, and all of them."""
    names = sorted({row.assignment for row in rows})
    parts = {name: [row for row in rows if row.assignment == name] for name in names}
    lines = [
        "| assignment | programs | right reason | |",
        "|---|---|---|---|",
        *(line(name, part) for name, part in {**parts, "all": rows}.items()),
    ]
    return "\n".join([*lines, "", f"Counted on {date.today()}, in the sandbox."])


def listed(misses: list[Judged]) -> str:
    """Return the misses in Markdown: the question, and what was told of it."""
    lines = (
        f"- {row.assignment}, `{row.question}`, author {row.author}: "
        f"{row.told or 'nothing, it has full points'}"
        for row in misses
    )
    return "\n".join(["The misses, and what they are told:", "", *lines])


def line(name: str, rows: list[Judged]) -> str:
    right = sum(row.right for row in rows)
    return f"| {name} | {len(rows)} | {right} | {right / len(rows):.0%} |"


def replaced(page: str, figure: str) -> str:
    """Return the page with the figure between its two markers."""
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{figure}\n\n{END}{after}"


if __name__ == "__main__":
    sys.exit(main())
