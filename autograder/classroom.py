"""A class at once: judged by several processes, written into one gradebook.

The autograded folders are the journal: each holds a complete Report with a digest of
what was judged, so a run that was interrupted, or is repeated, does what is left.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import local

from tqdm import tqdm

from autograder.converter import (
    Autograde,
    load_course,
    open_course,
    read_submission,
    submitted_students,
    write_feedback,
)
from autograder.course import Course
from autograder.grading import Grader
from autograder.results import Report
from autograder.submission import Submission

# So many submissions are judged ahead of the one that is being written, per job:
# enough to keep every job at work, few enough for a class of any size.
AHEAD = 4


@dataclass
class Summary:
    """What became of a class."""

    reports: list[Report] = field(default_factory=list)
    seconds: float = 0.0

    def lines(self) -> Iterator[str]:
        """Yield the closing table."""
        counts = Counter[str]()
        for report in self.reports:
            counts["graded"] += 1
            counts["full marks"] += not report.lost
            counts["failed to load"] += any(
                "did not load" in q.problem for q in report.questions
            )
            counts["timed out"] += any(
                "took more than" in line for q in report.questions for line in q.reasons
            )
        for name in ("graded", "full marks", "failed to load", "timed out"):
            yield f"{name:<20}{counts[name]:>8}"
        levels = sorted({report.level for report in self.reports})
        yield f"{'isolation level':<20}{', '.join(map(str, levels)) or 'none':>8}"
        rate = len(self.reports) / self.seconds if self.seconds else 0.0
        yield f"{'submissions/s':<20}{rate:>8.1f}"


def grade_class(
    root: Path,
    assignment: str,
    *,
    student: str = "*",
    force: bool = False,
    feedback: bool = False,
    jobs: int | None = None,
) -> int:
    """Grade a class into nbgrader's gradebook; return 0 if all of it has a score."""
    started = time.perf_counter()
    jobs = jobs or os.cpu_count() or 1
    converter = open_course(root, assignment, student, force)
    summary = Summary()
    course = load_course(root, assignment, converter.course_seed)
    with judges(course, jobs, converter.required_level) as (executor, judge):
        ahead = Ahead(converter, course, executor, judge, jobs * AHEAD)
        with progress(len(ahead.students)) as step:

            def take(name: str, submission: Submission) -> Report:
                report = ahead.report(name, submission)
                summary.reports.append(report)
                return report

            converter.judge = take
            converter.finished = step
            converter.start()
    if feedback:
        write_feedback(root, assignment, student)
    summary.seconds = time.perf_counter() - started
    print("\n".join(summary.lines()))
    return 0


@contextmanager
def judges(
    course: Course, jobs: int, required_level: int
) -> Iterator[tuple[Executor, Callable[[Submission], Report]]]:
    """Give an executor and the function that judges a submission on it.

    Each thread has a confined process of its own; what a thread itself does is to
    wait for it and to compare.
    """
    own, graders = local(), list[Grader]()

    def start() -> None:
        own.grader = Grader(course, required_level)
        graders.append(own.grader)

    def judge(submission: Submission) -> Report:
        grader: Grader = own.grader
        return grader.grade(submission)

    # One is made here, so that a machine without isolation refuses before it begins.
    with Grader(course, required_level):
        pass
    executor = ThreadPoolExecutor(jobs, initializer=start)
    try:
        yield executor, judge
    finally:
        executor.shutdown(cancel_futures=True)
        for grader in graders:
            grader.close()


class Ahead:
    """Has submissions judged some way ahead of the one that is asked for."""

    def __init__(
        self,
        converter: Autograde,
        course: Course,
        executor: Executor,
        judge: Callable[[Submission], Report],
        distance: int,
    ) -> None:
        self.converter, self.course = converter, course
        self.executor, self.judge, self.distance = executor, judge, distance
        self.students = submitted_students(converter.coursedir)
        self.waiting = deque(self.students)
        self.futures: dict[str, tuple[str, Future[Report]]] = {}

    def report(self, student: str, submission: Submission) -> Report:
        """Return the Report on a submission, and see to those that come next."""
        while self.waiting and len(self.futures) <= self.distance:
            self._submit(self.waiting.popleft())
        digest, future = self.futures.pop(student, ("", None))
        if future is None or digest != submission.digest():
            future = self.executor.submit(self.judge, submission)
        return future.result()

    def _submit(self, student: str) -> None:
        if not self.converter.force and self.converter.is_graded(student):
            return
        submission = read_submission(self.converter.coursedir, self.course, student)
        future = self.executor.submit(self.judge, submission)
        self.futures[student] = submission.digest(), future


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
