"""How is the zip file to hand in made? `pack`, after a last check."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

from autograder.student.apart import TrialRun, tried
from autograder.student.assignment import Assignment
from autograder.student.check import progress
from autograder.student.check_failed import CheckFailed
from autograder.student.display import in_notebook, overview
from autograder.student.update import say_hints
from autograder.student.version import MANIFEST, version_of
from autograder.student.workplace import find_assignment

# The grader's limits for the folder mytorch/.
MOST_HELPERS, MOST_BYTES = 50, 1 << 20


def pack() -> None:
    """Write `<assignment>.zip` beside the notebook.

    The folder must hold the notebook and all modules of `mytorch` that the assignment
    asks for; other `.py` files of `mytorch` are packed too. The visible cases run
    first, on the saved files, in a process that has what the grader has. Questions
    that do not pass yet are named, and the zip is written anyway. Raises CheckFailed
    if something is missing. In the course itself nothing is packed.
    """
    assignment = find_assignment()
    root, name = assignment.root, assignment.name
    if (root / "source" / name).is_dir():
        print("This is the course itself, not a student's folder: nothing to pack.")
        return
    missing = missing_files(assignment)
    if missing:
        raise CheckFailed(f"{missing} Nothing is packed.")
    say(tried(assignment))
    say_hints(root)
    manifest = [MANIFEST] if version_of(root) else []
    files = wanted(assignment) + helpers(assignment) + manifest
    target = root / f"{name}.zip"
    _write(target, root, name, files)
    print(f"Packed {', '.join(files)} into {target.name}. Hand in this file.")
    offer(target)


def offer(target: Path) -> None:
    """Help to download the zip where the notebook's files are on a server."""
    colab = sys.modules.get("google.colab")
    if colab is not None and in_notebook():
        colab.files.download(str(target))
    elif sys.platform == "emscripten":
        print("Right-click it in the list of files, and choose Download.")
    elif target.is_relative_to("/kaggle/working"):
        print("Download it from the panel Output.")


def wanted(assignment: Assignment) -> list[str]:
    """Return the files that must be handed in: the notebook and the modules."""
    modules = [f"mytorch/{module}.py" for module in assignment.modules]
    return [f"{assignment.name}.ipynb", *modules]


def missing_files(assignment: Assignment) -> str:
    """Return which of them are missing in the folder, in a sentence, or ""."""
    root = assignment.root
    missing = [path for path in wanted(assignment) if not (root / path).is_file()]
    if not missing:
        return ""
    verb, it = ("is", "it") if len(missing) == 1 else ("are", "them")
    names = "that name" if len(missing) == 1 else "those names"
    return (
        f"{', '.join(missing)} {verb} missing in {root}: put {it} back, under {names}."
    )


def helpers(assignment: Assignment) -> list[str]:
    """Return the student's own files beside the modules, up to the grader's limits."""
    folder = assignment.root / "mytorch"
    judged = {f"{module}.py" for module in assignment.modules}
    found = [
        f"mytorch/{path.name}"
        for path in sorted(folder.glob("*.py"))
        if path.name not in judged and path.is_file() and not path.is_symlink()
        if path.stat().st_size <= MOST_BYTES and path.stem.isidentifier()
    ]
    return found[:MOST_HELPERS]


def say(trial: TrialRun) -> None:
    """Print the result of each question, and the notes."""
    print(overview(trial.rows)[0])
    trial.say_notes()
    if any(why for _, why in trial.rows):
        print(progress(trial.rows))


def _write(target: Path, root: Path, name: str, files: list[str]) -> None:
    """Write the zip file in one step."""
    beside = target.with_name(f".{target.name}.new")
    try:
        # A date before 1980, as some systems give, would be an error.
        with zipfile.ZipFile(
            beside, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False
        ) as archive:
            for path in files:
                archive.write(root / path, f"{name}/{path}")
        os.replace(beside, target)
    except OSError as error:
        raise CheckFailed(
            f"{target.name} cannot be written ({error.strerror or error}): is a folder "
            "of that name there, or the disk full? Nothing is packed."
        ) from None
    finally:
        beside.unlink(missing_ok=True)
