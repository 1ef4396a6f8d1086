"""How are two arrays shown side by side, with the entries that differ marked?

A mark is a star, a line below and a colour: one is enough to see it.
"""

from __future__ import annotations

import html
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Pair:
    """What came and what was expected, under the name of the output."""

    name: str
    expected: Array
    got: Output
    rtol: float

    def as_text(self) -> str:
        """Return both arrays as plain text, beside each other."""
        left, right = self._grids()
        a = _lines(left, self._yours())
        b = _lines(right, _caption("expected", self.expected))
        height, width = max(len(a), len(b)), max(map(len, a))
        a += [""] * (height - len(a))
        b += [""] * (height - len(b))
        rows = [f"  {x:<{width}}   {y}" for x, y in zip(a, b, strict=True)]
        note = [f"  {NOTE}"] if _marked(left) else []
        return "\n".join([f"{self.name}:", *(row.rstrip() for row in rows), *note])

    def as_html(self) -> str:
        """Return both arrays as two tables, beside each other."""
        left, right = self._grids()
        note = f" {NOTE}" if _marked(left) else ""
        return (
            f"<div style='margin-top:.5em'><code>{html.escape(self.name)}</code>{note}"
            f"</div><div style='{BESIDE}'>"
            + _table(left, self._yours())
            + _table(right, _caption("expected", self.expected))
            + "</div>"
        )

    def _yours(self) -> str:
        if isinstance(self.got, Unusable):
            return f"yours: {self.got.what}"
        return _caption("yours", self.got)

    def _grids(self) -> tuple[Rows, Rows]:
        """Return the entries as text; six digits, or as many as tell them apart."""
        wanted = _grid(self.expected)
        if isinstance(self.got, Unusable):
            return [], _texts(wanted, 6)
        came, marks = _grid(self.got), self._marks()
        for digits in (6, 9, 12, 17):
            left, right = _texts(came, digits), _texts(wanted, digits)
            if not any(
                left[i][j] == right[i][j] for i, j in zip(*marks.nonzero(), strict=True)
            ):
                break
        for i, j in zip(*marks.nonzero(), strict=True):
            left[i][j] += MARK
        return left, right

    def _marks(self) -> Array:
        """Return where the grids differ; nowhere if the shapes do."""
        assert not isinstance(self.got, Unusable)
        if self.got.size != self.expected.size or self.got.dtype.kind == "c":
            return np.zeros((0, 0), dtype=bool)
        if _grid(self.got).shape != _grid(self.expected).shape:
            return np.zeros((0, 0), dtype=bool)
        got = self.got.reshape(self.expected.shape)
        return _grid(~agree(self.expected, got, self.rtol))


def _caption(whose: str, array: Array) -> str:
    """Return a table's caption, which says so if the table shows a part only."""
    cut = _grid(array).size < array.size
    part = f", the first {MOST} rows and columns" if cut else ""
    return f"{whose}, shape {array.shape}{part}"


def _grid(array: Array) -> Array:
    """Return the first rows and columns, as a matrix."""
    flat = np.atleast_2d(array)
    return flat.reshape(-1, flat.shape[-1])[:MOST, :MOST]


def _texts(grid: Array, digits: int) -> Rows:
    return [[_number(value, digits) for value in row] for row in grid.tolist()]


def _number(value: complex, digits: int) -> str:
    return str(value) if isinstance(value, bool) else f"{value:.{digits}g}"


def _marked(rows: Rows) -> bool:
    return any(cell.endswith(MARK) for row in rows for cell in row)


def _lines(rows: Rows, head: str) -> list[str]:
    width = max((len(cell) for row in rows for cell in row), default=0)
    return [head, *(" ".join(f"{cell:>{width}}" for cell in row) for row in rows)]


def _table(rows: Rows, caption: str) -> str:
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return (
        f"<div {SCROLLS}><table style='margin:0'><caption style='{CAPTION}'>"
        f"{html.escape(caption)}</caption><tbody>{body}</tbody></table></div>"
    )


def _cell(text: str) -> str:
    style = f" style='{BAD}'" if text.endswith(MARK) else ""
    return f"<td{style}>{text}</td>"
