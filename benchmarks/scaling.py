"""Classes of 10 to 10,000, from folders to the scored gradebook: time and memory.

Each is graded in a process of its own, which says what it took (graded.py).
"""

from __future__ import annotations

import json
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from nbgrader.api import Grade, Gradebook

from benchmarks.classes import hand_in, make_course
from benchmarks.measure import Figure, Row, Size, run

SIZES = {
    Size.QUICK: (5, 20),
    Size.USUAL: (10, 100, 1_000),
    Size.FULL: (10, 100, 1_000, 10_000),
}
NOISE = 1.2
EACH, PEAK = "each of", "peak memory of the grader"


def measure(size: Size) -> list[Row]:
    found = []
    for students in SIZES[size]:
        print(f"  a class of {students:,}", file=sys.stderr)
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            found.append((students, *one(Path(scratch, "course"), students)))
    _, _, peak, importing, judging = found[-1]
    grading = Figure("grading", peak, "MiB")
    last = [
        Row(f"peak memory of {what}", Figure(name, value, "MiB"), grading)
        for what, name, value in (
            ("a moment, while nbgrader is imported", "import", importing),
            ("the largest process that judges", "judging", judging),
        )
    ]
    return [*(row for pair in pairwise(found) for row in rows(*pair)), *last]


def one(folder: Path, students: int) -> tuple[float, float, float, float]:
    """Return milliseconds for each submission, and peaks of memory in MiB.

    The peaks are of grading, of the imports before it, and of the judging processes.
    """
    course = make_course(folder)
    hand_in(course, students)
    said = run([sys.executable, "-m", "benchmarks.graded", course])
    needed = json.loads(said.splitlines()[-1])
    assert complete(course) == students, "submissions were lost"
    each = 1000 * needed["seconds"] / students
    peaks = [needed[which] / 1024 for which in ("memory", "importing", "judging")]
    return each, *peaks


Needed = tuple[int, float, float, float, float]


def rows(before: Needed, after: Needed) -> list[Row]:
    small, large = f"{before[0]:,}", f"{after[0]:,}"
    each = Figure(large, after[1], "ms"), Figure(small, before[1], "ms")
    peak = Figure(large, after[2], "MiB"), Figure(small, before[2], "MiB")
    growth = after[0] / before[0]
    return [
        Row(
            f"{EACH} {large} submissions, against {small}",
            *each,
            f"at most 1, {NOISE:g} with noise",
            each[0].value <= NOISE * each[1].value,
        ),
        Row(
            f"{PEAK}, {large} against {small}",
            *peak,
            f"at most {growth:g}, as the class",
            peak[0].value <= growth * peak[1].value,
        ),
    ]


def complete(course: Path) -> int:
    """Return how many submissions have all their scores in the gradebook."""
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        missing = gradebook.db.query(Grade).filter(Grade.auto_score.is_(None)).count()
        number = gradebook.find_assignment("mlp").num_submissions
    assert not missing, f"{missing} scores are missing"
    return int(number)
