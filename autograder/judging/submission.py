"""How does one submission become a Report?"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np

from autograder.judging.answer_key import Course
from autograder.judging.fingerprint import JudgedBy
from autograder.judging.handed_in import Submission, read
from autograder.judging.regular_files import Problem
from autograder.judging.report import QuestionReport, Report
from autograder.judging.wrong_answer import wrong_answer
from autograder.sandbox.exchange import Ended, Limits, Outcome, QuestionResult, Request
from autograder.sandbox.trusted.pool import Pool
from autograder.student.marking import Trial, Verdict
from autograder.student.naming import Mistakes, judge
from autograder.student.probing import Raised
from autograder.student.questions import Question, Value

REQUIRED_LEVEL = 3
# So many times the bytes of the right answer are read of another one.
LARGER = 64


@dataclass(frozen=True)
class AskedQuestion:
    """A question with its trials, ready to be put to any submission."""

    question: Question
    trials: list[Trial]
    visible: Request
    hidden: Request
    max_points: float


class Grader(ExitStack):
    """Grades submissions of one assignment, one after another. A context manager.

    It holds the references and owns one confined process; several graders side by
    side make use of several processors. Raises IsolationError if the isolation is
    below `required_level`, before any student's byte is read.
    """

    def __init__(
        self,
        course: Course,
        required_level: int = REQUIRED_LEVEL,
        *,
        points: Mapping[str, float] | None = None,
        highest: int = 4,
        limits: Limits = Limits(),  # noqa: B008 - frozen
    ) -> None:
        super().__init__()
        self.course = course
        name = course.assignment.name
        source = course.assignment.root / "source" / name / f"{name}.ipynb"
        self.points = points = points or read_points(source)
        self.asked = [
            _ask(course, q, points[q.id]) for q in course.assignment.questions
        ]
        probes = course.assignment.folder / "probes.py"
        pool = Pool(
            probes, required_level=required_level, limits=limits, highest=highest
        )
        self.pool = self.enter_context(pool)

    def read(self, folder: Path) -> Submission:
        """Return what is in a student's folder."""
        assignment = self.course.assignment
        name, modules = assignment.name, assignment.modules
        return read(folder, name, modules, course=assignment.root)

    def judged_by(self) -> JudgedBy:
        """Return the names of all that decides what a submission scores here."""
        root, name = self.course.assignment.root, self.course.assignment.name
        return JudgedBy.now(root, name, self.course.seed, self.points)

    def grade(self, submission: Submission) -> Report:
        """Return the Report on one submission. Nothing in it can make this raise."""
        started = time.perf_counter()
        # What a visible case raises is told in full. So all of them come before any
        # hidden one: a submission can keep nothing that must not be told.
        requests = [a.visible for a in self.asked] + [a.hidden for a in self.asked]
        outcome = self.pool.run(submission.sources, requests, [*submission.judged])
        questions = tuple(self._one(a, submission, outcome) for a in self.asked)
        parts = (*submission.modules.values(), submission.notebook)
        problems = dict.fromkeys(p.text for p in parts if isinstance(p, Problem))
        return Report(
            assignment=self.course.assignment.name,
            questions=questions,
            level=outcome.level,
            notes=(*problems, *submission.notes),
            remarks=submission.remarks,
            seconds=round(time.perf_counter() - started, 4),
            version=submission.version,
        )

    def _one(
        self, asked: AskedQuestion, submission: Submission, outcome: Outcome
    ) -> QuestionReport:
        question = asked.question
        if question.withdrawn:
            passed = [Verdict(t.label, t.visible, passed=True) for t in asked.trials]
            return QuestionReport(question.id, asked.max_points, tuple(passed))
        problem = _load_problem(question, submission, outcome)
        if problem:
            return QuestionReport(question.id, asked.max_points, (), *problem)
        first = outcome.results[asked.visible.question]
        last = outcome.results[asked.hidden.question]
        cases = (*first.cases, *last.cases)
        known = partial(self.course.mistakes, question.id)
        trials, there = asked.trials, len(asked.visible.cases)
        seen = _judged(trials[:there], first, lambda: known()[:there])
        if last.ended:
            verdicts = [*seen, *_judged(trials[there:], last, known)]
        else:
            verdicts = judge(trials, cases, known)
        return QuestionReport(
            question.id,
            asked.max_points,
            verdicts=tuple(verdicts),
            seconds=round(first.seconds + last.seconds, 4),
            wrong="" if last.ended else wrong_answer(verdicts, cases),
            seen=tuple(verdict for verdict in seen if not verdict.passed),
        )


def grade(
    path: str | Path,
    assignment: str,
    *,
    root: str | Path = ".",
    required_level: int = REQUIRED_LEVEL,
) -> Report:
    """Return the Report on the submission in the folder `path`.

    `root` is the folder of the course. Raises IsolationError if the isolation that
    this machine offers is below `required_level`.

    >>> report = grade(".", "mlp")  # this course's own reference
    >>> report.points, report.lost
    (100.0, [])
    """
    course = Course.load(Path(root).resolve(), assignment)
    with Grader(course, required_level) as grader:
        submission = grader.read(Path(path))
        report = grader.grade(submission)
        return replace(report, digest=grader.judged_by().of(submission.digest()))


def read_points(notebook: Path) -> dict[str, float]:
    """Return the points of each question, as the cells of a notebook say."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    return {m["grade_id"]: float(m["points"]) for m in marks if m.get("grade")}


def _ask(course: Course, question: Question, max_points: float) -> AskedQuestion:
    trials = course.trials(question.id)
    limits = course.limits(question)
    visible, hidden = f"{question.id}, visible", f"{question.id}, hidden"

    def request(name: str, unless: str = "") -> Request:
        part = [trial for trial in trials if trial.visible is (name == visible)]
        cases = tuple((trial.case.probe_name, trial.inputs) for trial in part)
        expects = tuple(map(_expects, part))
        return Request(name, cases, unless, name == hidden, limits, expects)

    return AskedQuestion(
        question, trials, request(visible), request(hidden, visible), max_points
    )


def _expects(trial: Trial) -> dict[str, int]:
    """Return the outputs that may come of a case, and how large they may be.

    Wrong ones are larger than right ones, but not by much.
    """
    return {name: LARGER * _size(value) for name, value in trial.expected.items()}


def _size(value: Value) -> int:
    """Return about how many bytes a value has when it is sent."""
    if isinstance(value, list | tuple):
        return 64 + sum(map(_size, value))
    return 64 + (len(value) if isinstance(value, str) else np.asarray(value).nbytes)


def _judged(
    trials: list[Trial], result: QuestionResult, known: Callable[[], Sequence[Mistakes]]
) -> list[Verdict]:
    """Return the verdicts on some cases of a question, by these cases alone."""
    if not result.ended:
        return judge(trials, result.cases, known)
    kind, text = result.ended.kind, result.ended.text
    return [
        Verdict(t.label, t.visible, False, text, kind=kind, closed=text) for t in trials
    ]


def _load_problem(
    question: Question, submission: Submission, outcome: Outcome
) -> tuple[str, str] | None:
    """Return why the question cannot be asked: its module did not load, or None.

    The second text is the first without a word of the student's program.
    """
    name = question.module
    part = submission.modules[name]
    if isinstance(part, Problem):
        return part.text, part.text
    state = outcome.loaded.get(name)
    if isinstance(state, Raised):
        place = f" ({state.where})" if state.where else ""
        text = f"{name}.py did not load: {state.kind}: {state.message}{place}"
        return text, f"{name}.py did not load"
    if isinstance(state, Ended):
        text = f"{name}.py did not load: its import {state.text}"
        return text, text
    return None
