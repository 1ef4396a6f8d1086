"""Classes of submissions for the tests, and what the real gradebook says of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from nbgrader.api import Gradebook, SolutionCell, SubmittedNotebook

from tests.engine.wrong_programs import WRONG
from tests.support import commands
from tests.support.programs import Wrong, apply, known, of_mistake
from tests.support.samples import handed_in_oddly, planted, sources


def nbgrader(course: Path, *arguments: str, ok: bool = True) -> str:
    """Run a command of nbgrader as a user would; return what it printed."""
    return command(course, "nbgrader", *arguments, ok=ok)


def autograder(course: Path, *arguments: str, ok: bool = True) -> str:
    """Run our own command as a user would; return what it printed."""
    return command(course, "autograder", *arguments, ok=ok)


def command(course: Path, program: str, *arguments: str, ok: bool) -> str:
    status, printed = commands.run(course, program, *arguments)
    assert (status == 0) == ok, printed[-4000:]
    return printed


def programs(assignment: str) -> dict[str, tuple[Callable[[Path], object], set[str]]]:
    """Return right programs and every fifth wrong one, with what each must lose.

    Each wrong one is judged alone in test_wrong_programs.py and by author-check.
    """
    right = import_module(f"tests.{assignment}.right").RIGHT
    modules = import_module(f"tests.{assignment}.questions").MODULES
    wrong = [row for row in WRONG if modules_of(row) <= set(modules)]
    found = {
        f"mistake-{i}": (sources(of_mistake(assignment, mistake)), {mistake.question})
        for i, mistake in enumerate(known(assignment)[::5])
    }
    for kind, rows in (("wrong", wrong[::5]), ("right", right)):
        for number, row in enumerate(rows):
            lost = set(getattr(row, "loses", ()))
            found[f"{kind}-{number}"] = (sources(apply(row.replacements)), lost)
    return found | handed_in_oddly(assignment) | planted(assignment)


def modules_of(program: Wrong) -> set[str]:
    """Return the modules that a program changes."""
    return {target.split(".")[0] for target in program.replacements}


def hand_in(course: Path, assignment: str, student: str, sample: object) -> Path:
    """Let a student hand in a copy of the release, changed by the sample."""
    folder = course / "submitted" / student / assignment
    shutil.copytree(course / "release" / assignment, folder)
    assert callable(sample)
    sample(folder)
    return folder


def lost_questions(course: Path, assignment: str) -> dict[str, set[str]]:
    """Return for each student the questions with less than full points."""
    lost: dict[str, set[str]] = {}
    with Gradebook(f"sqlite:///{course}/gradebook.db", "mytorch") as gradebook:
        for submission in gradebook.assignment_submissions(assignment):
            answers = {c.name for n in submission.notebooks for c in written(n)}
            grades = [g for n in submission.notebooks for g in n.grades]
            grades = [g for g in grades if g.name not in answers]
            assert all(grade.auto_score is not None for grade in grades)
            assert not any(grade.needs_manual_grade for grade in grades)
            student = submission.student.id
            lost[student] = {g.name for g in grades if g.score < g.max_score}
    return lost


def written(notebook: SubmittedNotebook) -> list[SolutionCell]:
    """Return the cells that a person marks, in the gradebook's words."""
    return list(notebook.notebook.solution_cells)


def scores(course: Path, assignment: str = "mlp", url: str = "") -> dict[str, float]:
    """Return what counts for each student, by the gradebook."""
    place = url or f"sqlite:///{course}/gradebook.db"
    with Gradebook(place, "mytorch") as gradebook:
        return {
            s.student.id: s.score - s.late_submission_penalty
            for s in gradebook.assignment_submissions(assignment)
            if all(g.auto_score is not None for n in s.notebooks for g in n.grades)
        }
