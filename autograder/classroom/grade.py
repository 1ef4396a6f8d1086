"""A class at once: judged by several processes, written into one gradebook.

The autograded folders are the journal: each holds a complete Report with a digest of
what was judged, so a run that was interrupted, or is repeated, does what is left.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from autograder.classroom.cluster import judges as cluster_judges
from autograder.classroom.judges import Submit, own_judges
from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.report import Report
from autograder.nbgrader_steps.autograde import (
    Autograde,
    load_course,
    open_course,
    read_submission,
    submitted_students,
)
from autograder.nbgrader_steps.pages import write_pages

# So many submissions are judged ahead of the one that is being written, per job:
# enough to keep every job at work, few enough for a class of any size.
AHEAD = 4


@dataclass
class Summary:
    """What became of a class: who was graded, and counts, whatever its size."""

    started: float = field(default_factory=time.perf_counter)
    counts: Counter[str] = field(default_factory=Counter)
    levels: set[int] = field(default_factory=set)
    students: list[str] = field(default_factory=list)

    def add(self, student: str, report: Report) -> None:
        self.students.append(student)
        reasons = [line for q in report.questions for line in q.reasons]
        self.counts["graded"] += 1
        self.counts["full marks"] += not report.lost
        self.counts["failed to load"] += any("did not load" in r for r in reasons)
        self.counts["timed out"] += any("took more than" in r for r in reasons)
        self.levels.add(report.level)

    def lines(self) -> Iterator[str]:
        """Yield the closing table."""
        for name in ("graded", "full marks", "failed to load", "timed out"):
            yield f"{name:<20}{self.counts[name]:>8}"
        levels = ", ".join(map(str, sorted(self.levels)))
        yield f"{'isolation level':<20}{levels or 'none':>8}"
        rate = self.counts["graded"] / (time.perf_counter() - self.started)
        yield f"{'submissions/s':<20}{rate:>8.1f}"


def grade_class(
    root: Path,
    assignment: str,
    *,
    student: str = "*",
    force: bool = False,
    feedback: bool = False,
    jobs: int | None = None,
    cluster: str = "",
    tls: Mapping[str, str] | None = None,
) -> Summary:
    """Grade a class into nbgrader's gradebook, and return what became of it.

    `jobs` processes judge on this machine, by default one for each core; with the
    address of a `cluster`, its workers do. Raises IsolationError if one of them is
    less isolated than nbgrader_config.py requires.
    """
    converter = open_course(root, assignment, student, force)
    course = load_course(root, assignment, converter.course_seed)
    level = converter.required_level
    number = jobs or os.cpu_count() or 1
    summary = Summary()
    judges = (
        cluster_judges(course, cluster, level, tls or {})
        if cluster
        else own_judges(course, number, level)
    )
    with judges as submit:
        ahead = Ahead(converter, course, submit, AHEAD * number)
        with progress(len(ahead.waiting)) as step:
            converter.judge = lambda name, submission: ahead.report(
                name, submission, summary
            )
            converter.finished = step
            converter.run()
    if feedback:
        write_feedback(root, assignment, summary.students, number)
    return summary


def write_feedback(root: Path, assignment: str, students: list[str], jobs: int) -> None:
    """Write nbgrader's feedback pages for these students, in `jobs` processes."""
    parts = [students[i::jobs] for i in range(jobs) if students[i::jobs]]
    if not parts:
        return
    with ProcessPoolExecutor(len(parts), get_context("spawn")) as executor:
        work = [executor.submit(write_pages, root, assignment, p) for p in parts]
        for done in work:
            for student, why in done.result().items():
                print(f"no page for {student}: {why}", file=sys.stderr)


class Ahead:
    """Has submissions judged some way ahead of the one that is asked for."""

    def __init__(
        self, converter: Autograde, course: Course, submit: Submit, distance: int
    ) -> None:
        self.converter, self.course = converter, course
        self.submit, self.distance = submit, distance
        self.waiting = deque(submitted_students(converter.coursedir))
        self.coming: dict[str, tuple[str, Callable[[], Report]]] = {}

    def report(self, student: str, submission: Submission, summary: Summary) -> Report:
        """Return the Report on a submission, and see to those that come next."""
        while self.waiting and len(self.coming) <= self.distance:
            self._send(self.waiting.popleft())
        digest, result = self.coming.pop(student, ("", None))
        if result is None or digest != submission.digest():
            result = self.submit(submission)
        report = result()
        summary.add(student, report)
        return report

    def _send(self, student: str) -> None:
        if not self.converter.force and self.converter.is_graded(student):
            return
        submission = read_submission(self.converter.coursedir, self.course, student)
        self.coming[student] = submission.digest(), self.submit(submission)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """Give the function to call after each submission: a bar, or plain lines."""
    if sys.stderr.isatty():
        with tqdm(total=total, unit="submission") as bar:

            def advance(student: str) -> None:
                bar.update()

            yield advance
        return
    done = 0

    def line(student: str) -> None:
        nonlocal done
        done += 1
        if done == total or done % max(1, total // 10) == 0:
            print(f"{done} of {total} submissions", file=sys.stderr)

    yield line
