"""How does one submission become a Report?"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np

from autograder.judging.answer_key import Course
from autograder.judging.fingerprint import JudgedBy
from autograder.judging.handed_in import Problem, Submission, read
from autograder.judging.report import QuestionReport, Report
from autograder.sandbox.trusted.pool import (
    Limits,
    Outcome,
    Pool,
    QuestionResult,
    Request,
)
from autograder.student.kinds import Kind
from autograder.student.marking import Trial, Verdict
from autograder.student.naming import judge
from autograder.student.probing import Raised
from autograder.student.questions import Array, Question, Value

REQUIRED_LEVEL = 3


@dataclass(frozen=True)
class Asked:
    """A question with its trials, ready to be put to any submission."""

    question: Question
    trials: list[Trial]
    visible: Request
    hidden: Request
    max_points: float

    def result(self, outcome: Outcome) -> QuestionResult:
        """Return what came of the visible and then of the hidden cases."""
        first = outcome.results[self.visible.question]
        last = outcome.results[self.hidden.question]
        # An exit code, or the choice of a signal, could tell of hidden inputs.
        ended = first.ended or re.sub(r" \(.*\)$", "", last.ended)
        seconds = first.seconds + last.seconds
        return QuestionResult((*first.cases, *last.cases), ended, seconds)


class Grader:
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
        self.course = course
        name = course.assignment.name
        source = course.assignment.root / "source" / name / f"{name}.ipynb"
        self.points = points = points or read_points(source)
        self.asked = [_ask(course, q, points) for q in course.assignment.questions]
        probes = course.assignment.folder / "probes.py"
        self.pool = Pool(
            probes, required_level=required_level, limits=limits, highest=highest
        )

    def __enter__(self) -> Grader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self.pool.close()

    def read(self, folder: Path) -> Submission:
        """Return what lies in a student's folder."""
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
        outcome = self.pool.run(submission.judged, requests)
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
        )

    def _one(
        self, asked: Asked, submission: Submission, outcome: Outcome
    ) -> QuestionReport:
        question = asked.question
        problem = _load_problem(question, submission, outcome)
        if problem:
            return QuestionReport(question.id, asked.max_points, (), *problem)
        result = asked.result(outcome)
        if result.ended:
            verdicts = [_ended(trial, result.ended) for trial in asked.trials]
        else:
            known = self.course.known_to(question.id)
            verdicts = judge(asked.trials, result.cases, known)
        return QuestionReport(
            question.id,
            asked.max_points,
            verdicts=tuple(verdicts),
            seconds=round(result.seconds, 4),
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


def _ask(course: Course, question: Question, points: Mapping[str, float]) -> Asked:
    trials = course.trials(question.id)
    names = f"{question.id}, visible", f"{question.id}, hidden"
    visible, hidden = (
        tuple(
            (t.case.probe_name, {k: _sent(v) for k, v in t.inputs.items()})
            for t in trials
            if t.visible is part
        )
        for part in (True, False)
    )
    return Asked(
        question,
        trials,
        Request(names[0], visible),
        Request(names[1], hidden, unless=names[0]),
        points[question.id],
    )


def _sent(value: Value) -> Array:
    """Return an input as an array: so far, the wire carries nothing else."""
    return np.asarray(value)


def _ended(trial: Trial, ended: str) -> Verdict:
    """Return the verdict on a case whose process came to its end."""
    kind = Kind.TOO_LONG if ended.startswith("took more than") else Kind.ENDED
    return Verdict(trial.label, trial.visible, False, ended, kind=kind, closed=ended)


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
    if state is not None:
        text = f"{name}.py did not load: its import {state}"
        return text, text
    return None
