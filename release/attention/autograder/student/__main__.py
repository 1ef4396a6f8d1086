"""What does `python -m autograder` do in a release? Check, pack, start, update."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from autograder.student.apart import tried
from autograder.student.check import find_question
from autograder.student.check_failed import CheckFailed
from autograder.student.pack import pack, say
from autograder.student.start import start
from autograder.student.update import say_hints, update
from autograder.student.workplace import find_assignment

# Of `check`, as argparse's add_argument takes them; the course's command has them too.
CHECK_ARGUMENTS: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = (
    (("question",), {"nargs": "?", "help": "one question; default: all"}),
    (("--json",), {"type": Path, "help": "write the result to this file, too"}),
)


def main(arguments: list[str] | None = None) -> int:
    """Return 0, or 1 after one line that says what went wrong."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a student's code may print any letter
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(options)
    except CheckFailed as error:
        print(error)
        return 1
    except OSError as error:
        print(f"{error.filename or 'This'} cannot be read or written: {error.strerror}")
        return 1
    except KeyboardInterrupt:
        print("Stopped.")
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m autograder")
    commands = parser.add_subparsers(dest="command", required=True)
    first = commands.add_parser("start", help="say what is missing, open the notebook")
    first.add_argument("--look", action="store_true", help="look only, open nothing")
    checked = commands.add_parser("check", help="try your work on the visible cases")
    for names, settings in CHECK_ARGUMENTS:
        checked.add_argument(*names, **settings)
    commands.add_parser("pack", help="write the zip file to hand in")
    renew = commands.add_parser("update", help="take a corrected release over")
    renew.add_argument("release", type=Path, help="its zip file or folder")
    renew.add_argument("--of", type=Path, help="the folder to renew, if not this one")
    renew.add_argument("--back", action="store_true", help="also to an older one")
    return parser


def _run(options: argparse.Namespace) -> int:
    if options.command == "start":
        return start(options.look)
    if options.command == "check":
        return check_apart(options.question, options.json)
    if options.command == "pack":
        pack()
    else:
        root = options.of.resolve() if options.of else find_assignment().root
        print("\n".join(update(options.release, root, options.back)))
    return 0


def check_apart(question: str | None, target: Path | None = None) -> int:
    """Try one question or all in a process of their own; return 0 if they pass."""
    assignment = find_assignment()
    asked = [find_question(assignment, question).id] if question else []
    trial = tried(assignment, asked)
    if target is not None:
        rows = {q: {"passed": not why, "reason": why} for q, why in trial.rows}
        result = {"assignment": assignment.name, "questions": rows}
        target.write_text(json.dumps(result, indent=1), encoding="utf-8")
    if question is None:
        say(trial)
        say_hints(assignment.root)
    else:
        [answer] = trial.answers
        print(answer.shown, end="")
        trial.say_notes()
        print(answer.line, end="\n" if answer.line else "")
    return int(any(why for _, why in trial.rows))


if __name__ == "__main__":
    raise SystemExit(main())
