"""How is code tried that may never end? In another process, one question at a time.

That process runs as_graded.py, which is as close to grading as a laptop allows. It
writes a line of JSON when it begins and ends something, so that a loop, an `exit()` or
a crash is reported for the question or module in which it happened.
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
    """The result of one question: why it does not pass, or "", and what to show."""

    question: str
    reason: str
    line: str = ""
    shown: str = ""


@dataclass
class TrialRun:
    """The results of all questions that were tried, and notes for the student."""

    answers: list[Answer] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def can_start_processes() -> bool:
    """Return whether this Python can start another one; in a browser it cannot."""
    if sys.platform in ("emscripten", "wasi"):
        return False
    try:
        import subprocess  # noqa: F401
    except ImportError:
        return False
    return True


def tried(assignment: Assignment, questions: Sequence[str]) -> TrialRun:
    """Return the results on the visible cases, as close to grading as possible."""
    if can_start_processes():
        return try_apart(assignment.root, assignment.name, questions)
    return try_here(assignment, questions)


def try_here(assignment: Assignment, questions: Sequence[str]) -> TrialRun:
    """Return the results on the visible cases, tried in this process.

    There is no time limit: the student must stop an endless loop.
    """
    place, trial = open_workplace(assignment.root), TrialRun(notes=[HERE])
    for question in map(assignment.question, questions):
        line, shown = "", io.StringIO()
        if in_notebook():
            why = reason(question, place)
        else:
            with redirect_stdout(shown):
                why, line = try_line(question, place)
        trial.answers.append(Answer(question.id, why, line, shown.getvalue()))
    return trial


def try_apart(root: Path, name: str, questions: Sequence[str]) -> TrialRun:
    """Return the results on the visible cases of these questions, each tried once."""
    trial, left = TrialRun(), list(questions)
    until = time.monotonic() + SECONDS_IN_ALL
    while left:
        stopped = _run(root, name, left, until, trial)
        done = {answer.question for answer in trial.answers}
        left = [question for question in left if question not in done]
        if stopped is None:
            break
        if not stopped.question:
            trial.answers += [replace(stopped, question=name) for name in left]
            break
        trial.answers.append(stopped)
        left.remove(stopped.question)
    trial.notes = list(dict.fromkeys(trial.notes))
    trial.answers.sort(key=lambda answer: questions.index(answer.question))
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
    root: Path, name: str, left: Sequence[str], until: float, trial: TrialRun
) -> Answer | None:
    """Record what one process writes; return where it stopped, None if it finished.

    An answer without a question means that a module did not load.
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
    seconds = SECONDS_IN_ALL  # before the first line, only Python itself has begun
    used = 0.0
    while True:
        try:
            line = lines.get(timeout=max(min(seconds, until - time.monotonic()), 0.01))
        except queue.Empty:
            if time.monotonic() < until and _is_kept_waiting(process.pid, used):
                seconds = 0.5
                continue
            raise TimeoutError from None
        if not line:
            return
        seconds, used = SECONDS, _computing(process.pid)[1]
        try:
            yield dict(json.loads(line))
        except ValueError:
            continue  # something else wrote to this stream


def _is_kept_waiting(pid: int, used: float) -> bool:
    """Return whether a process could not compute for SECONDS, though it wants to.

    So it is on a busy machine; a process that sleeps wants nothing.
    """
    wants, now = _computing(pid)
    return wants and now - used < SECONDS


def _computing(pid: int) -> tuple[bool, float]:
    """Return whether a process wants a processor, and how long it had one, in s.

    Only Linux tells it by a file: https://man7.org/linux/man-pages/man5/proc.5.html
    """
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False, 0.0
    state, *fields = stat.rpartition(")")[2].split()
    ticks = sum(map(int, fields[10:12]))
    return state in "RD", ticks / os.sysconf("SC_CLK_TCK")


def _stopped(at: dict[str, str], code: int | None) -> Answer:
    """Return what to say of a process that stopped early; `code` None: too slow."""
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
