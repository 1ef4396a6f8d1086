"""Does the notebook ask what questions.py says, and is there a rubric for people?"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring.faults import Fault, said
from autograder.judging.answer_key import Course

POINTS, WORDS = 100, 5
CALLED = re.compile(r"\b(check|bring)\(([^()]*)\)")
# A picture's words may hold brackets in pairs, as h_0[1] does.
PICTURE = re.compile(r"!\[((?:[^][]|\[[^]]*\])*)\]\(([^)]+)\)|<img ([^>]*)>")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(((?:[^()]|\([^()]*\))+)\)")
ATTRIBUTE = re.compile(r"""(\w+)=["']([^"']*)["']""")
WORDS_OF_A_PICTURE = 8
TEXT = re.compile(r"[\"'](\w+)[\"']")
ROWS = re.compile(r"^\| (\d+) \|", re.MULTILINE)
SAMPLES = re.compile(r"^\*\*(\d+) points?\.\*\*", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """A cell of the notebook: where it stands, its text, and nbgrader's marks."""

    where: str
    id: str
    code: bool
    source: str
    marks: dict[str, Any]

    @property
    def graded(self) -> bool:
        return bool(self.marks.get("grade"))

    @property
    def by_hand(self) -> bool:
        return self.graded and bool(self.marks.get("solution"))

    @property
    def name(self) -> str:
        return str(self.marks.get("grade_id") or "")

    @property
    def points(self) -> float:
        found = self.marks.get("points")
        return float(found) if isinstance(found, int | float) else 0.0


def notebook_faults(course: Course, path: Path) -> Iterator[Fault]:
    """Yield what is wrong with the notebook at `path`, and with written.md."""
    root = course.assignment.root
    place = str(path.relative_to(root) if path.is_relative_to(root) else path)
    if not path.exists():
        yield Fault(place, "there is no notebook")
        return
    try:
        cells = list(_cells(path, place))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield Fault(place, f"cannot be read as a notebook: {said(error)}")
        return
    for cell in cells:
        yield from _mark_faults(cell)
        yield from _text_faults(cell, path.parent, root)
        yield from _call_faults(course, cell)
    for what, names in (("id", [c.id for c in cells]), ("grade_id", _ids(cells))):
        for name, times in Counter(names).items():
            if times > 1:
                yield Fault(place, f"{times} cells have the {what} '{name}'")
    yield from _question_faults(course, cells, place)
    written = [cell for cell in cells if cell.by_hand and not cell.code]
    rubric = course.assignment.folder / "written.md"
    yield from _rubric_faults(written, rubric, f"tests/{course.assignment.name}")


def _cells(path: Path, place: str) -> Iterator[Cell]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if notebook["nbformat"] != 4:
        raise ValueError("expected nbformat 4")
    for number, cell in enumerate(notebook["cells"], 1):
        marks = dict(cell["metadata"].get("nbgrader", {}))
        where = f"{place}, cell {cell.get('id') or number}"
        code, source = cell["cell_type"] == "code", "".join(cell["source"]).strip()
        yield Cell(where, cell.get("id", ""), code, source, marks)


def _ids(cells: list[Cell]) -> list[str]:
    return [cell.name for cell in cells if cell.name]


def _mark_faults(cell: Cell) -> Iterator[Fault]:
    """Yield what is wrong with nbgrader's marks of one cell."""
    if not cell.id:
        yield Fault(cell.where, "has no id: give it one that says what it holds")
    if not cell.graded:
        return
    if not cell.name:
        mend = "set it in its metadata to the question's id"
        yield Fault(cell.where, f"is graded and has no grade_id: {mend}")
    elif cell.code and not cell.by_hand and cell.source != f'check("{cell.name}")':
        yield Fault(cell.where, f'expected check("{cell.name}"), got {cell.source}')
    if cell.marks.get("schema_version") != 3:
        yield Fault(cell.where, 'set "schema_version" to 3 beside its grade_id')
    if not isinstance(points := cell.marks.get("points"), int | float):
        yield Fault(cell.where, f"points must be a number, got {points!r}")
    if not cell.by_hand and not cell.marks.get("locked"):
        yield Fault(cell.where, 'is graded and not locked: set "locked" to true')
    if cell.by_hand and not cell.code and cell.points != WORDS:
        yield Fault(cell.where, f"a written question has {WORDS} points")


def _text_faults(cell: Cell, folder: Path, root: Path) -> Iterator[Fault]:
    """Yield code that is no Python, and pictures and files that are not there."""
    if cell.code:
        lines = [line for line in cell.source.splitlines() if line[:1] not in "%!"]
        try:
            ast.parse("\n".join(lines))
        except SyntaxError as error:
            yield Fault(cell.where, f"is no Python: {error.msg}: '{error.text}'")
        return
    for target in LINK.findall(re.sub(r"```.*?```", "", cell.source, flags=re.DOTALL)):
        if not re.match(r"#|\w+:", target) and not (
            (root / target).is_file() or (folder / target).is_file()
        ):
            yield Fault(cell.where, f"its link to {target} leads nowhere")
    for alt, path, tag in PICTURE.findall(cell.source):
        parts = dict(ATTRIBUTE.findall(tag))
        path = path or parts.get("src", "")
        if not (folder / path).is_file():
            mend = f"there is no {(folder / path).relative_to(root)}"
            yield Fault(cell.where, f"{mend}: draw it, or mend the name")
        if len((alt or parts.get("alt", "")).split()) < WORDS_OF_A_PICTURE:
            mend = f"in {WORDS_OF_A_PICTURE} words at least"
            yield Fault(cell.where, f"say in the alt text what {path} shows, {mend}")


def _call_faults(course: Course, cell: Cell) -> Iterator[Fault]:
    """Yield questions and modules that a code cell names, but that are not there."""
    known = [question.id for question in course.assignment.questions]
    for call, inside in CALLED.findall(cell.source) if cell.code else ():
        names = TEXT.findall(inside)
        if call == "bring" and len(names) == 2:
            earlier, module = names
            root = course.assignment.root
            if not (root / f"tests/{earlier}/questions.py").exists():
                yield Fault(cell.where, f"there is no assignment '{earlier}' to bring")
            elif not (root / f"mytorch/{module}.py").exists():
                yield Fault(cell.where, f"there is no mytorch/{module}.py to bring")
        for name in names if call != "bring" else ():
            if name not in known:
                yield Fault(cell.where, f"there is no question '{name}'")


def _question_faults(course: Course, cells: list[Cell], place: str) -> Iterator[Fault]:
    """Yield where the notebook and questions.py differ."""
    code = [cell for cell in cells if cell.graded and cell.code and not cell.by_hand]
    there, ids = _ids(code), [q.id for q in course.assignment.questions]
    for odd in sorted(set(there) ^ set(ids)):
        mend = f'add a code cell check("{odd}") that is graded and no solution'
        what = "is no question" if odd in there else f"has no graded cell: {mend}"
        yield Fault(place, f"'{odd}' {what}")
    if sorted(there) == sorted(ids) and there != ids:
        yield Fault(
            place, f"asks in the order {', '.join(there)}: so must questions.py"
        )
    points = sum(cell.points for cell in code)
    if points != POINTS:
        mend = f"the points of code questions add up to {points:g}, not {POINTS}"
        yield Fault(place, mend)
    texts = [line for c in cells if not c.code for line in c.source.splitlines()]
    headings = [line for line in texts if line.startswith("#")]
    for question in course.assignment.questions:
        read = question.read.strip() or None
        if not any(read and read in heading for heading in headings):
            mend = f"no heading says '{question.read}', which {question.id} is to read"
            yield Fault(place, mend)


def _rubric_faults(written: list[Cell], path: Path, folder: str) -> Iterator[Fault]:
    """Yield what written.md lacks, so that two people could mark differently."""
    place = f"{folder}/{path.name}"
    if not written or not path.exists():
        if written:
            mend = "it says how each answer is marked, see docs/authors.md"
            yield Fault(place, f"is missing: {mend}")
        elif path.exists():
            yield Fault(place, "no cell of the notebook is graded by hand")
        return
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        yield Fault(place, f"cannot be read: {error}")
        return
    for cell in written:
        if f"`{cell.name}`" not in text:
            yield Fault(place, f"does not name the written question `{cell.name}`")
    rows = sum(map(int, ROWS.findall(text)))
    if rows != (most := WORDS * len(written)):
        yield Fault(place, f"the rows '| points | ...' add up to {rows}, not {most}")
    samples = [int(points) for points in SAMPLES.findall(text)]
    threes = [samples[i : i + 3] for i in range(0, len(samples), 3)]
    fit = [len(set(each)) == 3 and each[0] == WORDS for each in threes]
    if len(threes) != len(written) or not all(fit):
        mend = "'**5 points.** \"...\"' first, then two of other points"
        yield Fault(place, f"needs three sample answers to a question: {mend}")
