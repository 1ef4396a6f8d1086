"""How is a class graded, and gets its pages? By several processes.

A submission that is graded as it is now is left alone, so a run that was interrupted
or is repeated grades only the rest.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from tqdm import tqdm

from autograder.classroom.cluster import judges as cluster_judges
from autograder.classroom.judges import Submit, end_with_parent, own_judges
from autograder.classroom.similar import told_at_grading
from autograder.classroom.summary import Pages, Summary
from autograder.judging.handed_in import Submission
from autograder.judging.report import Report
from autograder.nbgrader_steps.autograde import Autograde, Judge
from autograder.nbgrader_steps.course_folder import (
    open_folder,
    read_submission,
    submitted_students,
)
from autograder.nbgrader_steps.feedback import graded_students, write_pages
from autograder.nbgrader_steps.groups import group_of, once_for_a_group

# So many submissions are judged ahead of the one that is being written, per job:
# enough to keep every job at work, few enough for a class of any size.
AHEAD = 4


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

    `jobs` processes judge here, one for each core; or the workers of a `cluster`.
    Raises RuntimeError, in one line, if a worker is less isolated than required, the
    gradebook cannot be written, or the release is stale.
    """
    number, summary = jobs or os.cpu_count() or 1, Summary()

    def begin(grading: Autograde) -> Judge:
        summary.odd = list(told_at_grading(grading))
        return open_ahead(grading, number, cluster, tls)

    converter = Autograde.of(root, assignment, student, force=force)
    converter.open_judge = begin
    _run(converter, summary)
    if feedback:
        summary.pages = write_feedback(root, assignment, student, number)
    return summary


def _run(converter: Autograde, summary: Summary) -> None:
    """Grade with a progress bar; put into `summary` what became of it."""

    def finished(student: str, report: Report | None) -> None:
        advance(student)
        if report:
            summary.add(report)

    converter.finished = finished
    with progress(len(submitted_students(converter.coursedir))) as advance:
        converter.run()
    summary.moved, summary.failed = converter.moved, converter.failed
    summary.before = converter.graded_before


def write_feedback(root: Path, assignment: str, student: str, jobs: int) -> Pages:
    """Write the pages that are missing or tell something else by now.

    `student` is a pattern of names. Returns whose pages were written, and whose could
    not be: one page that fails stops no other.
    """
    students = graded_students(open_folder(root, assignment, student))
    parts = [students[i::jobs] for i in range(jobs) if students[i::jobs]]
    done, lost = _at_once(root, assignment, parts)
    # A process that was ended took the pages of others along.
    for name in lost:
        again, ended = _at_once(root, assignment, [[name]])
        done += [*again, ([], ended)]
    written, failed = (sorted(n for pages in done for n in pages[i]) for i in (0, 1))
    return written, failed


def _at_once(
    root: Path, assignment: str, parts: list[list[str]]
) -> tuple[list[Pages], list[str]]:
    """Have each part written by a process; return also whom an ended process lost."""
    done, lost = list[Pages](), list[str]()
    spawn = get_context("spawn")
    with ProcessPoolExecutor(len(parts) or 1, spawn, end_with_parent) as executor:
        work = [executor.submit(write_pages, root, assignment, part) for part in parts]
        for part, coming in zip(parts, work, strict=True):
            try:
                done.append(coming.result())
            except BrokenProcessPool:
                lost += part
    return done, lost


def open_ahead(
    grading: Autograde,
    number: int,
    cluster: str = "",
    tls: Mapping[str, str] | None = None,
) -> Judge:
    """Return what gives Reports, judged ahead: on a cluster, or `number` processes."""
    course, points, level = grading.course, grading.points, grading.required_level
    if cluster:
        judges = cluster_judges(course, points, cluster, level, tls or {})
    else:
        judges = own_judges(course, number, level, points)
    submit = grading.closing.enter_context(judges)
    ahead = Ahead(grading, submit, AHEAD * number)
    return once_for_a_group(grading.groups, ahead.report)


class Ahead:
    """Has submissions judged some way ahead of the one that is asked for."""

    def __init__(self, grading: Autograde, submit: Submit, distance: int) -> None:
        self.grading, self.submit, self.distance = grading, submit, distance
        self.waiting = deque(submitted_students(grading.coursedir))
        self.coming: dict[str, tuple[str, Callable[[], Report]]] = {}
        self.of_groups: set[str] = set()  # sent for one member, and so for all

    def report(self, student: str, submission: Submission) -> Report:
        """Return the Report on a submission, and see to those that come next."""
        while self.waiting and len(self.coming) <= self.distance:
            self._send(self.waiting.popleft())
        digest, result = self.coming.pop(student, ("", None))
        if result is None or digest != submission.digest():
            result = self.submit(submission)
        return result()

    def _send(self, student: str) -> None:
        grading = self.grading
        assignment = grading.course.assignment
        submission = read_submission(grading.coursedir, assignment, student)
        digest = submission.digest()
        if digest in self.of_groups:
            return
        if grading.force or not grading.is_graded(student, submission):
            self.coming[student] = digest, self.submit(submission)
            if len(group_of(grading.groups, student)) > 1:
                self.of_groups.add(digest)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """Give the function to call after each submission: a bar, or plain lines."""
    plain, numbers = not sys.stderr.isatty(), count(1)
    with tqdm(total=total, unit="submission", disable=plain) as bar:

        def advance(student: str) -> None:
            bar.update()
            done = next(numbers)
            if plain and (done == total or done % max(1, total // 10) == 0):
                print(f"{done} of {total} submissions", file=sys.stderr)

        yield advance
