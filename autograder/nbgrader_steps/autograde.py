"""How does nbgrader grade here? Its Autograde, with a judge in place of a kernel.

`nbgrader autograde`, formgrader's button and `autograder grade` all come through
here. It differs from nbgrader's own in three things: it takes in regular files only,
it puts no student's code into any kernel, and a submission is written whole or not
at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbgrader.converters
from nbformat import from_dict
from traitlets import Float, Integer, List, Unicode

from autograder.judging.answer_key import Course
from autograder.judging.fingerprint import JudgedBy
from autograder.judging.handed_in import Submission
from autograder.judging.report import HiddenReasons, Report
from autograder.judging.seed import parse_seed, read_seed
from autograder.judging.submission import REQUIRED_LEVEL, Grader
from autograder.nbgrader_steps import by_hand, exchange, graded
from autograder.nbgrader_steps.asked import with_asked
from autograder.nbgrader_steps.course_folder import (
    Refused,
    link_pictures,
    notebook_in,
    read_submission,
    source_notebook,
    submitted_students,
    whose_folder,
)
from autograder.nbgrader_steps.dates import written
from autograder.nbgrader_steps.gradebook import read_judged, read_report
from autograder.nbgrader_steps.groups import once_for_a_group, read_groups
from autograder.nbgrader_steps.lock import locked
from autograder.nbgrader_steps.penalties import Penalties
from autograder.nbgrader_steps.safe_notebook import read_master, rebuild
from autograder.nbgrader_steps.staging import Staged

# Gives the Report on what a student handed in.
Judge = Callable[[str, Submission], Report]


def _own_judge(grading: Autograde) -> Judge:
    """Return a judge in this process."""
    level, points = grading.required_level, grading.points
    grader = Grader(grading.course, level, points=points)
    grading.closing.callback(grader.close)
    return once_for_a_group(grading.groups, lambda _, given: grader.grade(given))


class Autograde(Penalties, Staged, nbgrader.converters.Autograde):
    """nbgrader's Autograde, whose graded cells were judged and not executed."""

    step = "autograded"
    course_seed = Unicode(
        "", help="The secret seed of the course in hex; default: the file .course_seed"
    ).tag(config=True)
    required_level = Integer(
        REQUIRED_LEVEL, help="Refuse to grade with less isolation than this."
    ).tag(config=True)
    gradebook_wait = Float(
        60.0, help="For how many seconds to wait for another who writes the gradebook."
    ).tag(config=True)
    hidden_reasons = Unicode(
        str(HiddenReasons.AT_ONCE),
        help="When a student's page tells why hidden cases failed: 'at once', "
        "'after the deadline', 'after publishing' or 'never'.",
    ).tag(config=True)
    published = List(
        Unicode(),
        help="The assignments whose hidden reasons are told, 'after publishing'.",
    ).tag(config=True)

    # Opens what gives the Reports, after `prepare`; `autograder grade` puts its own
    # here, which judges submissions ahead of the one that is written.
    open_judge: Callable[[Autograde], Judge] = staticmethod(_own_judge)
    # Called with each student who is done, and the Report unless graded before.
    finished: Callable[[str, Report | None], None] = staticmethod(lambda *done: None)

    def __init__(self, **named: object) -> None:
        super().__init__(**named)
        self.moved: list[graded.Moved] = []
        self.graded_before: list[str] = []

    def prepare(self) -> None:
        """Load what judges; Refused if the assignment is not released as it stands."""
        name, coursedir = self.coursedir.assignment_id, self.coursedir
        root = Path(coursedir.root)
        self.groups = read_groups(root, name)
        with locked(root):  # a release changes the gradebook, then the folder
            points = graded.agreed_points(self.gradebook, coursedir)
        if self.course_seed:
            seed = parse_seed(self.course_seed, "c.Autograde.course_seed")
        else:
            seed = read_seed(root, self.gradebook.has_grades)
        # Named before it is loaded: what changes meanwhile is graded again.
        self.judged_by = JudgedBy.now(root, name, seed, points)
        self.course, self.points = Course.load(root, name, seed), points
        self.judge: Judge | None = self.open_judge(self)
        self.closing.callback(setattr, self, "judge", None)
        source = source_notebook(coursedir)
        self.master, beside = read_master(source), source.parent.rglob("*")
        # Only pictures lie there that a student's pages need: see `link_pictures`.
        kept = [str(path.relative_to(source.parent)) for path in beside]
        self.exclude_overwriting = {name: kept}

    @property
    def _input_directory(self) -> str:
        return self.relative(self.work / "submitted")

    def init_notebooks(self) -> None:
        """Find the folders that were handed in, also those without a notebook."""
        name = self.coursedir.assignment_id
        self.assignments = {}
        for student in submitted_students(self.coursedir):
            clean = self._format_source(name, student)
            self.assignments[clean] = [str(Path(clean) / f"{name}.ipynb")]
        if not self.assignments and not self.coursedir.student_id_exclude:
            raise Refused(f"nobody has handed in '{name}'")

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Take the submission in and judge it; say whether it is to be recorded."""
        assert self.judge is not None
        assignment = self.course.assignment
        self.submission = read_submission(self.coursedir, assignment, student_id)
        if self._was_graded(assignment_id, student_id):
            return False
        self._take_in(Path(self._format_source(assignment_id, student_id)))
        self.report = self._as_recorded(self.judge(student_id, self.submission))
        # Judging takes seconds: another may have graded it, or marked it, meanwhile.
        self.alone.enter_context(locked(Path(self.coursedir.root)))
        self.gradebook.claim(assignment_id)
        if self._was_graded(assignment_id, student_id):
            return False
        self.settled = by_hand.settled(self.gradebook, assignment_id, student_id)
        return True

    def _was_graded(self, assignment_id: str, student_id: str) -> bool:
        """Return whether the penalty was all that there was to renew."""
        self.marks = self.gradebook.marks(assignment_id, student_id)
        if self.force or not self.is_graded(student_id, self.submission):
            return False
        self.graded_before.append(student_id)
        self.note(self.renewed_penalty(student_id))
        self.finished(student_id, None)
        return True

    def is_graded(self, student: str, submission: Submission) -> bool:
        """Return whether what a student handed in has been graded as it is now."""
        found = read_report(notebook_in(self.coursedir, self.final_directory, student))
        marks = self.gradebook.marks(self.coursedir.assignment_id, student)
        wanted = self.judged_by.of(submission.digest())
        return graded.is_graded(found, marks, wanted)

    def note(self, moved: graded.Moved | None) -> None:
        """Say whose score is another now, if it is."""
        if moved and round(moved.before - moved.after, 6):
            self.moved.append(moved)
            self.log.warning("%s", moved)

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
        if whose_folder(self.coursedir, clean.parent.name) != clean.parent.name:
            self.remarks.append("another of the group handed in the folder")
        if moment:
            (clean / "timestamp.txt").write_text(written(moment))
        if odd:
            self.log.warning("%s: %s", clean.parent.name, odd)
        exchange.carry_secret(submission.secret, clean)

    def _as_recorded(self, report: Report) -> Report:
        """Return the Report with what was noted when the submission was taken in."""
        notes = [note for note in self.notes if note not in report.notes]
        return replace(
            report,
            notes=(*report.notes, *notes),
            remarks=(*report.remarks, *self.remarks),
            digest=self.judged_by.of(self.submission.digest()),
        )

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Let nbgrader make its records of the submission."""
        report = self.report
        points = f"{report.points:g} of {report.max_points:g} points"
        self.log.info("%s: %s, isolation level %d", student_id, points, report.level)
        super().init_assignment(assignment_id, student_id)
        # nbgrader leaves the time of an earlier submission where this one has none.
        submission = self.gradebook.find_submission(assignment_id, student_id)
        moment, _ = exchange.handed_in_at(self.submission.timestamp)
        submission.timestamp = moment
        by_hand.make_rows(self.gradebook, assignment_id, student_id)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        """Run all steps over the rebuilt notebook, in memory, and write it once."""
        resources = self.init_single_notebook_resources(notebook_filename)
        resources["nbgrader"] |= {"report": self.report, "judged_by": self.judged_by}
        self.exporter._preprocessors = []
        for step in [*self.sanitize_preprocessors, *self.autograde_preprocessors]:
            self.exporter.register_preprocessor(step)
        asked = self.course.assignment.questions
        sources = self.submission.sources
        shown = with_asked(self.notebook, self.master, asked, sources)
        notebook = from_dict(shown)
        output, resources = self.exporter.from_notebook_node(notebook, resources)
        self.write_single_notebook(output, resources)

    def complete(self, assignment_id: str, student_id: str) -> None:
        """Save the scores: what is complete takes its place next."""
        made = Path(self._format_dest(assignment_id, student_id))
        link_pictures(self.coursedir, made)
        place = notebook_in(self.coursedir, self.final_directory, student_id)
        old, by = read_judged(place)
        if old and by and old.digest == JudgedBy(**by).of(self.submission.digest()):
            by_hand.settle(self.gradebook, assignment_id, student_id, self.settled)
        before = graded.score_before(self.marks, old)
        marks = self.gradebook.marks(assignment_id, student_id)
        assert marks is not None
        self.gradebook.save()
        if before is not None:
            late = (self.marks or marks).penalty, marks.penalty
            self.note(graded.Moved(student_id, before, marks.score, late))
        self.finished(student_id, self.report)
