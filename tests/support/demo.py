"""`make demo`: a small class, graded through nbgrader, and what people get to see.

It works in a scratch copy of the course, in the folder demo/, and asks of nbgrader
what its commands generate_assignment, autograde and generate_feedback do.
"""

from __future__ import annotations

import logging
import shutil
import time
import warnings
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from autograder.authoring.remembered import release_faults
from autograder.classroom.grade import grade_class
from autograder.judging.report import Report
from autograder.nbgrader_steps.gradebook import read_report
from autograder.nbgrader_steps.release import write_release
from tests.support.samples import ASSIGNMENTS, ROOT, Samples, mistaken, samples

SCRATCH = ROOT / "demo"
PARTS = ("mytorch", "tests", "source", "nbgrader_config.py")
# Who is shown of each class, beside one mistake.
SHOWN = ("right", "half-done", "endless-loop", "broken-notebook", "link-to-the-course")


def main() -> None:
    # nbgrader and its database library warn about each other.
    warnings.simplefilter("ignore")
    logging.basicConfig(format="%(message)s")
    started = time.perf_counter()
    course = copy_course(SCRATCH)
    look_at_all(course)
    for name in ASSIGNMENTS:
        grade(course, name)
    print(
        f"\nThe gradebook is {SCRATCH.name}/gradebook.db, to be seen with formgrader:"
    )
    print(f"  cd {SCRATCH.name} && ../.venv/bin/jupyter lab")
    print("The pages that students get are:")
    print(f"  {SCRATCH.name}/feedback/<student>/<assignment>/<assignment>.html")
    print(f"This took {time.perf_counter() - started:.0f} seconds.")


def _checked(course: Path, name: str) -> object:
    return release_faults(course, name, course / f"source/{name}/{name}.ipynb")


def look_at_all(course: Path) -> None:
    """Check all assignments at once; a release, one by one, then finds it done."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        list(pool.map(partial(_checked, course), ASSIGNMENTS))


def copy_course(target: Path) -> Path:
    """Return a fresh copy of the course, with neither submissions nor gradebook."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, target / part)
        else:
            shutil.copy(ROOT / part, target / part)
    return target


def small_class(assignment: str) -> Samples:
    """Return the samples that are shown, and the mistake in the middle of all."""
    found, mistakes = samples(assignment), list(mistaken(assignment))
    names = (*SHOWN, mistakes[len(mistakes) // 2])
    return {name: found[name] for name in names}


def hand_in(course: Path, assignment: str) -> None:
    """Let each sample hand in its copy of the release."""
    for name, (sample, _) in small_class(assignment).items():
        folder = course / "submitted" / name / assignment
        shutil.copytree(course / "release" / assignment, folder)
        sample(folder)


def grade(course: Path, assignment: str) -> None:
    """Release an assignment, have it handed in, grade it, and print what came out."""
    print(f"{assignment}: release, ", end="", flush=True)
    write_release(course, assignment)
    hand_in(course, assignment)
    print("autograde and feedback\n", flush=True)
    grade_class(course, assignment, feedback=True)
    for name in small_class(assignment):
        path = course / "autograded" / name / assignment / f"{assignment}.ipynb"
        report = read_report(path)
        print_report(name, report) if report else print(f"{name}: no report")
    print()


def print_report(name: str, report: Report) -> None:
    """Print a student's score, and a line for each question that lost points."""
    print(f"{name:<32}{report.points:>7g} of {report.max_points:g}")
    for note in report.notes:
        print(f"    note: {note}")
    reasons: dict[str, list[str]] = {}
    for question in report.questions:
        if question.lost:
            reasons.setdefault(question.reason, []).append(question.id)
    for reason, lost in reasons.items():
        every = len(lost) == len(report.questions)
        print(f"    {'all questions' if every else ', '.join(lost)}: {reason}")


if __name__ == "__main__":
    main()
