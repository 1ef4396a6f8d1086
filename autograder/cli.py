"""The command `autograder`: for instructors and course authors."""

from __future__ import annotations

import argparse
import logging
import pkgutil
import sys
from importlib import import_module
from pathlib import Path

from autograder import commands as subjects
from autograder.student.workplace import CheckFailed


def main(arguments: list[str] | None = None) -> int:
    """Return 0 if all went well; else say in one line why not, and return 1."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.ERROR)
    try:
        return int(options.run(options) or 0)
    except (CheckFailed, ModuleNotFoundError, RuntimeError) as error:
        print(f"autograder: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("autograder: stopped; what is done is kept", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autograder", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the course's folder")
    group = parser.add_subparsers(required=True, metavar="COMMAND")
    for found in pkgutil.iter_modules(subjects.__path__):
        module = import_module(f"{subjects.__name__}.{found.name}")
        if hasattr(module, "add"):
            module.add(group)
    return parser
