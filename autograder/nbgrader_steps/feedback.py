"""When is a student's page written, and what does it tell?

A page is written when it is missing, or when what stands on it (scores, comments,
the penalty, reasons, the student's own cells) is not what would stand there now.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import nbformat
import nbgrader
import nbgrader.converters
from nbformat import NotebookNode
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.judging.report import HiddenReasons, Report
from autograder.nbgrader_steps import by_hand
from autograder.nbgrader_steps.asked import without_code
from autograder.nbgrader_steps.course_folder import (
    Refused,
    chosen_students,
    notebook_in,
    whose_folder,
)
from autograder.nbgrader_steps.deadlines import settled
from autograder.nbgrader_steps.gradebook import (
    JUDGED_BY,
    MARK,
    OpenGradebook,
    cell_outputs,
)
from autograder.nbgrader_steps.groups import group_of, read_groups
from autograder.nbgrader_steps.hold import held_back
from autograder.nbgrader_steps.lock import locked
from autograder.nbgrader_steps.penalties import Penalties
from autograder.nbgrader_steps.staging import Staged

WHEN = "%Y-%m-%d at %H:%M UTC"
# Files of this folder that decide how a page looks.
SHOWING = {".py", ".j2", ".json"}
# The last line of a page names what stands on it.
STANDS = "<!-- what stands here: {} -->"
STANDS_LENGTH = len(STANDS.format("0" * 64))


class GenerateFeedback(Penalties, Staged, nbgrader.converters.GenerateFeedback):
    """nbgrader's GenerateFeedback, which decides by content what is to be written."""

    step = "feedback"
    only: set[str] | None = None  # these students, of those that are chosen

    def __init__(self, **named: object) -> None:
        super().__init__(**named)
        self.written: list[str] = []

    def prepare(self) -> None:
        """Settle whether hidden reasons are told now."""
        assignment = self.coursedir.assignment_id
        self.hidden = settled(self.config.Autograde, assignment, self.gradebook)

    def init_notebooks(self) -> None:
        """Find who is graded."""
        self.assignments = {}
        held = held_back(Path(self.coursedir.root), self.coursedir.assignment_id)
        for student in graded_students(self.coursedir):
            if student in held:
                self._take_away(student)
            elif self.only is None or student in self.only:
                notebook = notebook_in(self.coursedir, self._input_directory, student)
                self.assignments[str(notebook.parent)] = [str(notebook)]
        if not self.assignments and not self.coursedir.student_id_exclude:
            raise Refused(f"nobody is graded in '{self.coursedir.assignment_id}' yet")

    def _take_away(self, student: str) -> None:
        """Remove the page of a mark that is held back."""
        with suppress(FileNotFoundError):  # at once, and one of two who do
            self.final(student).rename(self.work / f"held-{student}")
        self.log.warning("The mark of %s is held back: no page", student)

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Put together what is to stand on the page; say whether it is another."""
        [notebook] = self.notebooks
        # Scores and notebook are of one grading, the penalty is of these scores.
        with locked(Path(self.coursedir.root)):
            if moved := self.renewed_penalty(student_id):
                self.log.warning("%s", moved)
            self.content, self.resources = self._content(notebook)
        self.stands = name_of(self.content, self.resources["nbgrader"])
        page = self.final(student_id) / f"{assignment_id}.html"
        if not self.force and what_stands(page) == self.stands:
            self.log.info("The page of %s is up to date", student_id)
            return False
        return True

    def _content(self, notebook: str) -> tuple[NotebookNode, dict[str, Any]]:
        """Return the graded notebook with scores, comments and what is told."""
        resources = self.init_single_notebook_resources(notebook)
        path = Path(notebook)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        content = nbformat.read(path, as_version=4)
        student = resources["nbgrader"]["student"]
        resources["nbgrader"]["problems"] = write_reasons(content, self.hidden)
        facts = about(self.coursedir, self.gradebook, path.parent, student)
        resources["nbgrader"]["facts"] = list(facts)
        for step in self.preprocessors:
            if issubclass(step, NbGraderPreprocessor):
                content, resources = step(parent=self)(content, resources)
        assignment = self.coursedir.assignment_id
        comments = by_hand.written(self.gradebook, assignment, student)
        marks = self.gradebook.marks(assignment, student)
        by_hand.put_in(content.cells, comments, marks.cells if marks else {})
        return content, resources

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Render the page, and write down what stands on it."""
        self.exporter._preprocessors = []
        for step in self.preprocessors:
            if not issubclass(step, NbGraderPreprocessor):
                self.exporter.register_preprocessor(step)
        node, known = self.content, self.resources
        page, resources = self.exporter.from_notebook_node(node, known)
        self.write_single_notebook(page + STANDS.format(self.stands), resources)

    def set_permissions(self, assignment_id: str, student_id: str) -> None:
        """Put the page in place, unless the mark is held back by now."""
        root = Path(self.coursedir.root)
        with locked(root):
            if student_id in held_back(root, assignment_id):
                self._take_away(student_id)
            else:
                super().set_permissions(assignment_id, student_id)
                self.written.append(student_id)


def write_reasons(notebook: NotebookNode, hidden: HiddenReasons) -> list[str]:
    """Write what is told of each question into its cell, and take the Report out.

    Returns what is the matter with the folder, or with a module: once, however many
    questions it stopped.
    """
    without_code(notebook.cells)
    row = notebook.metadata.pop(MARK, None)
    if row is None:
        return []
    row.pop(JUDGED_BY, None)
    report = Report.from_dict(row)
    parts = {question.id: question for question in report.questions}
    for cell in notebook.cells:
        question = parts.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if question is not None:
            told = question.told(hidden)
            # Without the score, which stands above.
            cell.outputs = cell_outputs(question, report, told)[:1]
            cell.metadata.nbgrader["told"] = question.sentences(hidden)
            cell.metadata.nbgrader["stopped"] = bool(question.problem)
    problems = [q.problem for q in report.questions if q.problem]
    return list(dict.fromkeys([*problems, *report.notes]))


def about(
    coursedir: CourseDirectory, gradebook: OpenGradebook, folder: Path, student: str
) -> Iterator[str]:
    """Yield what is known of the work in `folder`, a graded one of the student's."""
    assignment = coursedir.assignment_id
    modules = sorted(folder.glob("mytorch/[!_]*"))
    files = ", ".join(f"mytorch/{path.name}" for path in modules)
    yield f"Handed in: {files}." if files else "No module was handed in."
    marks = gradebook.marks(assignment, student)
    if marks is not None and marks.timestamp:
        yield f"That was on {marks.timestamp:{WHEN}}."
        due = gradebook.find_assignment(assignment).duedate
        if due and marks.penalty:
            yield f"It was due on {due:{WHEN}}."
    group = group_of(read_groups(Path(coursedir.root), assignment), student)
    if len(group) > 1:
        counts = whose_folder(coursedir, student)
        yield f"Your group is {', '.join(group)}: what {counts} handed in counts."


def name_of(content: NotebookNode, scores: dict[str, Any]) -> str:
    """Return a name for what stands on a page and for the programs that render it."""
    whole = hashlib.sha256(nbgrader.__version__.encode())
    programs = (p for p in Path(__file__).parent.rglob("*") if p.suffix in SHOWING)
    for path in sorted(programs):
        whole.update(path.read_bytes())
    keys = ("score", "max_score", "late_penalty", "facts", "problems")
    shown = [scores.get(key) for key in keys]
    whole.update(json.dumps([content, shown], sort_keys=True).encode())
    return whole.hexdigest()


def what_stands(page: Path) -> str:
    """Return the name of what stands on a page, or "" if there is none."""
    try:
        end = page.read_bytes()[-STANDS_LENGTH:].decode("utf-8", "replace")
    except OSError:
        return ""
    found = re.fullmatch(STANDS.format("([0-9a-f]{64})"), end)
    return found[1] if found else ""


def graded_students(coursedir: CourseDirectory) -> list[str]:
    """Return whose work lies in autograded/, in order."""
    step = coursedir.autograded_directory
    found = chosen_students(coursedir, step)
    return [name for name in found if notebook_in(coursedir, step, name).exists()]


def write_pages(
    root: Path, assignment: str, students: list[str]
) -> tuple[list[str], list[str]]:
    """Write these students' pages where they are missing or tell something else now.

    Returns whose were written, and whose could not be.
    """
    feedback = GenerateFeedback.of(root, assignment)
    feedback.only = set(students)
    feedback.run()
    return feedback.written, feedback.failed
