"""Does the reference earn all, a stub nothing, and each solution just its question?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from autograder.authoring.faults import Fault
from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.report import Report
from autograder.judging.submission import Grader
from autograder.releasing.stubs import cut


def submission_faults(course: Course) -> Iterator[Fault]:
    """Yield what goes wrong in the real sandbox."""
    place = f"tests/{course.assignment.name}"
    with Grader(course) as grader:
        report = _graded(grader, course.sources)
        for question in report.questions:
            if question.lost:
                mend = f"the reference loses points: {question.reason}"
                yield Fault(f"{place}, {question.id}", mend)
        stubs = {n: cut(text, f"{n}.py") for n, text in course.sources.items()}
        for question in _graded(grader, stubs).questions:
            if question.points:
                mend = f"the stub earns {question.points:g} points"
                yield Fault(f"{place}, {question.id}", mend)
        for asked in course.assignment.questions:
            if asked.withdrawn:
                continue
            source = course.sources[asked.module]
            one = cut(source, f"{asked.module}.py", keep=asked.method)
            report = _graded(grader, {**stubs, asked.module: one})
            yield from _alone(report, asked.id, place)


def _alone(report: Report, own: str, place: str) -> Iterator[Fault]:
    """Yield where one solution earns more, or less, than its question."""
    for question in report.questions:
        if question.id == own and question.lost:
            mend = "needs the solution of another question: use a stand-in"
            yield Fault(f"{place}, {own}", f"{mend} ({question.reason})")
        elif question.id != own and question.points:
            mend = f"its solution also earns points of {question.id}"
            yield Fault(f"{place}, {own}", mend)


def _graded(grader: Grader, sources: Mapping[str, str]) -> Report:
    """Return the Report on these modules, without questions that are withdrawn."""
    modules = {name: text.encode() for name, text in sources.items()}
    report = grader.grade(Submission(modules, notebook=b"{}", timestamp=b""))
    left = {q.id for q in grader.course.assignment.questions if not q.withdrawn}
    return replace(report, questions=tuple(q for q in report.questions if q.id in left))
