"""`pack`: the zip file to hand in, after a last look as the grader would have it."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import redirect_stdout
from pathlib import Path

from autograder.student.apart import Trial, can_start_processes, try_apart
from autograder.student.assignment import Assignment
from autograder.student.check import check, progress
from autograder.student.display import show_all
from autograder.student.workplace import CheckFailed, find_assignment

# What the grader takes of the folder mytorch/.
MOST_HELPERS, MOST_BYTES = 50, 1 << 20


class PackError(CheckFailed):
    """The folder is not complete, or the zip cannot be written: one line."""


def pack() -> None:
    """Write `<assignment>.zip` beside the notebook.

    The folder must hold the notebook and all modules of `mytorch` that the assignment
    asks for; other `.py` files of that folder go along. The visible cases run first,
    in a process that has what the grader has, so that what counts is what stands in
    the files. Questions that do not pass yet are named, and the zip is written all the
    same. Raises PackError if something is missing. In the course itself there is
    nothing to pack, and nothing is written.
    """
    assignment = _assignment()
    root, name = assignment.root, assignment.name
    if (root / "source" / name).is_dir():
        print("This is the course itself, not a student's folder: nothing to pack.")
        return
    wanted = [f"{name}.ipynb", *(f"mytorch/{m}.py" for m in assignment.modules)]
    missing = [path for path in wanted if not (root / path).is_file()]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise PackError(
            f"{', '.join(missing)} {verb} missing in {root}: put it back, under that "
            "name. Nothing is packed."
        )
    _last_look(assignment)
    files = wanted + helpers(assignment)
    target = root / f"{name}.zip"
    try:
        _write(target, root, name, files)
    except OSError as error:
        raise PackError(
            f"{target.name} cannot be written ({error.strerror or error}): is a folder "
            "of that name there, or the disk full? Nothing is packed."
        ) from None
    print(f"Packed {', '.join(files)} into {target.name}. Hand in this file.")


def helpers(assignment: Assignment) -> list[str]:
    """Return the student's own files beside the modules, as far as the grader goes."""
    folder = assignment.root / "mytorch"
    judged = {f"{module}.py" for module in assignment.modules}
    found = [
        f"mytorch/{path.name}"
        for path in sorted(folder.glob("*.py"))
        if path.name not in judged and path.is_file() and not path.is_symlink()
        if path.stat().st_size <= MOST_BYTES and path.stem.isidentifier()
    ]
    return found[:MOST_HELPERS]


def _assignment() -> Assignment:
    try:
        return find_assignment()
    except CheckFailed as error:
        raise PackError(str(error)) from None


def _last_look(assignment: Assignment) -> None:
    """Say how far the visible cases pass, and what is not there while grading."""
    if not can_start_processes():
        print("Here the visible cases run in this Python itself, not as while grading.")
        try:
            check()
        except CheckFailed as error:
            print(error)
        return
    ids = [question.id for question in assignment.questions]
    say(assignment, try_apart(assignment.root, assignment.name, ids))


def say(assignment: Assignment, trial: Trial) -> None:
    """Print what was tried apart: each question, and what to know beside them."""
    rows = [(answer.question, answer.reason) for answer in trial.answers]
    text = io.StringIO()
    with redirect_stdout(text):
        show_all(rows, plain=True)
    print(text.getvalue().rstrip())
    for note in trial.notes:
        print(f"Note: {note}")
    if any(why for _, why in rows):
        print(progress(rows))


def _write(target: Path, root: Path, name: str, files: list[str]) -> None:
    """Write the zip whole or not at all."""
    beside = target.with_name(f".{target.name}.new")
    try:
        # A date before 1980, as some systems give, would be an error.
        with zipfile.ZipFile(
            beside, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False
        ) as archive:
            for path in files:
                archive.write(root / path, f"{name}/{path}")
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
