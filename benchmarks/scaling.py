"""Classes of 10 to 10,000, from folders to the scored gradebook: time and memory.

Each is graded in a process of its own, which says what it took:

    python -m benchmarks.scaling FOLDER
"""

from __future__ import annotations

import json
import sys
import tempfile
import warnings
from itertools import pairwise
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

from nbgrader.api import Grade, Gradebook

from autograder.classroom import grade_class
from benchmarks.classes import hand_in, make_course
from benchmarks.measure import Figure, Row, Size, run

SIZES = {
    Size.QUICK: (5, 20),
    Size.USUAL: (10, 100, 1_000),
    Size.FULL: (10, 100, 1_000, 10_000),
}
NOISE = 1.2
RESET_PEAK = Path("/proc/self/clear_refs")


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
    said = run([sys.executable, "-m", "benchmarks.scaling", course])
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
            f"each of {large} submissions, against {small}",
            *each,
            f"at most 1, {NOISE:g} with noise",
            each[0].value <= NOISE * each[1].value,
        ),
        Row(
            f"peak memory of the grader, {large} against {small}",
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


def main() -> None:
    """Grade a class and print what it took, the imports left out."""
    warnings.simplefilter("ignore")
    # Until here the peak is that of importing nbgrader, which would hide the other.
    importing = peak()
    RESET_PEAK.write_text("5")
    started = perf_counter()
    grade_class(Path(sys.argv[1]), "mlp", jobs=2)
    taken = {"seconds": perf_counter() - started, "memory": peak()}
    judging = getrusage(RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps(taken | {"importing": importing, "judging": judging}))


def peak() -> int:
    """Return the most memory that this process has held since the reset, in KiB."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


if __name__ == "__main__":
    main()
