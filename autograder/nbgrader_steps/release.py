"""The nbgrader step that completes a release, and its search for leaks.

A release is the course with the secret rooms taken out. Making one only copies files
and cuts text, so that its bytes depend on no library.
"""

# nbgrader has no type marker.
# mypy: disable-error-code="import-untyped, misc, no-untyped-call"
from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.converters import GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.authoring.author_check import author_check
from autograder.judging.answer_key import Course, read_seed
from autograder.nbgrader_steps.autograde import load_config
from autograder.releasing.leaks import LeakError, Secrets
from autograder.releasing.stubs import cut
from autograder.student.assignment import FROZEN, SHIPPED_PARTS, Assignment, load

# Where a file of a release comes from, if not from the same path of the course: what
# students import as `autograder` is its student part.
RENAMED = {
    "autograder/__init__.py": "autograder/student/__init__.py",
    "autograder/__main__.py": "autograder/student/__main__.py",
    "requirements.txt": "autograder/student/requirements.txt",
    "pytest.ini": "autograder/student/pytest.ini",
}


class CompleteRelease(NbGraderPreprocessor):
    """Adds stubs, probes, visible cases and the checker; raises if an answer leaks.

    It stands before SaveCells, so that a refusal leaves the gradebook as it was, and
    hands its files over in resources["outputs"], which are written only when every
    step has passed.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        root = Path.cwd()
        name = resources["nbgrader"]["assignment"]
        if resources["nbgrader"]["notebook"] != name:
            raise LeakError(f"expected one notebook, {name}.ipynb, in source/{name}/")
        assignment = load(root, name)
        check_cells(nb, assignment)
        files = release_files(root, assignment)
        shipped = {**files, **beside_notebook(root, name)}
        Secrets.of(Course.load(root, name, read_seed(root))).search(nb, shipped)
        for fault in author_check(root, name, seeds=1).faults:
            raise LeakError(str(fault))
        resources.setdefault("outputs", {}).update(files)
        return nb, resources


def release_files(root: Path, assignment: Assignment) -> dict[str, bytes]:
    """Return the files of a release, by their path in it, but for the notebook's."""
    house = Path(__file__).resolve().parents[2]
    tests = f"tests/{assignment.name}"
    student = sorted((house / "autograder/student").rglob("*.py"))
    copies = {path.relative_to(house).as_posix(): path for path in student}
    copies |= {path: house / source for path, source in RENAMED.items()}
    copies |= {f"{tests}/{part}": root / tests / part for part in SHIPPED_PARTS}
    for path in (f"{tests}/{FROZEN}", "tests/__init__.py", "tests/test_visible.py"):
        copies[path] = root / path
    copies["mytorch/__init__.py"] = root / "mytorch/__init__.py"
    files = {path: source.read_bytes() for path, source in copies.items()}
    for module in assignment.modules:
        path = f"mytorch/{module}.py"
        source = (root / path).read_text(encoding="utf-8")
        files[path] = cut(source, path).encode()
    return files


def beside_notebook(root: Path, name: str) -> dict[str, bytes]:
    """Return what nbgrader itself copies into the release: all beside the notebook."""
    folder = root / "source" / name
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.suffix not in {".ipynb", ".pyc"}
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def check_cells(nb: NotebookNode, assignment: Assignment) -> None:
    """Raise LeakError unless every question has one graded cell, and no other is.

    A graded cell that is no question would run nowhere and get full marks.
    """
    marks = [cell.metadata.get("nbgrader", {}) for cell in nb.cells]
    graded = [m["grade_id"] for m in marks if m.get("grade") and not m.get("solution")]
    questions = [question.id for question in assignment.questions]
    if sorted(graded) != sorted(questions):
        odd = sorted(set(graded) ^ set(questions)) or "a question twice"
        raise LeakError(f"expected one graded cell for each question, not so: {odd}")


def write_release(root: Path, assignment: str) -> None:
    """Do what `nbgrader generate_assignment` does for the course in `root`."""
    config = load_config(root)
    coursedir = CourseDirectory(config=config)
    coursedir.assignment_id = assignment
    converter = GenerateAssignment(coursedir=coursedir, config=config)
    converter.log.setLevel("ERROR")
    converter.start()
