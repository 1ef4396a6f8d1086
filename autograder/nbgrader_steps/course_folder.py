"""Where does everything of a course lie, by nbgrader's own settings?"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config.loader import Config, ConfigFileNotFound, PyFileConfigLoader

from autograder.judging.handed_in import SECRET, Submission, read
from autograder.judging.seed import CONFIG_FILE
from autograder.nbgrader_steps.exchange import handed_in_at, read_stamp
from autograder.nbgrader_steps.faults import explained
from autograder.nbgrader_steps.groups import group_of, read_groups
from autograder.nbgrader_steps.lock import locked
from autograder.student.assignment import Assignment

# What formgrader's pages would take for HTML or JavaScript, and patterns for theirs.
NOT_IN_NAMES = frozenset('<>&"`\\*?[]{}')


class Refused(RuntimeError):
    """A step that cannot begin: what is wrong, and what to do, in one line."""


def load_config(root: Path) -> Config:
    """Return what the course's nbgrader_config.py says; Refused if it cannot be run."""
    try:
        config = PyFileConfigLoader(CONFIG_FILE, str(root)).load_config()
    except ConfigFileNotFound:
        raise Refused(
            f"there is no {CONFIG_FILE} in {root}: go to the folder of the course, or "
            "name it with --root"
        ) from None
    except Exception as error:  # the file may hold anything
        raise Refused(
            f"{root / CONFIG_FILE} cannot be run: {type(error).__name__}: {error}"
        ) from None
    config.CourseDirectory.root = str(root)
    return config


def open_folder(
    root: Path, assignment: str = "", student: str = "*"
) -> CourseDirectory:
    """Return nbgrader's view of the course in `root`, with its config."""
    coursedir = CourseDirectory(config=load_config(root))
    coursedir.assignment_id, coursedir.student_id = assignment, student
    return coursedir


@contextmanager
def open_gradebook(root: Path, assignment: str = "") -> Iterator[Gradebook]:
    """Give the course's gradebook to one at a time; Refused if it cannot be used.

    Refused as well if it does not know the assignment, should one be named.
    """
    coursedir = open_folder(root)
    try:
        place = coursedir.db_url, coursedir.course_id
        with locked(root), Gradebook(*place) as gradebook:
            if assignment and assignment not in {a.name for a in gradebook.assignments}:
                raise unknown_assignment(assignment)
            yield gradebook
    except SQLAlchemyError as error:
        raise Refused(explained(error)) from None


def unknown_assignment(name: str) -> Refused:
    """Return what to raise where the gradebook has no such assignment."""
    mend = f"run nbgrader generate_assignment {name} first"
    return Refused(f"the gradebook knows no assignment '{name}': {mend}")


def has_gradebook(coursedir: CourseDirectory) -> bool:
    """Return whether there is a gradebook; one that is no file is taken to be there."""
    kind, _, file = str(coursedir.db_url).partition(":///")
    return kind != "sqlite" or Path(file).exists()


def source_notebook(coursedir: CourseDirectory) -> Path:
    """Return the notebook that instructors write."""
    return notebook_in(coursedir, coursedir.source_directory, ".")


def notebook_in(coursedir: CourseDirectory, step: str, student: str) -> Path:
    """Return the place of the assignment's notebook in one of nbgrader's folders."""
    return place(coursedir, step, student) / f"{coursedir.assignment_id}.ipynb"


def place(coursedir: CourseDirectory, step: str, student: str) -> Path:
    """Return where one of nbgrader's folders holds a student's work."""
    return Path(coursedir.format_path(step, student, coursedir.assignment_id))


def link_pictures(coursedir: CourseDirectory, folder: Path) -> None:
    """Let a graded notebook find its pictures without a copy for each student.

    `folder` holds it now; the links lead from where it is to stand.
    """
    final = place(coursedir, coursedir.autograded_directory, "student")
    for path in source_notebook(coursedir).parent.iterdir():
        if path.is_dir() and not path.name.startswith("."):
            (folder / path.name).symlink_to(os.path.relpath(path, final))


def read_submission(
    coursedir: CourseDirectory, assignment: Assignment, student: str
) -> Submission:
    """Return what a student, or the group, handed in, read without following a link."""
    whose, root = whose_folder(coursedir, student), Path(coursedir.root)
    base, inside = _base(coursedir, whose)
    with locked(root):  # nobody collects another meanwhile
        found = read(base, assignment.name, assignment.modules, inside, course=root)
    if whose == student:
        return found
    # Another's secret would put this student's page where the other looks for one.
    base, inside = _base(coursedir, student)
    return replace(found, secret=read_stamp(base, inside, root, SECRET))


def _base(coursedir: CourseDirectory, student: str) -> tuple[Path, tuple[str, ...]]:
    """Return the folder above all students', and the steps from it to a student's."""
    folder = place(coursedir, coursedir.submitted_directory, student)
    steps = len(_below(coursedir))
    return Path(*folder.parts[:-steps]), folder.parts[-steps:]


def whose_folder(coursedir: CourseDirectory, student: str) -> str:
    """Return whose folder is a student's work: that of a member of the group."""
    there = members_with_folder(coursedir, student)
    # Of equals, max returns the first.
    newest = max(there, key=lambda row: row[1] or datetime.min, default=(student, None))
    return newest[0]


def members_with_folder(
    coursedir: CourseDirectory, student: str
) -> list[tuple[str, datetime | None]]:
    """Return who of a student's group handed in a folder, and when; [] for no group."""
    root = Path(coursedir.root)
    group = group_of(read_groups(root, coursedir.assignment_id), student)
    if len(group) < 2:
        return []
    places = {name: _base(coursedir, name) for name in group}
    return [
        (name, handed_in_at(read_stamp(base, inside, root))[0])
        for name, (base, inside) in places.items()
        if os.path.lexists(base.joinpath(*inside))
    ]


def submitted_students(coursedir: CourseDirectory) -> list[str]:
    """Return who handed in the assignment, in order; links count as handed in.

    If one of a group did, all of it did.
    """
    found = _students(coursedir, coursedir.submitted_directory)
    groups = read_groups(Path(coursedir.root), coursedir.assignment_id)
    together = [set(group) for group in groups if found & set(group)]
    return _chosen(coursedir, found.union(*together))


def chosen_students(coursedir: CourseDirectory, step: str) -> list[str]:
    """Return whose work one of nbgrader's folders holds, in order.

    Students and notebooks that nbgrader's settings leave out are left out.
    """
    return _chosen(coursedir, _students(coursedir, step))


def _chosen(coursedir: CourseDirectory, students: set[str]) -> list[str]:
    excluded = {name.strip() for name in coursedir.student_id_exclude.split(",")}
    name = coursedir.assignment_id
    if not fnmatch(name, coursedir.notebook_id):
        raise Refused(f"'{name}' has one notebook, {name}, no {coursedir.notebook_id}")
    found = []
    for student in sorted(students):
        if not fnmatch(student, coursedir.student_id) or student in excluded:
            continue
        if student == "__MACOSX":  # macOS adds this folder to archives
            continue
        if is_name(student):
            found.append(student)
        else:
            coursedir.log.error("%r cannot be a student's name: rename it", student)
    return found


def is_name(folder: str) -> bool:
    """Return whether a folder's name can be a student's name on every page."""
    odd = folder.startswith((".", "-")) or not NOT_IN_NAMES.isdisjoint(folder)
    return folder.isprintable() and not odd and folder == folder.strip() != ""


def _below(coursedir: CourseDirectory) -> list[str]:
    """Return the folders below a step's own: by student and assignment."""
    parts = Path(coursedir.directory_structure).parts
    first = next(i for i, part in enumerate(parts) if re.search("_id}", part))
    return list(parts[first:])


def _students(coursedir: CourseDirectory, step: str) -> set[str]:
    """Return whose folders for the assignment there are, whatever their names."""
    anybody = str(place(coursedir, step, "\0"))
    pattern = re.escape(anybody).replace("\0", "([^/]*)")
    matches = (
        re.fullmatch(pattern, path)
        for path in glob.glob(glob.escape(anybody).replace("\0", "*"))
    )
    return {match.group(1) for match in matches if match}
