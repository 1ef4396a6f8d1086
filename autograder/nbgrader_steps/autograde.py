"""nbgrader's Autograde with a judge in place of a kernel.

`nbgrader autograde`, formgrader's button and `autograder grade` all come through
here. It differs from nbgrader's own in three things: it takes in regular files only,
it puts no student's code into any kernel, and a submission is written whole or not
at all.
"""

from __future__ import annotations

# nbgrader has no type marker.
# mypy: disable-error-code="import-untyped, misc, no-untyped-call"
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from fnmatch import fnmatch
from pathlib import Path
from socket import gethostname

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.converters
import nbgrader.utils
from nbformat import from_dict
from nbgrader.api import MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets import Integer, Unicode
from traitlets.config.loader import Config, PyFileConfigLoader

from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission, is_name, read
from autograder.judging.report import Report
from autograder.judging.submission import REQUIRED_LEVEL, Grader
from autograder.nbgrader_steps import exchange
from autograder.nbgrader_steps.dates import written
from autograder.nbgrader_steps.gradebook import OpenGradebook, opened, read_report
from autograder.nbgrader_steps.safe_notebook import read_master, rebuild
from autograder.sandbox.trusted.pool import IsolationError

WORK = ".grading-"


class Autograde(nbgrader.converters.Autograde):
    """nbgrader's Autograde, whose graded cells were judged and not executed."""

    course_seed = Unicode(
        "", help="The secret seed of the course in hex; default: the file .course_seed"
    ).tag(config=True)
    required_level = Integer(
        REQUIRED_LEVEL, help="Refuse to grade with less isolation than this."
    ).tag(config=True)

    # Gives the Report on a submission; `autograder grade` puts its own here, which
    # has looked at the whole class before.
    judge: Callable[[str, Submission], Report] | None = None
    # Called with each student whose turn is over.
    finished: Callable[[str], None] = staticmethod(lambda student: None)

    def start(self) -> None:
        root = Path(self.coursedir.root)
        remove_abandoned(root)
        prefix = f"{WORK}{gethostname()}-{os.getpid()}-"
        work = Path(tempfile.mkdtemp(prefix=prefix, dir=root))
        self.intake, self.staged = work / "submitted", work / "autograded"
        self.staging = False
        try:
            with opened(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
                self.gradebook: OpenGradebook = gradebook
                self._start(root, self.coursedir.assignment_id)
        except (IsolationError, ModuleNotFoundError) as error:
            self.log.error("%s", error)
            raise NbGraderException(str(error)) from error
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def run(self) -> None:
        """Do what `start` does, for callers who do not know nbgrader's exceptions."""
        try:
            self.start()
        except NbGraderException as error:
            raise RuntimeError(str(error)) from error

    def _start(self, root: Path, name: str) -> None:
        try:
            self.gradebook.find_assignment(name)
        except MissingEntry:
            raise ModuleNotFoundError(
                f"the gradebook knows no assignment '{name}': run "
                f"nbgrader generate_assignment {name} first"
            ) from None
        self.course = load_course(root, name, self.course_seed)
        source = root / "source" / name
        self.master = read_master(source / f"{name}.ipynb")
        # Only pictures lie there that a student's pages need: see `_link_pictures`.
        beside = [str(path.relative_to(source)) for path in source.rglob("*")]
        self.exclude_overwriting = {name: beside}
        if self.judge is not None:
            super().start()
            return
        with Grader(self.course, self.required_level) as grader:
            self.judge = lambda student, submission: grader.grade(submission)
            super().start()

    @property
    def _input_directory(self) -> str:
        return self._relative(self.intake)

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
            raise ModuleNotFoundError(f"nobody has handed in '{name}'")

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Take the submission in; say whether it is to be graded."""
        self.staging = False
        self.gradebook.forget()
        self.submission = read_submission(self.coursedir, self.course, student_id)
        self._take_in(Path(self._format_source(assignment_id, student_id)))
        done = Path(self._format_dest(assignment_id, student_id))
        if done.exists() and not self.is_graded(student_id, self.submission):
            self.log.warning("Not graded as it is now, so graded again: %s", student_id)
            nbgrader.utils.rmtree(done)
        wanted = bool(super().init_destination(assignment_id, student_id))
        if not wanted:
            self.finished(student_id)
        return wanted

    def is_graded(self, student: str, submission: Submission | None = None) -> bool:
        """Return whether what a student handed in has been graded as it is now."""
        name = self.coursedir.assignment_id
        folder = Path(self.coursedir.autograded_directory, student, name)
        report = read_report(Path(self.coursedir.root, folder, f"{name}.ipynb"))
        if report is None:
            return False
        submission = submission or read_submission(self.coursedir, self.course, student)
        return report.digest == self.course.fingerprint(submission.digest())

    def _take_in(self, clean: Path) -> None:
        """Write what is to be kept of the submission into a folder of our own."""
        submission = self.submission
        self.notebook, problem = rebuild(submission.notebook, self.master)
        self.notes = [problem] if problem else []
        (clean / "mytorch").mkdir(parents=True)
        for module, source in submission.sources.items():
            (clean / "mytorch" / f"{module}.py").write_bytes(source)
        moment, odd = exchange.handed_in_at(submission.timestamp)
        self.remarks = [odd] if odd else []
        if moment:
            (clean / "timestamp.txt").write_text(written(moment))
        if odd:
            self.log.warning("%s: %s", clean.parent.name, odd)
        exchange.carry_secret(submission.secret, clean)

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Judge the submission, then let nbgrader make its records."""
        self.gradebook.forget_scores(assignment_id, student_id)
        assert self.judge is not None
        report = self.judge(student_id, self.submission)
        notes = [note for note in self.notes if note not in report.notes]
        remarks = (*report.remarks, *self.remarks)
        self.report = replace(report, notes=(*report.notes, *notes), remarks=remarks)
        points = f"{report.points:g} of {report.max_points:g} points"
        self.log.info("%s: %s, isolation level %d", student_id, points, report.level)
        self.staging = True
        super().init_assignment(assignment_id, student_id)

    def _link_pictures(self, folder: Path) -> None:
        """Let the notebook's pictures be found without a copy for each student."""
        final = Path(self.coursedir.autograded_directory, "student", "assignment")
        up = "/".join([".."] * len(final.parts))
        source = Path(self.coursedir.source_directory, folder.name)
        for path in Path(self.coursedir.root, source).iterdir():
            if path.is_dir() and not path.name.startswith("."):
                (folder / path.name).symlink_to(Path(up, source, path.name))

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Run all steps over the rebuilt notebook, in memory, and write it once."""
        resources = self.init_single_notebook_resources(notebook_filename)
        resources["nbgrader"]["report"] = self.report
        self.exporter._preprocessors = []
        for step in [*self.sanitize_preprocessors, *self.autograde_preprocessors]:
            self.exporter.register_preprocessor(step)
        notebook = from_dict(self.notebook)
        output, resources = self.exporter.from_notebook_node(notebook, resources)
        self.write_single_notebook(output, resources)

    def set_permissions(self, assignment_id: str, student_id: str) -> None:
        """The last step: scores are saved, and what is complete takes its place."""
        super().set_permissions(assignment_id, student_id)
        complete = Path(self._format_dest(assignment_id, student_id))
        self._link_pictures(complete)
        self.staging = False
        final = Path(self._format_dest(assignment_id, student_id))
        final.parent.mkdir(parents=True, exist_ok=True)
        # In this order: a folder without scores would be taken for graded.
        self.gradebook.save()
        complete.rename(final)
        self.finished(student_id)


def load_config(root: Path) -> Config:
    """Return what the course's nbgrader_config.py says."""
    config = PyFileConfigLoader("nbgrader_config.py", str(root)).load_config()
    config.CourseDirectory.root = str(root)
    return config


def open_course(
    root: Path, assignment: str, student: str = "*", force: bool = False
) -> Autograde:
    """Return nbgrader's Autograde for the course in `root`, by its own config file."""
    config = load_config(root)
    coursedir = CourseDirectory(config=config)
    coursedir.assignment_id, coursedir.student_id = assignment, student
    converter = Autograde(coursedir=coursedir, config=config)
    converter.force = force
    converter.log.setLevel("ERROR")
    return converter


def load_course(root: Path, name: str, seed: str) -> Course:
    """Return the course, with the seed that nbgrader_config.py sets, if it does."""
    return Course.load(root, name, bytes.fromhex(seed) if seed else None)


def read_submission(
    coursedir: CourseDirectory, course: Course, student: str
) -> Submission:
    """Return what a student handed in, read without following a link."""
    name, modules = course.assignment.name, course.assignment.modules
    submitted = Path(coursedir.root, coursedir.submitted_directory)
    root = Path(coursedir.root)
    return read(submitted, name, modules, inside=(student, name), course=root)


def submitted_students(coursedir: CourseDirectory) -> list[str]:
    """Return who handed in the assignment, in order; links count as handed in."""
    submitted = Path(coursedir.root, coursedir.submitted_directory)
    found = []
    for folder in sorted(submitted.iterdir()) if submitted.is_dir() else []:
        work = folder / coursedir.assignment_id
        if not fnmatch(folder.name, coursedir.student_id) or not os.path.lexists(work):
            continue
        if folder.name == "__MACOSX":  # made by an archiver, and nobody's
            continue
        if is_name(folder.name):
            found.append(folder.name)
        else:
            coursedir.log.error("%r is no name for a student: rename it", folder.name)
    return found


def remove_abandoned(root: Path) -> None:
    """Remove what graders left behind that were killed on this machine."""
    for work in root.glob(f"{WORK}{gethostname()}-*"):
        pid = work.name.split("-")[-2]
        if not Path("/proc", pid).exists():
            shutil.rmtree(work, ignore_errors=True)


def install() -> None:
    """Let nbgrader's command and the API behind formgrader do as this course does."""
    nbgrader.apps.autogradeapp.Autograde = Autograde
    nbgrader.apps.api.Autograde = Autograde
    exchange.install()
