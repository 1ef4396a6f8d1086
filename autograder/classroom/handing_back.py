"""How does a class get its pages? Written by several processes, as far as needed."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
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
