"""What a platform hands out, where nbgrader looks for it, and what was collected."""

import shutil

from nbgrader.api import Gradebook

from autograder.platforms.roster import import_roster
from tests.support.classes import nbgrader

CANVAS_ROSTER = """Student,ID,SIS User ID,SIS Login ID,Section,mlp (77)
,,,,,Manual Posting
    Points Possible,,,,,100
"Lovelace, Ada",11,s1,ada,A,
"Łukasiewicz, Jan",12,s2,jan,B,
"Hopper, Grace",13,s3,grace,B,
"Student, Test",14,,xyz,B,
"""


def hand_out(course, files):
    """Let a platform's files lie where nbgrader looks for them."""
    for name, data in files.items():
        path = course / "downloaded/mlp/archive" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def zip_collect(course, *options):
    return nbgrader(course, "zip_collect", "mlp", *options)


def marks(course):
    """Return what was collected: for each student the mark in nn.py."""
    found = {}
    for path in sorted((course / "submitted").glob("*/mlp/mytorch/nn.py")):
        found[path.parts[-4]] = path.read_text().split("'")[1]
    return found


def stamp(course, student):
    return (course / f"submitted/{student}/mlp/timestamp.txt").read_text()


def with_roster(course):
    path = course / "roster.csv"
    path.write_text(CANVAS_ROSTER, encoding="utf-8")
    return import_roster(course, path)


def nobody_yet(released):
    """Return a course with a gradebook, in which nobody has handed in."""
    for name in ("submitted", "downloaded"):
        shutil.rmtree(released / name, ignore_errors=True)
    with Gradebook(f"sqlite:///{released}/gradebook.db", "mytorch") as gradebook:
        for student in list(gradebook.students):
            gradebook.remove_student(student.id)
    (released / "downloaded/mlp/archive").mkdir(parents=True)
    return released
