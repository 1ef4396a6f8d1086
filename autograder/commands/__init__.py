"""What can be typed after `autograder`? One file for each subject.

Each function below `@command` runs one command; cli.py imports the files, which puts
their commands into PARSER. What a command needs is imported when it runs, so that help
is quick.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[[argparse.Namespace], int | None]
Argument = tuple[tuple[str, ...], dict[str, Any]]

PARSER = argparse.ArgumentParser(
    prog="autograder",
    description="The command `autograder`: for instructors and course authors.",
)
PARSER.add_argument("--root", type=Path, default=Path(), help="the course's folder")
GROUP = PARSER.add_subparsers(required=True, metavar="COMMAND")


def argument(*names: str, **settings: Any) -> Argument:
    """Return an argument of a command, as argparse's `add_argument` takes it."""
    return names, settings


def command(name: str, help: str, *arguments: Argument) -> Callable[[Run], Run]:
    """Return a decorator that makes a function a command of `autograder`."""

    def add(run: Run) -> Run:
        one = GROUP.add_parser(name, help=help)
        for names, settings in arguments:
            one.add_argument(*names, **settings)
        one.set_defaults(run=run)
        return run

    return add
