"""The nbgrader steps that put a Report into graded cells and the gradebook.

`nbgrader autograde`, formgrader's button and `autograder grade` all come through
`Autograde` here. It differs from nbgrader's own in three things: it takes in regular
files only, it puts no student's code into any kernel, and a submission is written
whole or not at all.
"""

# nbgrader has no type marker.
# mypy: disable-error-code="import-untyped, misc, no-untyped-call"
from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import replace
from fnmatch import fnmatch
from os import getpid
from pathlib import Path
from socket import gethostname
from typing import Any

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.converters
import nbgrader.utils
from nbformat import NotebookNode, from_dict
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import parse_utc
from traitlets import Integer, Unicode

from autograder.course import Course
from autograder.grading import REQUIRED_LEVEL, Grader
from autograder.intake import read_master, rebuild
from autograder.results import QuestionReport, Report
from autograder.sandbox.pool import IsolationError
from autograder.submission import Problem, read

# The Report stands under this name in the metadata of an autograded notebook.
MARK = "autograder"
WORK = ".grading-"


class WriteReport(NbGraderPreprocessor):
    """Writes each graded cell's reasons and score; stands in place of Execute."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        report: Report = resources["nbgrader"]["report"]
        parts = {question.id: question for question in report.questions}
        for cell in nb.cells:
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("grade_id") in parts:
                cell.outputs = cell_outputs(parts[mark["grade_id"]], report)
                cell.execution_count = None
        nb.metadata[MARK] = json.loads(report.to_json())
        return nb, resources


def cell_outputs(question: QuestionReport, report: Report) -> list[NotebookNode]:
    """Return what a graded cell shows: why points were lost, and the score.

    nbgrader takes the first execute_result that is a float as the score; anything
    on stderr would be a 0, and text that is no float full marks.
    """
    cases = len(question.verdicts)
    passed = sum(verdict.passed for verdict in question.verdicts)
    lines = [*report.notes, *question.reasons] or [f"All {cases} cases passed."]
    if question.lost and passed:
        lines.append(f"{passed} of {cases} cases passed.")
    score = repr(float(question.points))
    return [
        from_dict(output)
        for output in (
            {"output_type": "stream", "name": "stdout", "text": "\n".join(lines)},
            {
                "output_type": "execute_result",
                "execution_count": None,
                "metadata": {},
                "data": {"text/plain": score},
            },
        )
    ]


class Autograde(nbgrader.converters.Autograde):
    """nbgrader's Autograde with a judge in place of a kernel."""

    course_seed = Unicode(
        "", help="The secret seed of the course in hex; default: the file .course_seed"
    ).tag(config=True)
    required_level = Integer(
        REQUIRED_LEVEL, help="Refuse to grade with less isolation than this."
    ).tag(config=True)

    def start(self) -> None:
        root = Path(self.coursedir.root)
        name = self.coursedir.assignment_id
        seed = bytes.fromhex(self.course_seed) if self.course_seed else None
        remove_abandoned(root)
        work = Path(
            tempfile.mkdtemp(prefix=f"{WORK}{gethostname()}-{getpid()}-", dir=root)
        )
        self.intake, self.staged = work / "submitted", work / "autograded"
        self.staging = False
        try:
            self._check_released(name)
            course = Course.load(root, name, seed)
            self.master = read_master(root / "source" / name / f"{name}.ipynb")
            with Grader(course, self.required_level) as self.grader:
                super().start()
        except (IsolationError, ModuleNotFoundError) as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def _check_released(self, name: str) -> None:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            try:
                gradebook.find_assignment(name)
            except MissingEntry:
                raise ModuleNotFoundError(
                    f"the gradebook knows no assignment '{name}': run "
                    f"nbgrader generate_assignment {name} first"
                ) from None

    @property
    def _input_directory(self) -> str:
        return self._relative(self.intake if self._sanitizing else self.staged)

    @property
    def _output_directory(self) -> str:
        if self.staging:
            return self._relative(self.staged)
        return str(self.coursedir.autograded_directory)

    def _relative(self, path: Path) -> str:
        # nbgrader makes a pattern of the folder's name, and escapes the root alone.
        return str(path.relative_to(self.coursedir.root))

    def init_notebooks(self) -> None:
        """Find the folders that were handed in, also those without a notebook."""
        name = self.coursedir.assignment_id
        self.assignments = {}
        for student in submitted_students(self.coursedir):
            clean = self._format_source(name, student)
            self.assignments[clean] = [str(Path(clean) / f"{name}.ipynb")]
        if not self.assignments:
            raise NbGraderException(f"nobody has handed in '{name}'")

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Take the submission in; say whether it is to be graded."""
        self.staging = False
        submitted = Path(self.coursedir.root, self.coursedir.submitted_directory)
        self.submission = read(
            submitted,
            assignment_id,
            self.grader.course.assignment.modules,
            inside=(student_id, assignment_id),
        )
        self._take_in(Path(self._format_source(assignment_id, student_id)))
        done = Path(self._format_dest(assignment_id, student_id))
        report = read_report(done / f"{assignment_id}.ipynb")
        if done.exists() and (not report or report.digest != self.submission.digest()):
            self.log.warning("Not graded as it is now, so graded again: %s", student_id)
            nbgrader.utils.rmtree(done)
        return bool(super().init_destination(assignment_id, student_id))

    def _take_in(self, clean: Path) -> None:
        """Write what can be graded of the submission into a folder of our own."""
        submission, name = self.submission, self.coursedir.assignment_id
        notebook, problem = rebuild(submission.notebook, self.master)
        self.notes = [problem] if problem else []
        (clean / "mytorch").mkdir(parents=True)
        text = json.dumps(notebook, ensure_ascii=False)
        (clean / f"{name}.ipynb").write_text(text, encoding="utf-8")
        for module, source in submission.sources.items():
            (clean / "mytorch" / f"{module}.py").write_bytes(source)
        stamp = read_timestamp(submission.timestamp)
        if stamp:
            (clean / "timestamp.txt").write_text(stamp)
        elif isinstance(submission.timestamp, bytes):
            self.notes.append("timestamp.txt holds no date: taken as handed in on time")

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        self.staging = True
        super().init_assignment(assignment_id, student_id)
        self._forget_scores(assignment_id, student_id)
        report = self.grader.grade(self.submission)
        notes = [note for note in self.notes if note not in report.notes]
        self.report = replace(report, notes=(*report.notes, *notes))

    def _forget_scores(self, assignment_id: str, student_id: str) -> None:
        """No old score stands while, and if, this grading fails."""
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            submission = gradebook.find_submission(assignment_id, student_id)
            for notebook in submission.notebooks:
                for grade in notebook.grades:
                    grade.auto_score = None
            gradebook.db.commit()

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        resources: dict[str, Any] = super().init_single_notebook_resources(
            notebook_filename
        )
        resources["nbgrader"]["report"] = self.report
        return resources

    def set_permissions(self, assignment_id: str, student_id: str) -> None:
        """The last step: what is complete takes its place in autograded/."""
        super().set_permissions(assignment_id, student_id)
        complete = Path(self._format_dest(assignment_id, student_id))
        self.staging = False
        final = Path(self._format_dest(assignment_id, student_id))
        final.parent.mkdir(parents=True, exist_ok=True)
        complete.rename(final)


def submitted_students(coursedir: CourseDirectory) -> list[str]:
    """Return who handed in the assignment, in order; links count as handed in."""
    submitted = Path(coursedir.root, coursedir.submitted_directory)
    found = []
    for folder in sorted(submitted.iterdir()) if submitted.is_dir() else []:
        work = folder / coursedir.assignment_id
        if not fnmatch(folder.name, coursedir.student_id) or not os.path.lexists(work):
            continue
        if folder.name.isprintable() and not folder.name.startswith("."):
            found.append(folder.name)
        else:
            coursedir.log.error("%r is no name for a student: rename it", folder.name)
    return found


def read_timestamp(data: bytes | Problem) -> str:
    """Return the time of submission as nbgrader writes it, or "" if there is none."""
    if isinstance(data, Problem):
        return ""
    try:
        stamp = parse_utc(data.decode("ascii").strip())
    except (ValueError, OverflowError):
        return ""
    return f"{stamp:%Y-%m-%d %H:%M:%S.%f} UTC" if stamp else ""


def read_report(notebook: Path) -> Report | None:
    """Return the Report in an autograded notebook; None if it is not complete."""
    try:
        metadata = json.loads(notebook.read_text(encoding="utf-8"))["metadata"]
        return Report.from_dict(metadata[MARK])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove_abandoned(root: Path) -> None:
    """Remove what graders left behind that were killed on this machine."""
    for work in root.glob(f"{WORK}{gethostname()}-*"):
        pid = work.name.split("-")[-2]
        if not Path("/proc", pid).exists():
            shutil.rmtree(work, ignore_errors=True)


def install() -> None:
    """Let nbgrader's command and the API behind formgrader use our Autograde."""
    nbgrader.apps.autogradeapp.Autograde = Autograde
    nbgrader.apps.api.Autograde = Autograde
