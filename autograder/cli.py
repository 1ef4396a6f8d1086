"""The command `autograder`: for instructors and course authors."""

from __future__ import annotations

import logging
import os
import pkgutil
import sys
import warnings
from importlib import import_module

from autograder import commands as subjects
from autograder.judging.shared_folder import let_group_write
from autograder.student.check_failed import CheckFailed

# Set to see where a failure comes from.
TRACEBACK = "AUTOGRADER_TRACEBACK"


def main(arguments: list[str] | None = None) -> int:
    """Return 0 if all went well; else say in one line why not, and return 1."""
    for found in pkgutil.iter_modules(subjects.__path__):
        import_module(f"{subjects.__name__}.{found.name}")
    options = subjects.PARSER.parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.ERROR)
    let_group_write(options.root)
    try:
        with warnings.catch_warnings():
            # They concern those who wrote a library, not those who grade with it.
            if not sys.warnoptions:
                warnings.simplefilter("ignore")
            options.root = options.root.resolve()
            return int(options.run(options) or 0)
    except BrokenPipeError:  # whoever read has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        line = _one_line(error)
        if line is None or os.environ.get(TRACEBACK):
            raise
        print(f"autograder: {line}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("autograder: stopped; what is done is kept", file=sys.stderr)
        return 130


def _one_line(error: Exception) -> str | None:
    """Return what went wrong, in one line; None if it is a mistake in the engine."""
    if isinstance(error, CheckFailed):
        return str(error)
    if isinstance(error, SyntaxError):
        return f"{error.filename} line {error.lineno}: {error.msg}"
    # Here, since it loads nbgrader, which takes seconds.
    from autograder.nbgrader_steps.faults import FAULTS, explained

    return explained(error) if isinstance(error, FAULTS) else None
