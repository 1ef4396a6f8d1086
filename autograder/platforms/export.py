"""How do marks get out? As a table of our own, or filled into a platform's own file.

Canvas and Moodle take back the file that they gave out, with one column filled in.
So that file is read, and nothing in it is changed but the marks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.nbgrader_steps.export import harmless
from autograder.nbgrader_steps.marks import Mark
from autograder.platforms.roster import NOBODY

# The columns of Canvas' gradebook and of Moodle's grading worksheet that name a person.
CANVAS_IDS = ("SIS Login ID", "SIS User ID", "ID")
MOODLE_IDS = ("Email address", "ID number", "Username", "Identifier")
MOODLE_GRADE, MOODLE_FEEDBACK, MOODLE_MAXIMUM = (
    "Grade",
    "Feedback comments",
    "Maximum Grade",
)

Row = list[str]


class ExportError(RuntimeError):
    """A file of a platform is not what was expected, in one line."""


@dataclass
class Filled:
    """A platform's file with the marks in it, and who could not be placed."""

    text: str
    filled: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # in the file, not in the course
    absent: list[str] = field(default_factory=list)  # with a mark, not in the file


def table(marks: Sequence[Mark], questions: Sequence[str]) -> str:
    """Return the marks as CSV: a row a student, with points and reason by question."""
    head = ["student", "first name", "last name", "email", "handed in"]
    head += ["score", "maximum", "late penalty", "needs grading"]
    for name in questions:
        head += [name, f"{name}: reason"]
    return written([head, *(list(_row(mark, questions)) for mark in marks)])


def _row(mark: Mark, questions: Iterable[str]) -> Iterator[str]:
    for text in (mark.student, mark.first_name, mark.last_name, mark.email):
        yield harmless(text)
    yield mark.timestamp
    hidden = mark.score is None or mark.held_back
    yield "held back" if mark.held_back else "" if hidden else f"{mark.score:g}"
    yield f"{mark.max_score:g}"
    yield f"{mark.penalty:g}"
    yield "yes" if mark.needs_grading else ""
    reasons = {} if hidden else mark.reasons
    for name in questions:
        shown = name in mark.questions and not hidden
        yield f"{mark.questions[name]:g}" if shown else ""
        comment = "" if hidden else mark.comments.get(name, "")
        told = [reasons.get(name, ""), comment]
        yield harmless(" | ".join(filter(None, told)))


def written(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV, each cell quoted where it must be."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def fill_canvas(exported: Path, column: str, marks: Sequence[Mark]) -> Filled:
    """Return Canvas' exported gradebook with the scores in one column.

    `column` is the assignment's, or the beginning of it: "mlp (1234)" or "mlp".
    """
    rows = read_rows(exported)
    head = rows[0]
    wanted = [name for name in head if name == column or name.startswith(f"{column} (")]
    if len(wanted) != 1:
        raise ExportError(
            f"{exported.name} has {len(wanted)} columns for '{column}'; expected one, "
            "as Canvas exports it: name it with --column"
        )
    place = head.index(wanted[0])
    # Rows that are no person, such as "Points Possible", are kept as they are.
    people = [
        row
        for row in rows[1:]
        if _cells(row, head, CANVAS_IDS)
        and not row[0].strip().lower().startswith(NOBODY)
    ]

    def put(row: Row, mark: Mark) -> None:
        row[place] = f"{mark.score:g}"

    return _fill(rows, people, marks, CANVAS_IDS, put)


def fill_moodle(worksheet: Path, marks: Sequence[Mark]) -> Filled:
    """Return Moodle's grading worksheet with grades and a line of feedback."""
    rows = read_rows(worksheet)
    head = rows[0]
    if MOODLE_GRADE not in head:
        raise ExportError(
            f"{worksheet.name} has no column '{MOODLE_GRADE}': expected the grading "
            "worksheet that Moodle hands out for the assignment"
        )
    grade = head.index(MOODLE_GRADE)
    feedback = head.index(MOODLE_FEEDBACK) if MOODLE_FEEDBACK in head else None
    maximum = head.index(MOODLE_MAXIMUM) if MOODLE_MAXIMUM in head else None

    def put(row: Row, mark: Mark) -> None:
        assert mark.score is not None
        scale = _scale(row[maximum] if maximum is not None else "", mark.max_score)
        row[grade] = f"{mark.score * scale:.2f}"
        if feedback is not None:
            lost = [f"{name}: {why}" for name, why in mark.reasons.items()]
            row[feedback] = harmless(" | ".join(lost) or "Full marks.")

    return _fill(rows, rows[1:], marks, MOODLE_IDS, put)


def _scale(maximum: str, points: float) -> float:
    """Return by what to multiply, where a platform's maximum is another than ours."""
    try:
        return float(maximum.replace(",", ".")) / points
    except (ValueError, ZeroDivisionError):
        return 1.0


def _fill(
    rows: list[Row],
    people: list[Row],
    marks: Sequence[Mark],
    columns: Sequence[str],
    put: Callable[[Row, Mark], None],
) -> Filled:
    """Put each mark into the row of its student; say who could not be placed."""
    head = rows[0]
    by_id = _by_id(marks)
    done = Filled("")
    for row in people:
        cells = _cells(row, head, columns)
        mark = next((by_id[cell] for cell in cells if cell in by_id), None)
        if mark is None:
            done.unknown.append(" ".join(row[:2]).strip())
        elif mark.score is not None and not mark.held_back:
            put(row, mark)
            done.filled.append(mark.student)
    placed = set(done.filled)
    out = [mark for mark in marks if not mark.held_back]
    scored = (mark.student for mark in out if mark.score is not None)
    done.absent = [student for student in scored if student not in placed]
    done.text = written(rows)
    return done


def _by_id(marks: Sequence[Mark]) -> dict[str, Mark]:
    """Return the marks by all that names a student; what names two names nobody."""
    found: dict[str, Mark | None] = {}
    for mark in marks:
        for name in {_key(n) for n in (mark.student, mark.email, mark.lms_id)} - {""}:
            found[name] = None if name in found else mark
    return {name: mark for name, mark in found.items() if mark is not None}


def _cells(row: Row, head: Row, columns: Sequence[str]) -> list[str]:
    """Return what names the person of a row, the surest column first."""
    places = [head.index(name) for name in columns if name in head]
    return [_key(row[at]) for at in places if at < len(row) and _key(row[at])]


def _key(text: str) -> str:
    return text.strip().removeprefix("Participant ").casefold()


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file, all as long as its head.

    Raises ExportError if there are none, or if it is no text in UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ExportError(
            f"{path.name} is not in UTF-8: export it again as CSV"
        ) from None
    rows = list(csv.reader(io.StringIO(text)))
    if not rows or not rows[0]:
        raise ExportError(f"{path.name} is empty: expected a head and a row a student")
    width = len(rows[0])
    return [[*row, *[""] * (width - len(row))] for row in rows if row]
