"""`autograder new`, `author-check`, `freeze`, `check`, `pack`: for course authors."""

from __future__ import annotations

import argparse

from autograder.commands import argument, command
from autograder.student.__main__ import CHECK_ARGUMENTS, check_apart
from autograder.student.check_failed import CheckFailed
from autograder.student.pack import pack


@command("new", "write the skeleton of an assignment", argument("assignment"))
def _new(options: argparse.Namespace) -> None:
    from autograder.authoring.skeleton import new

    for path in new(options.root, options.assignment):
        print(path.relative_to(options.root))


@command(
    "author-check",
    "say what is wrong with an assignment",
    argument("assignment", nargs="*", help="default: all there are"),
    argument("--seeds", type=int, default=3, help="tried for each mistake"),
    argument("--matrix", action="store_true", help="mistakes by cases"),
)
def _author_check(options: argparse.Namespace) -> int:
    from autograder.authoring.author_check import author_check
    from autograder.nbgrader_steps.course_folder import open_folder, source_notebook
    from autograder.nbgrader_steps.doctor import config_faults

    root = options.root
    found = sorted(path.parent.name for path in root.glob("tests/*/questions.py"))
    settings = config_faults(root)
    faults = len(settings)
    for fault in settings:
        print(fault)
    for name in options.assignment or found:
        notebook = source_notebook(open_folder(root, name))
        checked = author_check(root, name, options.seeds, notebook)
        print("\n".join(checked.lines(options.matrix)))
        faults += len(checked.faults)
    return int(faults > 0)


@command("freeze", "renew the arrays of visible cases", argument("assignment"))
def _freeze(options: argparse.Namespace) -> None:
    from autograder.authoring.faults import unreadable
    from autograder.judging.limited import ANY_FAULT
    from autograder.releasing.freeze import freeze

    root, name = options.root, options.assignment
    try:
        print(freeze(root, name).relative_to(root))
    except (OSError, RuntimeError, ImportError, SyntaxError):
        raise  # told in one line as it is
    except ANY_FAULT as error:
        raise CheckFailed(str(unreadable(root, name, error))) from error


@command("check", "try the library on visible cases", *CHECK_ARGUMENTS)
def _check(options: argparse.Namespace) -> int:
    return check_apart(options.question, options.json)


@command("pack", "write the zip that students hand in")
def _pack(options: argparse.Namespace) -> None:
    pack()
