"""`autograder similar` and `autograder groups`: who works together?"""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.commands.kinds import Commands


def add(commands: Commands) -> None:
    alike = commands.add_parser("similar", help="a hint: whose work is much alike")
    alike.add_argument("assignment")
    alike.add_argument("--export", type=Path, help="write the students' own code here")
    alike.set_defaults(run=_similar)
    groups = commands.add_parser("groups", help="show or set who works together")
    groups.add_argument("assignment")
    groups.add_argument("file", type=Path, nargs="?", help="CSV; all groups, anew")
    groups.add_argument("--none", action="store_true", help="no groups any more")
    groups.set_defaults(run=_groups)


def _similar(options: argparse.Namespace) -> None:
    from autograder.classroom.similar import export, similar

    root, name = options.root.resolve(), options.assignment
    if options.export:
        number = export(root, name, options.export)
        print(f"{options.export} holds the own code of {number} students")
        return
    rows = similar(root, name)
    for names, shared in rows:
        print(f"{', '.join(names)}: {'; '.join(sorted(shared))}")
    if rows:
        print("A hint, no verdict: look at their work, and ask, before you conclude.")
    else:
        print("nothing rare is shared")


def _groups(options: argparse.Namespace) -> None:
    from autograder.nbgrader_steps.groups import read_groups, write_groups
    from autograder.platforms.group_list import read_group_list

    root, name = options.root.resolve(), options.assignment
    if options.none:
        write_groups(root, name, [])
    elif options.file:
        write_groups(root, name, read_group_list(root, options.file))
    for group in read_groups(root, name):
        print(", ".join(group))
