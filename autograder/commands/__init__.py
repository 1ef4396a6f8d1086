"""What can be typed after `autograder`? One file for each subject.

Each function below `@command` runs one command; cli.py imports the files, and adds
what they name. What a command needs is imported when it runs, so that help is quick.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NamedTuple

Run = Callable[[argparse.Namespace], int | None]


class Command(NamedTuple):
    """A command: its name, its line of help, its arguments and what it runs."""

    name: str
    help: str
    arguments: tuple[tuple[tuple[str, ...], dict[str, Any]], ...]
    run: Run


COMMANDS: list[Command] = []


def argument(*names: str, **settings: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    """Return an argument of a command, as argparse's `add_argument` takes it."""
    return names, settings


def command(
    name: str, help: str, *arguments: tuple[tuple[str, ...], dict[str, Any]]
) -> Callable[[Run], Run]:
    """Return a decorator that makes a function a command of `autograder`."""

    def add(run: Run) -> Run:
        COMMANDS.append(Command(name, help, arguments, run))
        return run

    return add
