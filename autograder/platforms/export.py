"""How do marks get out? As a table of our own, or filled into a platform's own file.

Canvas and Moodle take back the file that they gave out, with one column filled in.
So that file is read, and nothing in it is changed but the marks.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.nbgrader_steps.export import harmless
from autograder.nbgrader_steps.marks import Mark
from autograder.platforms.csv_file import MARKED, CsvFile, Row, read_csv, written
from autograder.platforms.roster import NOBODY

# The columns of Canvas' gradebook and of Moodle's grading worksheet that name a person,
# and of the worksheet what a mark needs. Moodle's versions differ in capitals.
CANVAS_IDS = ("sis login id", "sis user id", "id")
MOODLE_IDS = ("email address", "id number", "username", "identifier")
GRADE, MAXIMUM, FEEDBACK = "grade", "maximum grade", "feedback comments"
POSSIBLE, EXCUSED = "points possible", "EX"


@dataclass
class Filled:
    """A platform's file with the marks in it, and who could not be placed."""

    text: str
    encoding: str = MARKED
    filled: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)  # in the file, and left so
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


def fill_canvas(exported: Path, column: str, marks: Sequence[Mark]) -> Filled:
    """Return Canvas' exported gradebook with the scores in one column.

    `column` is the assignment's, or the beginning of it: "mlp (1234)" or "mlp". The
    scores are out of the "Points Possible" that the file has for it.
    """
    file = _read(exported)
    head = file.rows[0]
    wanted = [name for name in head if name == column or name.startswith(f"{column} (")]
    if len(wanted) != 1:
        raise RuntimeError(
            f"{exported.name} has {len(wanted)} columns for '{column}'; expected one, "
            "as Canvas exports it: name it with --column"
        )
    place = head.index(wanted[0])
    named = [(row, row[0].strip().lower()) for row in file.rows[1:]]
    possible = "".join(row[place] for row, name in named if name.startswith(POSSIBLE))
    # Rows that are no person, such as "Points Possible", are kept as they are.
    people = [row for row, name in named if not name.startswith(NOBODY)]
    people = [row for row in people if _cells(row, file, CANVAS_IDS)]

    def put(row: Row, mark: Mark) -> bool:
        if row[place].strip().upper() == EXCUSED:
            return False
        row[place] = f"{_scaled(mark, possible):g}"
        return True

    return _fill(file, people, marks, CANVAS_IDS, put)


def fill_moodle(worksheet: Path, marks: Sequence[Mark]) -> Filled:
    """Return Moodle's grading worksheet with grades, and feedback as HTML."""
    file = _read(worksheet)
    places = {name: at for at, name in enumerate(file.heads)}
    if GRADE not in places:
        raise RuntimeError(
            f"{worksheet.name} has no column 'Grade': expected the grading worksheet "
            "that Moodle hands out for the assignment, in English"
        )

    def put(row: Row, mark: Mark) -> bool:
        most = row[places[MAXIMUM]] if MAXIMUM in places else ""
        row[places[GRADE]] = f"{_scaled(mark, most):.2f}"
        if FEEDBACK in places:
            text = html.escape("\n".join(_feedback(mark)), quote=False)
            row[places[FEEDBACK]] = harmless(text.replace("\n", "<br>"))
        return True

    return _fill(file, file.rows[1:], marks, MOODLE_IDS, put)


def _feedback(mark: Mark) -> list[str]:
    """Return what the student's page tells, in lines: reasons, and comments by hand."""
    told = mark.told
    names = dict.fromkeys([*told, *mark.comments])
    rows = {name: [*told.get(name, []), mark.comments.get(name, "")] for name in names}
    lines = [f"{name}: {line}" for name, row in rows.items() for line in row if line]
    if mark.penalty:
        lines.append(f"Being late takes off {mark.penalty:g} of {mark.max_score:g}.")
    if mark.needs_grading:
        lines.append("A written answer is not marked yet.")
    return lines or ["Full marks."]


def _scaled(mark: Mark, maximum: str) -> float:
    """Return the score out of a platform's own maximum, where it says one."""
    assert mark.score is not None
    try:
        most = float(maximum.replace(",", "."))
        return round(mark.score * most / mark.max_score, 2)
    except (ValueError, ZeroDivisionError):
        return mark.score


def _fill(
    file: CsvFile,
    people: list[Row],
    marks: Sequence[Mark],
    columns: Sequence[str],
    put: Callable[[Row, Mark], bool],
) -> Filled:
    """Put each mark into the row of its student; say who could not be placed.

    `put` returns whether a row takes a mark.
    """
    by_id = _by_id(marks)
    done = Filled("", file.encoding)
    for row in people:
        cells = _cells(row, file, columns)
        mark = next((by_id[cell] for cell in cells if cell in by_id), None)
        if mark is None:
            done.unknown.append(" ".join(row[:2]).strip())
        elif mark.score is not None and not mark.held_back:
            (done.filled if put(row, mark) else done.excused).append(mark.student)
    out = (m.student for m in marks if m.score is not None and not m.held_back)
    there = {*done.filled, *done.excused}
    done.absent = [student for student in out if student not in there]
    done.text = written(file.rows, file.mark, file.ends)
    return done


def _by_id(marks: Sequence[Mark]) -> dict[str, Mark]:
    """Return the marks by all that names a student; what names two names nobody."""
    found: dict[str, Mark | None] = {}
    for mark in marks:
        for name in {_key(n) for n in (mark.student, mark.email, mark.lms_id)} - {""}:
            found[name] = None if name in found else mark
    return {name: mark for name, mark in found.items() if mark is not None}


def _cells(row: Row, file: CsvFile, columns: Sequence[str]) -> list[str]:
    """Return what names the person of a row, the surest column first."""
    places = [file.heads.index(name) for name in columns if name in file.heads]
    return [key for at in places if (key := _key(row[at]))]


def _key(text: str) -> str:
    return text.strip().removeprefix("Participant ").casefold()


def _read(path: Path) -> CsvFile:
    """Return a platform's file, all rows as long as its head."""
    file = read_csv(path)
    if not file.rows:
        raise RuntimeError(f"{path.name} is empty: expected a head and a row a student")
    width = len(file.rows[0])
    for row in file.rows:
        row += [""] * (width - len(row))
    return file
