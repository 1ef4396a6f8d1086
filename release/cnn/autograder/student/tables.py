"""How are two arrays shown side by side, with the entries that differ marked?

A mark is a star, a line below and a colour: one is enough to see it.
"""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from autograder.student.equality import agree
from autograder.student.probing import Output, Unusable
from autograder.student.questions import Array

MOST = 12
MARK = "*"
NOTE = f"({MARK} marks entries that differ)"
# The colour is thin enough for the text of a light theme and of a dark one.
BAD = "background:#c6282833;font-weight:bold;text-decoration:underline"
BESIDE = "display:flex;gap:2em;flex-wrap:wrap;align-items:flex-start"
CAPTION = "text-align:left;white-space:nowrap"
# On a narrow screen a wide table scrolls by itself; by keyboard, too.
SCROLLS = "style='overflow-x:auto;max-width:100%' tabindex='0'"

Rows = list[list[str]]
Side = tuple[str, Rows]  # a caption, and the entries below it


@dataclass(frozen=True)
class Pair:
    """What came and what was expected, under the name of the output."""

    name: str
    expected: Array
    got: Output
    rtol: float

    def as_text(self) -> str:
        """Return both arrays as plain text, beside each other."""
        left, right = self._sides()
        a, b = _lines(*left), _lines(*right)
        width = max(map(len, a))
        sides = zip_longest(a, b, fillvalue="")
        rows = [f"  {x:<{width}}   {y}".rstrip() for x, y in sides]
        note = [f"  {NOTE}"] if _marked(left) else []
        return "\n".join([f"{self.name}:", *rows, *note])

    def as_html(self) -> str:
        """Return both arrays as two tables, beside each other."""
        sides = left, _ = self._sides()
        note = f" {NOTE}" if _marked(left) else ""
        return (
            f"<div style='margin-top:.5em'><code>{html.escape(self.name)}</code>{note}"
            f"</div><div style='{BESIDE}'>{''.join(_table(*side) for side in sides)}"
            "</div>"
        )

    def _sides(self) -> tuple[Side, Side]:
        """Return each array's caption and entries; six digits, or as many as differ."""
        right, wanted = _caption("expected", self.expected), _grid(self.expected)
        if not isinstance(self.got, np.ndarray):
            what = "None" if self.got is None else type(self.got).__name__
            what = self.got.what if isinstance(self.got, Unusable) else what
            return (f"yours: {what}", []), (right, _texts(wanted, 6))
        came, marks = _grid(self.got), list(self._marks(self.got))
        for digits in (6, 9, 12, 17):
            yours, theirs = _texts(came, digits), _texts(wanted, digits)
            if not any(yours[i][j] == theirs[i][j] for i, j in marks):
                break
        for i, j in marks:
            yours[i][j] += MARK
        return (_caption("yours", self.got), yours), (right, theirs)

    def _marks(self, got: Array) -> Iterable[tuple[int, int]]:
        """Return where the grids differ; nowhere if the shapes do."""
        shapes = _grid(got).shape, _grid(self.expected).shape
        if (
            got.size != self.expected.size
            or got.dtype.kind == "c"
            or len({*shapes}) > 1
        ):
            return ()
        same = agree(self.expected, got.reshape(self.expected.shape), self.rtol)
        return zip(*_grid(~same).nonzero(), strict=True)


def _caption(whose: str, array: Array) -> str:
    """Return a table's caption, which says so if the table shows a part only."""
    cut = _grid(array).size < array.size
    part = f", the first {MOST} rows and columns" if cut else ""
    return f"{whose}, shape {array.shape}{part}"


def _grid(array: Array) -> Array:
    """Return the first rows and columns, as a matrix."""
    flat = np.atleast_2d(array)
    return flat.reshape(-1, flat.shape[-1] or 1)[:MOST, :MOST]


def _texts(grid: Array, digits: int) -> Rows:
    return [
        [str(v) if isinstance(v, bool) else f"{v:.{digits}g}" for v in row]
        for row in grid.tolist()
    ]


def _marked(side: Side) -> bool:
    return any(cell.endswith(MARK) for row in side[1] for cell in row)


def _lines(caption: str, rows: Rows) -> list[str]:
    width = max((len(cell) for row in rows for cell in row), default=0)
    return [caption, *(" ".join(f"{cell:>{width}}" for cell in row) for row in rows)]


def _table(caption: str, rows: Rows) -> str:
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        f"<div {SCROLLS}><table style='margin:0'><caption style='{CAPTION}'>"
        f"{html.escape(caption)}</caption><tbody>{body}</tbody></table></div>"
    )


def _cell(text: str) -> str:
    style = f" style='{BAD}'" if text.endswith(MARK) else ""
    return f"<td{style}>{text}</td>"
