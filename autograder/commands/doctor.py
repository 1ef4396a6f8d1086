"""`autograder doctor`: is this machine, and this course, ready to grade?"""

from __future__ import annotations

import argparse

from autograder.commands.kinds import Commands


def add(commands: Commands) -> None:
    doctor = commands.add_parser("doctor", help="say what this machine can do, and not")
    doctor.set_defaults(run=_doctor)


def _doctor(options: argparse.Namespace) -> int:
    from autograder.nbgrader_steps.doctor import examine

    faults = 0
    for finding in examine(options.root.resolve()):
        print(finding.line, flush=True)
        faults += finding.is_fault
    print("Ready to grade." if not faults else f"To mend: {faults}.")
    return int(faults > 0)
