"""`autograder report` and `autograder doctor`: at a class, and at this machine."""

from __future__ import annotations

import argparse

from autograder.commands.kinds import Commands


def add(commands: Commands) -> None:
    report = commands.add_parser("report", help="write the page about a class")
    report.add_argument("assignment")
    report.add_argument("--anonymous", action="store_true", help="leave names out")
    report.set_defaults(run=_report)
    doctor = commands.add_parser("doctor", help="say how well this machine isolates")
    doctor.set_defaults(run=_doctor)


def _report(options: argparse.Namespace) -> None:
    from autograder.classroom.page import write_report

    root = options.root.resolve()
    print(write_report(root, options.assignment, anonymous=options.anonymous))


def _doctor(options: argparse.Namespace) -> None:
    from autograder.sandbox.trusted.pool import probe_levels

    print(probe_levels())
