"""What does nbgrader put into a release, and when does it refuse to make one?

A release is the course without its secret parts. Making one only copies files and
cuts text, so its bytes depend on no library.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbgrader.converters
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.authoring.remembered import release_faults
from autograder.judging.answer_key import Course
from autograder.judging.seed import read_seed
from autograder.nbgrader_steps.lock import locked
from autograder.nbgrader_steps.staging import Staged
from autograder.releasing.leaks import LeakError, Secrets
from autograder.releasing.stubs import cut
from autograder.student.assignment import FROZEN, SHIPPED_PARTS, Assignment, load
from autograder.student.manifest import Manifest
from autograder.student.version import MANIFEST

# Where a file of a release comes from, if not from the same path of the course: what
# students import as `autograder` is its student part.
RENAMED = {
    "autograder/__init__.py": "autograder/student/__init__.py",
    "autograder/__main__.py": "autograder/student/__main__.py",
    "requirements.txt": "autograder/student/requirements.txt",
    "pytest.ini": "autograder/student/pytest.ini",
    ".github/workflows/check.yml": "autograder/releasing/elsewhere/check.yml",
}
FIRST_CELL = "first_cell.txt"


class GenerateAssignment(Staged, nbgrader.converters.GenerateAssignment):
    """nbgrader's GenerateAssignment: one that is refused leaves all as it was.

    The last good release stays, and so does the gradebook: what the steps write into
    it is saved when all of them have passed.
    """

    step = "release"

    def prepare(self) -> None:
        """Refuse to make a new seed where grades were given with a lost one."""
        read_seed(Path(self.coursedir.root), self.gradebook.has_grades)

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Say whether the release is to be made: it is there, or another is wanted."""
        self.alone.enter_context(locked(Path(self.coursedir.root)))
        if self.force or not self.final(student_id).exists():
            return True
        self.log.warning("The release is there: use --force to make it anew")
        return False

    def complete(self, assignment_id: str, student_id: str) -> None:
        self.gradebook.save()


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
        folder = Path(resources["metadata"]["path"])
        shipped = {**files, **beside_notebook(folder)}
        Secrets.of(Course.load(root, name)).search(nb, shipped)
        for fault in release_faults(root, name, folder / f"{name}.ipynb"):
            raise LeakError(str(fault))
        said = Manifest.of(name, assignment.modules, nb.cells, shipped)
        files[MANIFEST] = said.to_bytes()
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
    cell = (house / "autograder/releasing/elsewhere" / FIRST_CELL).read_text("utf-8")
    files[FIRST_CELL] = cell.replace('"mlp"', f'"{assignment.name}"').encode()
    for module in assignment.modules:
        path = f"mytorch/{module}.py"
        source = (root / path).read_text(encoding="utf-8")
        files[path] = cut(source, path).encode()
    return files


def beside_notebook(folder: Path) -> dict[str, bytes]:
    """Return what nbgrader itself copies into the release: all beside the notebook."""
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
    GenerateAssignment.of(root, assignment).start()
