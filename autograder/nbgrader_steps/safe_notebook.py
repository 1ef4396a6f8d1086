"""A student's notebook, made safe: rebuilt cell by cell around the master's.

Graded cells are the master's own, each once and in its place. What the student
wrote elsewhere stays as text; of outputs only text and images stay. Nothing that is
left can run in an instructor's browser.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.judging.handed_in import Problem

Cell = dict[str, Any]
Notebook = dict[str, Any]

MOST_CELLS = 2_000
MOST_TEXT = 64 << 10  # of one cell's source, and of one cell's outputs
MOST_TEXTS = 4 << 20
MOST_IMAGE = 2 << 20
MOST_IMAGES = 8 << 20
MOST_PIXELS = 25_000_000
# Control characters but tab and newline, what turns the direction of text around,
# and halves of characters that cannot be written to a file.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
ANSI = re.compile("\x1b\\[[0-9;]*m")
# Where HTML, an image, a link or its address begins in Markdown, and what gives TeX
# links, styles or new commands. A mark of no width behind it makes it text.
ACTIVE = re.compile(
    r"(<|!(?=\[)|\](?=[(\[:])"
    r"|\\(?=href|url|require|[egx]?def|let|newcommand|renewcommand|newenvironment"
    r"|renewenvironment|class|cssId|style|html|data|mmlToken|unicode|bbox|toggle|tip"
    r"|texttip|mathtip|includegraphics|csname|catcode)"
    r"|(?:script|data|file)(?=\s*:))",
    re.IGNORECASE,
)
NO_WIDTH = "\u2060"
# The start of a frame in a JPEG, up to its height and width.
JPEG_FRAME = re.compile(
    b"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]...(..)(..)", re.DOTALL
)


def read_master(path: Path) -> Notebook:
    """Return the notebook that was handed out, with nothing in its outputs."""
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = _text(cell["source"])
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return notebook


def clean(text: str) -> str:
    """Return `text` without characters that a terminal or browser would act on."""
    return UNSAFE.sub("\ufffd", ANSI.sub("", text))


def rebuild(data: bytes | Problem, master: Notebook) -> tuple[Notebook, str]:
    """Return a notebook to grade, and what was wrong with the student's, or "".

    `master` is the notebook as released, without outputs. If the student's cannot be
    read, the master itself is returned.
    """
    if isinstance(data, Problem):
        return master, data.text
    try:
        cells = _parse(data)
    except ValueError as error:
        return master, f"the notebook cannot be read: {error}"
    return {**master, "cells": list(_cells(cells, master))}, ""


def _parse(data: bytes) -> list[Mapping[str, Any]]:
    """Return the cells of a notebook file; ValueError says what is wrong with it."""
    if not data.strip():
        raise ValueError("the file is empty")
    try:
        notebook = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("it is not encoded in UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("it is not valid JSON") from None
    if not isinstance(notebook, dict) or notebook.get("nbformat") != 4:
        raise ValueError("it is not a notebook of format 4")
    cells = notebook.get("cells")
    if not isinstance(cells, list) or len(cells) > MOST_CELLS:
        raise ValueError(f"it has no list of at most {MOST_CELLS} cells")
    return [cell for cell in cells if isinstance(cell, dict)]


def _cells(cells: list[Mapping[str, Any]], master: Notebook) -> Iterator[Cell]:
    """Yield the student's cells, with each of the master's graded cells exactly once.

    Cells that were deleted come back behind the one that they follow in the master.
    """
    graded = {_grade_id(cell): cell for cell in master["cells"] if _grade_id(cell)}
    known = {cell["source"]: cell for cell in master["cells"] if not _grade_id(cell)}
    missing = [name for name in graded if name not in map(_grade_id, cells)]
    follows = dict(zip(["", *graded], [*graded, ""], strict=True))
    images, texts = MOST_IMAGES, MOST_TEXTS
    yield from _returning("", follows, missing, graded)
    for i, cell in enumerate(cells):
        name = _grade_id(cell)
        if name in graded:
            yield _kept(graded.pop(name), cell)
            yield from _returning(name, follows, missing, graded)
            continue
        plain = _plain(cell, f"handed-in-{i}", known)
        images -= sum(_image_size(output) for output in plain.get("outputs", []))
        texts -= len(plain["source"])
        if images < 0:
            plain["outputs"] = []
        if texts < 0:
            plain["source"] = ""
        yield plain


def _returning(
    name: str,
    follows: Mapping[str, str],
    missing: list[str],
    graded: dict[str, Cell],
) -> Iterator[Cell]:
    while follows[name] in missing:
        name = follows[name]
        yield graded.pop(name)


def _kept(master: Cell, cell: Mapping[str, Any]) -> Cell:
    """Return the master's cell; where it asks for an answer, with the student's."""
    if not master["metadata"]["nbgrader"].get("solution"):
        return master
    text = clean(_text(cell.get("source"))[:MOST_TEXT])
    markdown = master["cell_type"] == "markdown"
    return {**master, "source": _inert(text) if markdown else text}


def _grade_id(cell: Mapping[str, Any]) -> str:
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = mark.get("grade_id") if isinstance(mark, dict) else None
    return name if isinstance(name, str) else ""


def _plain(cell: Mapping[str, Any], name: str, known: Mapping[str, Cell]) -> Cell:
    """Return an ungraded cell: the master's own words as they are, others as text."""
    source = _text(cell.get("source"))[:MOST_TEXT]
    if cell.get("cell_type") == "code":
        outputs = cell.get("outputs")
        rows = outputs if isinstance(outputs, list) else []
        return {
            "cell_type": "code",
            "execution_count": None,
            "id": name,
            "metadata": {},
            "outputs": list(_outputs(rows)),
            "source": clean(source),
        }
    if source in known and known[source]["cell_type"] == "markdown":
        return {**known[source], "id": name, "metadata": {}}
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {},
        "source": _inert(clean(source)),
    }


def _inert(markdown: str) -> str:
    """Return Markdown in which no HTML, link, image or active formula is left."""
    return ACTIVE.sub(rf"\1{NO_WIDTH}", markdown)


def _text(value: object) -> str:
    """Return a notebook's text, which may be a string or a list of strings."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""


def _outputs(rows: list[Any]) -> Iterator[Cell]:
    """Yield the text and the images of outputs, and nothing else of them."""
    left = MOST_TEXT
    for row in rows:
        if not isinstance(row, dict):
            continue
        data = row.get("data")
        rich = data if isinstance(data, dict) else {}
        text = _text(row.get("text")) or _text(rich.get("text/plain")) or _error(row)
        text = clean(text[:left])
        left -= len(text)
        image = _image(rich)
        if image:
            yield {
                "output_type": "display_data",
                "metadata": {},
                "data": {**image, "text/plain": text},
            }
        elif text:
            yield {"output_type": "stream", "name": "stdout", "text": text}


def _error(row: Mapping[str, Any]) -> str:
    if row.get("output_type") != "error":
        return ""
    return f"{_text(row.get('ename'))}: {_text(row.get('evalue'))}\n"


def _image(data: Mapping[str, Any]) -> dict[str, str]:
    """Return a PNG or JPEG that is one by its first bytes, or nothing."""
    for kind, magic in (("image/png", b"\x89PNG\r\n"), ("image/jpeg", b"\xff\xd8\xff")):
        encoded = _text(data.get(kind))
        if not encoded or len(encoded) > MOST_IMAGE:
            continue
        try:
            image = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        if image.startswith(magic) and _pixels(image) <= MOST_PIXELS:
            return {kind: base64.b64encode(image).decode()}
    return {}


def _pixels(image: bytes) -> int:
    """Return how many pixels a browser would make of a PNG or JPEG."""
    sides = [(image[20:24], image[16:20])]
    if image.startswith(b"\xff"):
        sides = JPEG_FRAME.findall(image)
    areas = [int.from_bytes(h) * int.from_bytes(w) for h, w in sides]
    return max(areas, default=0)


def _image_size(output: Cell) -> int:
    return sum(len(part) for part in output.get("data", {}).values())
