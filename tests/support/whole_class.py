"""A small class of one assignment, and what stands in the records when it is graded."""

import threading
import time
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.nbgrader_steps.gradebook import read_report
from autograder.nbgrader_steps.release import write_release
from tests.support.classes import hand_in
from tests.support.samples import samples

MASK = "mistake-in-relu-backward"
WANTED = ("right", "nothing-written", MASK, "spy", "link-to-the-course")


def make_class(scratch, size=0):
    course = scratch()
    write_release(course, "mlp")
    found = samples("mlp")
    for student in WANTED:
        hand_in(course, "mlp", student, found[student][0])
    for number in range(size):
        hand_in(course, "mlp", f"right-{number:04}", found["right"][0])
    return course, {name: found[name][1] for name in WANTED}


def records(course, url=""):
    """Return what stands in the gradebook and in the autograded notebooks."""
    with Gradebook(url or f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        scores = {
            (s.student.id, g.name, g.auto_score, g.manual_score, g.needs_manual_grade)
            for s in gradebook.assignment_submissions("mlp")
            for n in s.notebooks
            for g in n.grades
        }
    notebooks = {}
    for path in sorted(course.glob("autograded/*/mlp/mlp.ipynb")):
        report = read_report(path)
        notebooks[path.parts[-3]] = [
            (q.id, q.points, q.problem, q.verdicts) for q in report.questions
        ]
    return scores, notebooks


def graded_notebooks(course):
    return len(list(course.glob("autograded/*/mlp")))


@contextmanager
def watching(course: Path, act):
    """Call `act` with the number of graded submissions, until it returns something."""
    over = threading.Event()

    def look():
        while not over.is_set() and not act(graded_notebooks(course)):
            time.sleep(0.005)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
