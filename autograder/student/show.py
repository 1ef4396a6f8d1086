"""How a check looks: in a notebook, in a terminal, with and without colour."""

from __future__ import annotations

import html
import sys
import traceback
from collections.abc import Mapping, Sequence

import numpy as np

from autograder.student.outputs import Output, Unusable
from autograder.student.questions import Array, Question
from autograder.student.verdict import ATOL, RTOL

MOST_ROWS = 12
MARK = "*"


def in_notebook() -> bool:
    """Return whether what is displayed appears under a notebook's cell."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")


def show(text: str, page: str) -> None:
    """Show `page` (HTML) in a notebook, `text` elsewhere."""
    if not in_notebook():
        print(text)
        return
    from IPython.display import display

    display({"text/plain": text, "text/html": page}, raw=True)  # type: ignore[no-untyped-call]


def show_pass(question: Question, cases: int) -> None:
    """Say that a question passes."""
    text = f"{question.id}: passed"
    more = "" if cases == 1 else f" ({cases} cases)"
    show(f"{text}{more}", _box("2e7d32", f"<b>✓ {html.escape(text)}</b>{more}"))


def show_failure(
    question: Question,
    reason: str,
    expected: Mapping[str, Array],
    got: Mapping[str, Output],
    error: Exception | None,
) -> None:
    """Show what came beside what was expected, for the outputs that differ."""
    if reason == "not yet written":
        return
    wrong = [n for n in expected if n in got and differs(expected[n], got[n])][:2]
    texts = [side_by_side(name, expected[name], got[name]) for name in wrong]
    pages = [_table(name, expected[name], got[name]) for name in wrong]
    if error is not None:
        steps = "".join(traceback.format_exception(error))
        pages.append(
            "<details><summary>the whole traceback</summary>"
            f"<pre>{html.escape(steps)}</pre></details>"
        )
    head = f"✗ {question.id}: {reason}"
    if texts or error:
        page = _box("c62828", f"<b>{html.escape(head)}</b>{''.join(pages)}")
        show("\n".join(texts) if texts else head, page)


def show_all(rows: Sequence[tuple[str, str]]) -> None:
    """Show the questions with what is left to do in each."""
    done = sum(not reason for _, reason in rows)
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}  {reason or 'passed'}" for name, reason in rows]
    cells = "".join(
        f"<tr><td style='text-align:left'>{'✗' if reason else '✓'} "
        f"<code>{html.escape(name)}</code></td><td style='text-align:left'>"
        f"{html.escape(reason or 'passed')}</td></tr>"
        for name, reason in rows
    )
    head = f"{done} of {len(rows)} questions pass their visible cases"
    show(
        "\n".join([head, *lines]),
        _box("1565c0", f"<b>{head}</b><table>{cells}</table>"),
    )


def differs(expected: Array, got: Output) -> bool:
    """Return whether any entry, the shape or the type is not as expected."""
    if isinstance(got, Unusable) or got.shape != expected.shape:
        return True
    return bool(different(expected, got).any()) or got.dtype.kind not in "fiu"


def different(expected: Array, got: Array) -> Array:
    """Return which entries differ, by the tolerance of the verdict. Equal shapes."""
    largest = float(np.abs(expected).max()) if expected.size else 0.0
    same = np.isclose(got, expected, rtol=RTOL, atol=ATOL * largest)
    return np.asarray(~same)


def side_by_side(name: str, expected: Array, got: Output) -> str:
    """Return the two arrays as plain text, entries that differ marked with a star."""
    if isinstance(got, Unusable):
        head = f"{name}: yours is {got.what}"
        return f"{head}\nexpected, shape {expected.shape}:\n{expected}"
    yours, theirs = _cells(got, expected), _cells(expected, None)
    left = _lines(yours, f"yours, shape {got.shape}")
    right = _lines(theirs, f"expected, shape {expected.shape}")
    height = max(len(left), len(right))
    width = max(map(len, left))
    left += [""] * (height - len(left))
    right += [""] * (height - len(right))
    rows = [f"  {a:<{width}}   {b}" for a, b in zip(left, right, strict=True)]
    note = f"  ({MARK} marks entries that differ)" if _marked(yours) else ""
    return "\n".join([f"{name}:", *rows, *([note] if note else [])])


def _lines(rows: list[list[str]], head: str) -> list[str]:
    width = max((len(cell) for row in rows for cell in row), default=0)
    return [head, *(" ".join(f"{cell:>{width}}" for cell in row) for row in rows)]


def _marked(rows: list[list[str]]) -> bool:
    return any(cell.endswith(MARK) for row in rows for cell in row)


def _cells(array: Array, other: Array | None) -> list[list[str]]:
    """Return the entries as text, a row per row; those unlike `other`'s are marked."""
    flat = np.atleast_2d(array)
    grid = flat.reshape(-1, flat.shape[-1])[:MOST_ROWS, :MOST_ROWS]
    marks = np.zeros(grid.shape, bool)
    if other is not None and other.shape == array.shape:
        whole = np.atleast_2d(different(other, array))
        marks = whole.reshape(-1, flat.shape[-1])[:MOST_ROWS, :MOST_ROWS]
    return [
        [
            f"{value:.6g}{MARK if mark else ''}"
            for value, mark in zip(row, line, strict=True)
        ]
        for row, line in zip(grid, marks, strict=True)
    ]


def _table(name: str, expected: Array, got: Output) -> str:
    if isinstance(got, Unusable):
        yours = html.escape(got.what)
    else:
        yours = _grid(_cells(got, expected), f"yours, shape {got.shape}")
    theirs = _grid(_cells(expected, None), f"expected, shape {expected.shape}")
    return (
        f"<div style='margin-top:.5em'><code>{html.escape(name)}</code> "
        f"({MARK} marks entries that differ)</div>"
        f"<div style='display:flex;gap:2em;flex-wrap:wrap'>{yours}{theirs}</div>"
    )


def _grid(rows: list[list[str]], caption: str) -> str:
    bad = " style='background:#c6282833;font-weight:bold;text-decoration:underline'"
    body = "".join(
        "<tr>"
        + "".join(f"<td{bad if c.endswith(MARK) else ''}>{c}</td>" for c in row)
        + "</tr>"
        for row in rows
    )
    return (
        "<table style='margin:0'><caption style='text-align:left'>"
        f"{html.escape(caption)}</caption><tbody>{body}</tbody></table>"
    )


def _box(colour: str, inside: str) -> str:
    # Borders of a middle tone stand out on white and on black; text keeps the theme's.
    return (
        f"<div style='border-left:4px solid #{colour};padding:.3em .8em'>{inside}</div>"
    )
