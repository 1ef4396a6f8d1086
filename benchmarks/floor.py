"""Judging alone, confined, against the same cases in one process with no isolation.

Both start from the bytes of the modules and end with all verdicts.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from types import ModuleType, SimpleNamespace
from unittest.mock import patch

import numpy as np

from autograder.classroom.judges import own_judges
from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.report import QuestionReport
from autograder.judging.submission import REQUIRED_LEVEL, Grader
from autograder.student.marking import Trial, Verdict
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Raised, drive
from benchmarks.classes import submissions
from benchmarks.measure import ROOT, Figure, Row, Size, in_turns

Verdicts = list[list[Verdict]]


def measure(size: Size) -> list[Row]:
    students = submissions(size.of(20, 200))
    course = Course.load(ROOT, "mlp", bytes(32))
    trials = [course.trials(q.id) for q in course.assignment.questions]
    with (
        Grader(course) as grader,
        Grader(course, required_level=0, highest=1) as bare,
        own_judges(course, 2, REQUIRED_LEVEL) as submit,
    ):

        def floor() -> list[Verdicts]:
            return [openly(course, trials, student) for student in students]

        def one_job(grader: Grader = grader) -> list[Verdicts]:
            return [of(grader.grade(student).questions) for student in students]

        def limits_only() -> list[Verdicts]:
            return one_job(bare)

        def two_jobs() -> list[Verdicts]:
            results = [submit(student) for student in students]
            return [of(result().questions) for result in results]

        # A first time for each: they must agree, and mistakes are worked out once.
        ways = (floor, limits_only, one_job, two_jobs)
        first = {name(way()) for way in ways}
        assert len(first) == 1, "judging with and without isolation disagrees"
        times = in_turns(*ways, rounds=size.of(1, 5))
        level = grader.grade(students[0]).level
    return rows(len(students), level, times)


def rows(students: int, level: int, times: Sequence[float]) -> list[Row]:
    names = (
        "no isolation, one process",
        "processes with limits only, one job",
        f"level {level}, one job",
        f"level {level}, two jobs",
    )
    floor, limits, one, two = (
        Figure(name, students / time, "submissions/s")
        for name, time in zip(names, times, strict=True)
    )
    within = [floor.value <= 3 * confined.value for confined in (one, two)]
    return [
        Row("judging alone, one after another", floor, one, "at most 3", within[0]),
        Row("judging alone, on two cores", floor, two, "at most 3", within[1]),
        Row(
            "two jobs against one",
            two,
            one,
            "A at least 60 submissions/s, aim 100",
            two.value >= 60,
        ),
        Row("namespaces, Landlock and seccomp", limits, one),
    ]


def of(questions: Sequence[QuestionReport]) -> Verdicts:
    return [list(question.verdicts) for question in questions]


def name(verdicts: list[Verdicts]) -> str:
    """Return what was passed, to be compared. Reasons differ: some name a line."""
    return str([[[v.passed for v in q] for q in each] for each in verdicts])


def openly(
    course: Course, trials: Sequence[list[Trial]], submission: Submission
) -> Verdicts:
    """Return the verdicts on a submission that is run in this very process."""
    lib = load(submission.sources)
    return [
        judge(
            of_question,
            [ask(t, lib) for t in of_question],
            partial(course.mistakes, of_question[0].case.question),
        )
        for of_question in trials
    ]


def ask(trial: Trial, lib: SimpleNamespace) -> CaseResult:
    with np.errstate(all="ignore"):
        driven = drive(trial.probe, lib, trial.inputs)
    error = driven.error
    raised = Raised(type(error).__name__, str(error), "") if error else None
    return CaseResult(tuple(driven.outputs.items()), raised)


def load(sources: dict[str, bytes]) -> SimpleNamespace:
    """Return the modules of a submission, imported as if they lay in `mytorch`."""
    package = ModuleType("mytorch")
    package.__path__ = []
    lib = SimpleNamespace()
    with patch.dict(sys.modules, {"mytorch": package}):
        for short, source in sources.items():
            module = ModuleType(f"mytorch.{short}")
            sys.modules[module.__name__] = module
            setattr(package, short, module)
            exec(compile(source, f"mytorch/{short}.py", "exec"), vars(module))
            setattr(lib, short, module)
    return lib
