"""`python -m autograder check [QUESTION]` and `python -m autograder pack`."""

from __future__ import annotations

import argparse

from autograder.student.check import check
from autograder.student.pack import pack
from autograder.student.workplace import CheckFailed


def main(arguments: list[str] | None = None) -> int:
    """Return 0 if all went well, 1 with one line that says why not."""
    parser = argparse.ArgumentParser(prog="python -m autograder")
    commands = parser.add_subparsers(dest="command", required=True)
    checked = commands.add_parser("check", help="try your work on the visible cases")
    checked.add_argument("question", nargs="?", help="one question; default: all")
    commands.add_parser("pack", help="write the zip file to hand in")
    options = parser.parse_args(arguments)
    try:
        if options.command == "check":
            check(options.question)
        else:
            pack()
    except CheckFailed as error:
        print(error)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
