"""`autograder new`, `author-check`, `freeze`, `check`, `pack`: for course authors."""

from __future__ import annotations

import argparse

from autograder.commands import Commands
from autograder.student.__main__ import add_check, check_apart
from autograder.student.pack import pack
from autograder.student.workplace import CheckFailed


def add(commands: Commands) -> None:
    new = commands.add_parser("new", help="write the skeleton of an assignment")
    new.add_argument("assignment")
    new.set_defaults(run=_new)
    checked = commands.add_parser("author-check", help="say what is wrong with one")
    checked.add_argument("assignment", nargs="*", help="default: all there are")
    checked.add_argument("--seeds", type=int, default=3, help="tried for each mistake")
    checked.add_argument("--matrix", action="store_true", help="mistakes by cases")
    checked.set_defaults(run=_author_check)
    frozen = commands.add_parser("freeze", help="renew the arrays of visible cases")
    frozen.add_argument("assignment")
    frozen.set_defaults(run=_freeze)
    checked = commands.add_parser("check", help="try the library on visible cases")
    add_check(checked)
    checked.set_defaults(run=lambda o: check_apart(o.question, o.json))
    packed = commands.add_parser("pack", help="write the zip that students hand in")
    packed.set_defaults(run=lambda options: pack())


def _new(options: argparse.Namespace) -> None:
    from autograder.authoring.skeleton import new

    root = options.root.resolve()
    for path in new(root, options.assignment):
        print(path.relative_to(root))


def _author_check(options: argparse.Namespace) -> int:
    from autograder.authoring.author_check import author_check
    from autograder.nbgrader_steps.course_folder import open_folder, source_notebook
    from autograder.nbgrader_steps.in_place import config_faults

    root = options.root.resolve()
    found = sorted(path.parent.name for path in root.glob("tests/*/questions.py"))
    faults = 0
    for fault in config_faults(root):
        print(fault)
        faults += 1
    for name in options.assignment or found:
        notebook = source_notebook(open_folder(root, name)[0])
        checked = author_check(root, name, options.seeds, notebook)
        print("\n".join(checked.lines(options.matrix)))
        faults += len(checked.faults)
    return int(faults > 0)


def _freeze(options: argparse.Namespace) -> None:
    from autograder.authoring.faults import unreadable
    from autograder.releasing.freeze import freeze

    root, name = options.root.resolve(), options.assignment
    try:
        print(freeze(root, name).relative_to(root))
    except (OSError, RuntimeError, ImportError, SyntaxError):
        raise  # told in one line as it is
    except Exception as error:  # whatever an author's own file raises
        raise CheckFailed(str(unreadable(root, name, error))) from error
