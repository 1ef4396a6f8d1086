"""How is code tried that may never end? In a process of its own, question by question.

The process is as_graded.py, which is as near to grading as a laptop allows. It writes
a line of JSON for each thing that it begins and ends, so that a loop, an `exit()` or a
crash is told of the question, or of the module, in which it happened.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.student.assignment import Assignment
from autograder.student.display import in_notebook
from autograder.student.trying import reason, try_line
from autograder.student.workplace import open_workplace

# How long one question, or the loading of one module, may take; and all together.
SECONDS, SECONDS_IN_ALL = 10.0, 90.0
HERE = (
    "this Python cannot start another one, so your code ran in this one. Whether it "
    "uses what is not available during grading (files, packages) was not checked."
)


@dataclass(frozen=True)
class Answer:
    """What one question came to: why it does not pass, or "", and what to show."""

    question: str
    reason: str
    line: str = ""
    shown: str = ""


@dataclass
class Trial:
    """What was tried: an answer for each question, and what to know beside them."""

    answers: list[Answer] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def can_start_processes() -> bool:
    """Return whether this Python can start another one; a browser's cannot."""
    if sys.platform in ("emscripten", "wasi"):
        return False
    try:
        import subprocess  # noqa: F401
    except ImportError:
        return False
    return True


def tried(assignment: Assignment, questions: Sequence[str]) -> Trial:
    """Return what the visible cases come to, as near to grading as this Python can."""
    if can_start_processes():
        return try_apart(assignment.root, assignment.name, questions)
    return try_here(assignment, questions)


def try_here(assignment: Assignment, questions: Sequence[str]) -> Trial:
    """Return what the visible cases come to in this process, where there is no other.

    Nothing bounds it: an endless loop is ended by whoever started Python.
    """
    place, trial = open_workplace(assignment.root), Trial(notes=[HERE])
    for question in map(assignment.question, questions):
        why, line, shown = reason(question, place), "", io.StringIO()
        if not in_notebook():
            with redirect_stdout(shown):
                line = try_line(question, place)
        trial.answers.append(Answer(question.id, why, line, shown.getvalue()))
    return trial


def try_apart(root: Path, name: str, questions: Sequence[str]) -> Trial:
    """Return what the visible cases of these questions come to, each tried once."""
    trial, left = Trial(), list(questions)
    until = time.monotonic() + SECONDS_IN_ALL
    while left:
        stopped = _run(root, name, left, until, trial)
        done = {answer.question for answer in trial.answers}
        left = [question for question in left if question not in done]
        if stopped is None:
            break
        if not stopped.question:
            told = [replace(stopped, question=question) for question in left]
            trial.answers += told
            break
        trial.answers.append(stopped)
        left.remove(stopped.question)
    trial.notes = list(dict.fromkeys(trial.notes))
    order = list(questions)
    trial.answers.sort(key=lambda answer: order.index(answer.question))
    return trial


def _started(root: Path, name: str, left: Sequence[str]) -> Any:
    """Return the process that tries these questions, its output readable."""
    import subprocess

    return subprocess.Popen(
        [sys.executable, "-m", "autograder.student.as_graded", name, *left],
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(root)},
    )


def _run(
    root: Path, name: str, left: Sequence[str], until: float, trial: Trial
) -> Answer | None:
    """Take down what one process says; return where it stopped, None at its end.

    An answer without a question stands for a module that did not load.
    """
    process = _started(root, name, left)
    at = {"loading": "", "question": ""}
    try:
        for row in _rows(process, until):
            trial.notes += [row["note"]] if "note" in row else []
            at.update({key: row[key] for key in at if key in row})
            if "reason" in row:
                trial.answers.append(Answer(**row))
            if "end" in row:
                return None
        return _stopped(at, process.wait())
    except TimeoutError:
        return _stopped(at, None)
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def _rows(process: Any, until: float) -> Iterator[dict[str, Any]]:
    """Yield the lines of a process as they come; TimeoutError if the next is late."""
    import queue
    import threading

    lines: queue.Queue[bytes] = queue.Queue()

    def read() -> None:
        for line in iter(process.stdout.readline, b""):
            lines.put(line)
        lines.put(b"")

    threading.Thread(target=read, daemon=True).start()
    while True:
        left = min(SECONDS, until - time.monotonic())
        try:
            line = lines.get(timeout=max(left, 0.01))
        except queue.Empty:
            raise TimeoutError from None
        if not line:
            return
        try:
            yield dict(json.loads(line))
        except ValueError:
            continue  # something else wrote there


def _stopped(at: dict[str, str], code: int | None) -> Answer:
    """Return what to say of a process that stopped before its end; None: a limit."""
    what = (
        f"took more than {SECONDS:g} s: is there an endless loop?"
        if code is None
        else f"ended Python (exit code {code}): is there an exit() in the code?"
        if code >= 0
        else f"crashed Python (signal {-code}): is there an endless recursion?"
    )
    if at["question"]:
        return Answer(at["question"], what, f"{at['question']}: {what}")
    where = f"mytorch/{at['loading']}.py" if at["loading"] else "The fresh check"
    return Answer("", f"{where} {what}", f"{where} {what}")
