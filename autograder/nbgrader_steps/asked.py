"""Which title, link and code does a page show beside a graded cell?

Titles and places come from the notebook that was handed out: a heading that a student
writes names nothing. The code is text, cut out by its lines and never parsed, so that
it is there as well where the file cannot be loaded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from autograder.nbgrader_steps.inert import clean
from autograder.nbgrader_steps.safe_notebook import HANDED_IN, Cell, Notebook
from autograder.student.questions import Question

# In the metadata of a graded cell: what this file found.
ASKED = "asked"
HEADING = re.compile(r"^#{1,3} +(.+?)[ #]*$", re.MULTILINE)
MOST_LINES = 120
LEFT_OUT = "# (more lines are left out)"


def with_asked(
    notebook: Notebook,
    master: Notebook,
    questions: Iterable[Question],
    sources: Mapping[str, bytes],
) -> Notebook:
    """Return `notebook` with title, place and code in each graded cell's metadata.

    The title is the last heading before the cell in `master`; the place is the id of
    that heading's cell in `notebook`, or "" if the student deleted it.
    """
    targets = {question.id: question.target for question in questions}
    titles = _titles(master, targets)
    places = {
        cell["source"]: cell["id"]
        for cell in reversed(notebook["cells"])
        if not cell["metadata"].get(HANDED_IN)
    }
    cells = []
    for cell in notebook["cells"]:
        name = _graded(cell)
        if name:
            title, source = titles.get(name, (name, ""))
            module, *path = targets.get(name, "").split(".")
            asked = {"title": title, "place": places.get(source, "")}
            if module in sources:
                asked["code"] = code_of(sources[module], path)
            cell = {**cell, "metadata": {**cell["metadata"], ASKED: asked}}
        cells.append(cell)
    return {**notebook, "cells": cells}


def _graded(cell: Mapping[str, Any]) -> str:
    mark = cell["metadata"].get("nbgrader", {})
    return str(mark["grade_id"]) if mark.get("grade") else ""


def _titles(master: Notebook, targets: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return each graded cell's title, and the source that its heading stands in.

    Those that several share name the function that is asked.
    """
    titles, last = {}, ("", "")
    for cell in master["cells"]:
        name = _graded(cell)
        if name:
            titles[name] = last
        elif cell["cell_type"] == "markdown":
            for heading in HEADING.findall(cell["source"]):
                last = heading.replace("`", ""), cell["source"]
    often = Counter(titles.values())
    for name, (title, source) in titles.items():
        if often[title, source] > 1 and name in targets:
            function = targets[name].partition(".")[2]
            titles[name] = f"{title.partition(':')[0]}: {function}", source
    return titles


def code_of(source: bytes, path: Iterable[str]) -> str:
    """Return the lines of the class or function that `path` leads to, or "".

    >>> code_of(b"class A:\\n    def f(self):\\n        return 1\\n", ["A", "f"])
    'def f(self):\\n    return 1'
    """
    lines = clean(source.decode("utf-8", "replace")).expandtabs(4).splitlines()
    for name in path:
        # The last one counts, as in Python.
        blocks = list(_blocks(lines, name))
        if not blocks:
            return ""
        lines = blocks[-1]
    indent = len(lines[0]) - len(lines[0].lstrip()) if lines else 0
    margin = " " * indent
    cut = [line.removeprefix(margin).rstrip() for line in lines[:MOST_LINES]]
    return "\n".join(cut + [LEFT_OUT] * (len(lines) > MOST_LINES)).rstrip()


def _blocks(lines: list[str], name: str) -> Iterator[list[str]]:
    """Yield the lines of each definition of `name`, down to where it ends."""
    start = re.compile(rf"( *)(?:async +)?(?:class|def) +{re.escape(name)}\b")
    for number, line in enumerate(lines):
        match = start.match(line)
        if match is None:
            continue
        end = number + 1
        while end < len(lines) and _belongs(lines[end], len(match[1])):
            end += 1
        yield lines[number:end]


def _belongs(line: str, indent: int) -> bool:
    """Return whether a line is inside a block whose first line has this indent."""
    bare = line.lstrip()
    return not bare or bare[0] in "#)" or len(line) - len(bare) > indent


def without_code(cells: Iterable[Cell]) -> None:
    """Take the code out of the cells: students have it, and need no copy."""
    for cell in cells:
        cell["metadata"].get(ASKED, {}).pop("code", None)
