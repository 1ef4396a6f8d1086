"""How is code tried that may never end? In another process, one question at a time.

That process runs as_graded.py, which is as close to grading as a laptop allows. It
writes a line of JSON when it begins and ends something, so that a loop, an `exit()` or
a crash is reported for the question or module in which it happened.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from autograder.student.assignment import Assignment
from autograder.student.trying import Answer, answer
from autograder.student.workplace import load_library

# How long one question, or the loading of one module, may take; and all together.
SECONDS, SECONDS_IN_ALL = 10.0, 90.0
HERE = (
    "this Python cannot start another one, so your code ran in this one. Whether it "
    "uses what is not available during grading (files, packages) was not checked."
)


@dataclass
class TrialRun:
    """The results of all questions that were tried, and notes for the student."""

    answers: list[Answer] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Each question with why it does not pass, or ""."""
        return [(answer.question, answer.reason) for answer in self.answers]

    def say_notes(self) -> None:
        for note in self.notes:
            print(f"Note: {note}")


def can_start_processes() -> bool:
    """Return whether this Python can start another one; in a browser it cannot."""
    if sys.platform in ("emscripten", "wasi"):
        return False
    try:
        import subprocess  # noqa: F401
    except ImportError:
        return False
    return True


def tried(assignment: Assignment, questions: Sequence[str] = ()) -> TrialRun:
    """Return the results on the visible cases, as close to grading as possible.

    Without `questions` all are tried. Where no other process can be started, there is
    no time limit: the student must stop an endless loop.
    """
    asked = questions or [question.id for question in assignment.questions]
    if can_start_processes():
        return try_apart(assignment.root, assignment.name, asked)
    place = load_library(assignment)
    answers = [answer(assignment.question(name), place) for name in asked]
    return TrialRun(answers, [HERE])


def try_apart(root: Path, name: str, questions: Sequence[str]) -> TrialRun:
    """Return the results on the visible cases of these questions, each tried once."""
    trial, left = TrialRun(), list(questions)
    until = time.monotonic() + SECONDS_IN_ALL
    while left and (stopped := _run(root, name, left, until, trial)):
        done = {answer.question for answer in trial.answers}
        left = [question for question in left if question not in done]
        where = [stopped.question] if stopped.question else left
        trial.answers += [replace(stopped, question=name) for name in where]
        left = [question for question in left if question not in where]
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
    at = {"place": "The fresh check", "question": ""}
    with _started(root, name, left) as process:
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


def _rows(process: Any, until: float) -> Iterator[dict[str, Any]]:
    """Yield the lines of a process as they come; TimeoutError if the next is late.

    A process that could not compute for SECONDS, though it wants to, is not late: so
    it is on a busy machine. One that sleeps wants nothing.
    """
    from concurrent.futures import ThreadPoolExecutor, wait

    reader = ThreadPoolExecutor(1)
    limit, used = until, 0.0  # before the first line, only Python itself has begun
    while True:
        line = reader.submit(process.stdout.readline)
        while not wait([line], max(min(limit, until) - time.monotonic(), 0.01)).done:
            wants, now = _computing(process.pid)
            if time.monotonic() >= until or not wants or now - used >= SECONDS:
                raise TimeoutError
            limit = time.monotonic() + 0.5
        if not line.result():
            return
        limit, used = time.monotonic() + SECONDS, _computing(process.pid)[1]
        with suppress(ValueError):  # something else wrote to this stream
            yield dict(json.loads(line.result()))


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
    line = f"{at['place']} {what}"
    return Answer("", line, line)
