"""What does an instructor give by hand, and what still waits for one?

nbgrader makes rows for comments on answers and tasks only. A row for each graded cell
is all that its formgrader needs; it keeps them through every regrade.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from nbgrader.api import Comment, Gradebook, MissingEntry, SubmittedNotebook

from autograder.nbgrader_steps.gradebook import CellMark


def make_rows(gradebook: Gradebook, assignment: str, student: str) -> None:
    """Add a row to comment on for each graded cell that has none.

    A written answer has one by nbgrader: it is a graded cell and a solution cell.
    """
    notebook = _notebook(gradebook, assignment, student)
    known = {comment.name for comment in notebook.comments}
    for cell in gradebook.find_notebook(assignment, assignment).grade_cells:
        if cell.name not in known:
            gradebook.db.add(Comment(cell_id=cell.id, notebook_id=notebook.id))
    gradebook.db.flush()


def settled(gradebook: Gradebook, assignment: str, student: str) -> dict[str, Any]:
    """Return the cells that an instructor is done with, and the judge's points there.

    nbgrader lets every cell with a mark by hand wait again when it is graded again.
    """
    try:
        grades = _notebook(gradebook, assignment, student).grades
    except MissingEntry:
        return {}
    done = (g for g in grades if g.manual_score is not None)
    return {g.name: g.auto_score for g in done if not g.needs_manual_grade}


def settle(
    gradebook: Gradebook, assignment: str, student: str, done: Mapping[str, Any]
) -> None:
    """Let none of these cells wait again for which the judge's points are the same."""
    for grade in _notebook(gradebook, assignment, student).grades:
        if grade.name in done and grade.auto_score == done[grade.name]:
            grade.needs_manual_grade = False
    gradebook.db.flush()


def written(gradebook: Gradebook, assignment: str, student: str) -> dict[str, str]:
    """Return what instructors wrote, by the graded cell.

    What nbgrader writes by itself, such as "No response.", counts where nobody wrote.
    """
    notebook = _notebook(gradebook, assignment, student)
    found: dict[str, str] = {}
    for comment in sorted(notebook.comments, key=lambda c: c.manual_comment or ""):
        if comment.comment:
            found[comment.name] = comment.comment
    return found


def put_in(
    cells: Iterable[Any], comments: Mapping[str, str], marks: Mapping[str, CellMark]
) -> None:
    """Put beside each graded cell the comment, and whether it waits to be marked."""
    for cell in cells:
        beside = cell["metadata"].get("nbgrader", {})
        name = beside.get("grade_id")
        if name in comments:
            beside["comment"] = comments[name]
        if name in marks:
            beside["waits"] = marks[name].auto is marks[name].manual is None


def _notebook(gradebook: Gradebook, assignment: str, student: str) -> SubmittedNotebook:
    return gradebook.find_submission_notebook(assignment, assignment, student)
