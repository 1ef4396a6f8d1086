"""`autograder report`: the page about a class."""

from __future__ import annotations

import argparse

from autograder.commands.kinds import Commands


def add(commands: Commands) -> None:
    report = commands.add_parser("report", help="write the page about a class")
    report.add_argument("assignment")
    report.add_argument("--anonymous", action="store_true", help="leave names out")
    report.set_defaults(run=_report)


def _report(options: argparse.Namespace) -> None:
    from autograder.classroom.page import write_report

    root = options.root.resolve()
    print(write_report(root, options.assignment, anonymous=options.anonymous))
