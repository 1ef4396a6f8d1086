"""How many wrong programs by others are given the right reason? docs/diagnosis.md.

python -m benchmarks.diagnosis

Each program stands in a TOML file here, beside `words`: a regular expression that the
reason must match to count as the right one. It is judged in this process, without a
sandbox, with visible and hidden cases. The figure and the misses are printed, and the
figure is written into the page.
"""

from __future__ import annotations

import re
import sys
import tomllib
import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from autograder.judging.report import HiddenReasons
from tests.support.judged import ROOT, court
from tests.support.programs import apply, library

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
    warnings.simplefilter("ignore")
    with redirect_stdout(StringIO()):  # what the programs themselves print
        rows = list(judged())
    misses = [row for row in rows if not row.right]
    print(*misses, sep="\n\n", end="\n\n")
    print(f"{len(rows) - len(misses)} of {len(rows)} are given the right reason")
    PAGE.write_text(
        replaced(PAGE.read_text(encoding="utf-8"), table(rows)), encoding="utf-8"
    )
    print(f"wrote {PAGE.relative_to(ROOT)}")
    return 0


def judged() -> Iterator[Judged]:
    """Yield each program of all files here with what its student would be told."""
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        court_of = court(path.stem)
        modules = court_of.course.sources
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["program"]:
            lib = library(apply({row["target"]: row["code"]}), *modules)
            report = court_of.question(lib, row["question"])
            told = " ".join(report.sentences(HiddenReasons.AT_ONCE))
            given = (row[name] for name in ("author", "question", "words", "code"))
            yield Judged(path.stem, *given, told if report.lost else "")


def table(rows: list[Judged]) -> str:
    """Return the figure in Markdown: a line for each assignment, and all of them."""
    lines = [
        "| assignment | programs | right reason | |",
        "|---|---|---|---|",
        *(
            line(name, [row for row in rows if row.assignment == name])
            for name in sorted({row.assignment for row in rows})
        ),
        line("all", rows),
    ]
    return "\n".join([*lines, "", f"Counted on {date.today()}."])


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
