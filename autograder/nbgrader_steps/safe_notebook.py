"""What is kept of a student's notebook? Text and pictures, around the master's cells.

Graded cells are the master's own, each once and in its place. What the student
wrote elsewhere stays as text; of outputs only text and images stay. Nothing that is
left can run in an instructor's browser.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

from autograder.judging.regular_files import Problem
from autograder.nbgrader_steps.inert import clean, inert, joined, preformatted
from autograder.nbgrader_steps.notebook_json import read_cells
from autograder.nbgrader_steps.safe_outputs import (
    MOST_TEXT,
    Allowance,
    safe_image,
    safe_outputs,
)

Cell = dict[str, Any]
Notebook = dict[str, Any]

MOST_MARKDOWN = 8 << 10  # of one cell; what is longer is shown as it was typed
MOST_PICTURES = 10  # of one answer
PASTED = re.compile(r"!\[[^\]\n]{0,200}\]\(attachment:([^()\s]{1,200})\)")

# In the metadata of a cell that is not the course's own.
HANDED_IN = "handed_in"


def read_master(path: Path) -> Notebook:
    """Return the notebook that was handed out, with nothing in its outputs."""
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = joined(cell["source"])
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def rebuild(data: bytes | Problem, master: Notebook) -> tuple[Notebook, str]:
    """Return a notebook to grade, and what was wrong with the student's, or "".

    `master` is the notebook as released, without outputs. If the student's cannot be
    read, the master itself is returned.
    """
    if isinstance(data, Problem):
        return master, data.text
    try:
        cells = read_cells(data)
    except ValueError as error:
        return master, f"the notebook cannot be read: {error}"
    return {**master, "cells": list(_cells(cells, master))}, ""


def _cells(cells: Sequence[Mapping[str, Any]], master: Notebook) -> Iterator[Cell]:
    """Yield the student's cells, with each of the master's graded cells exactly once.

    Cells that were deleted come back behind the one that they follow in the master.
    """
    graded = {_grade_id(cell): cell for cell in master["cells"] if _grade_id(cell)}
    known = {cell["source"]: cell for cell in master["cells"] if not _grade_id(cell)}
    names = _names(cells, master)
    missing = [name for name in graded if name not in names]
    order, budget = ["", *graded], Allowance()
    yield from _returning("", order, missing, graded)
    for i, (name, cell) in enumerate(zip(names, cells, strict=True)):
        if name in graded:
            yield _kept(graded.pop(name), cell, budget)
            yield from _returning(name, order, missing, graded)
        else:
            yield _plain(cell, f"handed-in-{i}", known, budget)


def _names(cells: Sequence[Mapping[str, Any]], master: Notebook) -> list[str]:
    """Return for each cell which graded cell of the master it is, or "".

    Tools drop metadata, or give new ids. So a graded cell is also known by its id,
    by its text, and a question's answer by the cell of the master before it.
    """
    graded = {_grade_id(cell) for cell in master["cells"]} - {""}
    names = [_grade_id(cell) for cell in cells]
    names = [name if name in graded else "" for name in names]
    sources = [joined(cell.get("source")).strip() for cell in cells]
    before = ""
    for cell in master["cells"]:
        name, own = _grade_id(cell), cell["source"].strip()
        if name and name not in names:
            kind = cell["cell_type"]
            rows = [i for i, c in enumerate(cells) if c.get("cell_type") == kind]
            free = [i for i in rows if not names[i]]
            at = [i for i in free if cells[i].get("id") == cell.get("id", "")]
            at += [i for i in free if own and sources[i] == own]
            if cell["metadata"]["nbgrader"].get("solution"):
                at += [i for i in free if i and before and sources[i - 1] == before]
            if at:
                names[at[0]] = name
        before = own
    return names


def _returning(
    name: str, order: list[str], missing: list[str], graded: dict[str, Cell]
) -> Iterator[Cell]:
    """Yield the cells that were deleted, from `name` to the next that is there."""
    behind = order[order.index(name) + 1 :]
    yield from map(graded.pop, takewhile(missing.__contains__, behind))


def _kept(master: Cell, cell: Mapping[str, Any], budget: Allowance) -> Cell:
    """Return the master's cell; where it asks for an answer, with the student's."""
    if not master["metadata"]["nbgrader"].get("solution"):
        return master
    if master["cell_type"] == "markdown":
        return {**master, **_answer(cell, budget)}
    text = budget.take_text(clean(joined(cell.get("source"))[:MOST_TEXT]))
    return {**master, "source": text}


def _grade_id(cell: Mapping[str, Any]) -> str:
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = mark.get("grade_id") if isinstance(mark, dict) else None
    return name if isinstance(name, str) else ""


def _answer(cell: Mapping[str, Any], budget: Allowance) -> dict[str, Any]:
    """Return source and attachments of a cell with a student's written answer.

    A picture that was pasted into it lies in its attachments. It is kept if it is a PNG
    or a JPEG, under a name of our own; every other image stays as it was typed.
    """
    text = budget.take_text(clean(joined(cell.get("source"))[:MOST_TEXT]))
    if _too_long(text, budget):
        return {"source": preformatted(inert(text))}
    attached = cell.get("attachments")
    given = attached if isinstance(attached, dict) else {}
    kept: dict[str, dict[str, str]] = {}
    # Every second part is the name of a picture.
    parts = PASTED.split(text)
    for at, part in enumerate(parts):
        picture = {}
        if at % 2 and len(kept) < MOST_PICTURES and isinstance(given.get(part), dict):
            picture = safe_image(given[part], budget)
        if picture:
            name = f"picture-{len(kept) + 1}"
            kept[name] = picture
            parts[at] = f"![A picture of the answer](attachment:{name})"
        elif at % 2:
            parts[at] = f"(a picture that cannot be shown: {inert(part)})"
        else:
            parts[at] = inert(part)
    source = "".join(parts)
    return {"source": source, "attachments": kept} if kept else {"source": source}


def _markdown(text: str, budget: Allowance) -> str:
    """Return a student's Markdown without what acts, or as it was typed if long."""
    return preformatted(inert(text)) if _too_long(text, budget) else inert(text)


def _too_long(text: str, budget: Allowance) -> bool:
    budget.markdown -= len(text)
    return len(text) > MOST_MARKDOWN or budget.markdown < 0


def _plain(
    cell: Mapping[str, Any], name: str, known: dict[str, Cell], budget: Allowance
) -> Cell:
    """Return an ungraded cell: the master's own words as they are, others as text."""
    source = joined(cell.get("source"))[:MOST_TEXT]
    if cell.get("cell_type") == "code":
        return {
            "cell_type": "code",
            "execution_count": None,
            "id": name,
            "metadata": {HANDED_IN: True},
            "outputs": list(safe_outputs(cell.get("outputs"), budget)),
            "source": budget.take_text(clean(source)),
        }
    if source in known and known[source]["cell_type"] == "markdown":
        # Once: a copy of it is the student's own.
        return {**known.pop(source), "id": name, "metadata": {}}
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {HANDED_IN: True},
        "source": _markdown(budget.take_text(clean(source)), budget),
    }
