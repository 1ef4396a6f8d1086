"""How is the result of a check shown, in a notebook and in a terminal?"""

from __future__ import annotations

import html
import sys
import traceback
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import numpy as np

from autograder.student.marking import Trial
from autograder.student.probing import CaseResult
from autograder.student.questions import Question
from autograder.student.tables import Pair

MOST_PAIRS = 3
MOST_LINES = 20
# Middle tones, which can be seen on white and on black.
GREEN, RED, BLUE = "#2e7d32", "#c62828", "#1565c0"


def in_notebook() -> bool:
    """Return whether what is displayed appears under a notebook's cell."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")


def show(text: str, page: str) -> None:
    """Show `page` (HTML) in a notebook, `text` elsewhere."""
    if in_notebook():
        from IPython.display import display

        display({"text/plain": text, "text/html": page}, raw=True)  # type: ignore[no-untyped-call]
    elif text:
        print(text)


def show_pass(question: Question) -> None:
    """Say that a question passes."""
    text = f"{question.id}: passed"
    show(text, _box(GREEN, f"<b>✓ {html.escape(text)}</b>"))


def show_failure(
    question: Question, trial: Trial, result: CaseResult, error: BaseException | None
) -> None:
    """Show what came beside what was expected, for the outputs that differ.

    The reason is not shown here: the exception that follows says it.
    """
    pairs = list(_pairs(trial, result))[:MOST_PAIRS]
    if not pairs and error is None:
        return
    pages = [pair.as_html() for pair in pairs]
    if error is not None:
        steps = html.escape(_steps(error))
        title = "<summary>the whole traceback</summary>"
        pages.append(f"<details>{title}<pre>{steps}</pre></details>")
    head = f"<b>✗ {html.escape(question.id)}: not passed yet</b>"
    text = "\n".join(pair.as_text() for pair in pairs)
    show(text, _box(RED, head + "".join(pages)))


def _pairs(trial: Trial, result: CaseResult) -> Iterator[Pair]:
    """Yield the arrays that differ; nothing where several answers are right."""
    if trial.case.judge is not None:
        return
    got = dict(result.outputs)
    for name, value in trial.expected.items():
        array = isinstance(value, np.ndarray) and name in got
        if array and not trial.is_right(name, got):
            yield Pair(name, value, got[name], trial.case.rtol)


def _steps(error: BaseException) -> str:
    """Return the traceback from the first line of the student's library on."""
    steps = error.__traceback__
    while steps and Path(steps.tb_frame.f_code.co_filename).parent.name != "mytorch":
        steps = steps.tb_next
    own = steps or error.__traceback__
    return "".join(traceback.format_exception(type(error), error, own))


def show_printed(printed: str) -> None:
    """Show what a student's code printed while it was tried."""
    lines = printed.splitlines()
    if not lines:
        return
    print("Your code printed (a print left in costs no points):")
    for line in lines[:MOST_LINES]:
        print(f"  {line[:200]}")
    if len(lines) > MOST_LINES:
        print(f"  and {len(lines) - MOST_LINES} more lines")


def overview(
    rows: Sequence[tuple[str, str]], unwritten: Collection[str] = ()
) -> tuple[str, str]:
    """Return, as text and as HTML, the questions with what is left to do in each.

    `unwritten` names the questions that are not begun.
    """
    done = sum(not reason for _, reason in rows)
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}}  {reason or 'passed'}" for name, reason in rows]
    head = f"{done} of {len(rows)} questions pass their visible cases"
    table = "".join(_progress(*row, row[0] in unwritten) for row in rows)
    page = _box(BLUE, f"<b>{head}</b><table>{table}</table>")
    return "\n".join([head, *lines]), page


def _progress(name: str, reason: str, unwritten: bool) -> str:
    style = "text-align:left;vertical-align:top"
    cell, first = f"<td style='{style}'>", f"<td style='{style};white-space:nowrap'>"
    sign = "·" if unwritten else "✗" if reason else "✓"
    return (
        f"<tr>{first}{sign} <code>{html.escape(name)}</code></td>"
        f"{cell}{html.escape(reason or 'passed')}</td></tr>"
    )


def _box(colour: str, inside: str) -> str:
    style = f"border-left:4px solid {colour};padding:.3em .8em"
    return f"<div style='{style}'>{inside}</div>"
