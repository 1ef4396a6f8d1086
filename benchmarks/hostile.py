"""A class in which one in twenty hands in an endless loop, against one without."""

from __future__ import annotations

from autograder.classroom.judges import own_judges
from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.submission import REQUIRED_LEVEL
from benchmarks.classes import submissions
from benchmarks.measure import ROOT, Figure, Row, Size, in_turns


def measure(size: Size) -> list[Row]:
    students = size.of(20, 200)
    honest = submissions(students)
    mixed = submissions(students, hostile=students // 20)
    course = Course.load(ROOT, "mlp", bytes(32))
    with own_judges(course, 2, REQUIRED_LEVEL) as submit:

        def judge(each: list[Submission]) -> None:
            for result in [submit(submission) for submission in each]:
                result()

        judge(honest)  # a first time: known mistakes are worked out once
        times = in_turns(
            lambda: judge(honest), lambda: judge(mixed), rounds=size.of(1, 3)
        )
    figures = [
        Figure(name, students / time, "submissions/s")
        for name, time in zip(("none hostile", "5 % hostile"), times, strict=True)
    ]
    return [Row("judging alone, two jobs, 5 % endless loops", *figures)]
