"""How does a class get its pages? Written by several processes, as far as needed."""

from __future__ import annotations

from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from autograder.classroom.judges import end_with_parent
from autograder.nbgrader_steps.course_folder import open_folder
from autograder.nbgrader_steps.feedback import graded_students, write_pages

Pages = tuple[list[str], list[str]]  # whose were written, and whose could not be


def write_feedback(root: Path, assignment: str, student: str, jobs: int) -> Pages:
    """Write the pages that are missing or tell something else by now.

    `student` is a pattern of names. Returns whose pages were written, and whose could
    not be: one page that fails stops no other.
    """
    students = graded_students(open_folder(root, assignment, student)[0])
    parts = [students[i::jobs] for i in range(jobs) if students[i::jobs]]
    written, failed, lost = _at_once(root, assignment, parts)
    # A process that was ended took the pages of others along.
    for name in lost:
        again, broken, ended = _at_once(root, assignment, [[name]])
        written, failed = written + again, failed + broken + ended
    return sorted(written), sorted(failed)


def _at_once(
    root: Path, assignment: str, parts: list[list[str]]
) -> tuple[list[str], list[str], list[str]]:
    """Have each part written by a process; return also whom an ended process lost."""
    written: list[str] = []
    failed: list[str] = []
    lost: list[str] = []
    if not parts:
        return written, failed, lost
    spawn = get_context("spawn")
    with ProcessPoolExecutor(len(parts), spawn, end_with_parent) as executor:
        work: list[tuple[list[str], Future[Pages]]] = [
            (part, executor.submit(write_pages, root, assignment, part))
            for part in parts
        ]
        for part, coming in work:
            try:
                done, not_done = coming.result()
            except BrokenProcessPool:
                lost += part
                continue
            written, failed = written + done, failed + not_done
    return written, failed, lost
