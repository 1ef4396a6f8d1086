"""`autograder freeze`, `check` and `pack`: for those who write an assignment."""

from __future__ import annotations

import argparse

from autograder.commands.kinds import Commands
from autograder.student.__main__ import add_check, check_apart
from autograder.student.pack import pack
from autograder.student.workplace import CheckFailed


def add(commands: Commands) -> None:
    frozen = commands.add_parser("freeze", help="renew the arrays of visible cases")
    frozen.add_argument("assignment")
    frozen.set_defaults(run=_freeze)
    checked = commands.add_parser("check", help="try the library on visible cases")
    add_check(checked)
    checked.set_defaults(run=lambda o: check_apart(o.question, o.json))
    packed = commands.add_parser("pack", help="write the zip that students hand in")
    packed.set_defaults(run=lambda options: pack())


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
