"""`autograder collect` and `autograder roster`: how work and people come in."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.commands.kinds import Commands


def add(commands: Commands) -> None:
    collected = commands.add_parser("collect", help="take in what a platform hands out")
    collected.add_argument("assignment")
    collected.add_argument("archives", type=Path, nargs="+", metavar="ARCHIVE")
    collected.add_argument("--zone", default="UTC", help="of times without a zone")
    collected.add_argument("--force", action="store_true", help="also older attempts")
    collected.set_defaults(run=_collect)
    roster = commands.add_parser("roster", help="fill the gradebook from a CSV file")
    roster.add_argument("file", type=Path)
    roster.set_defaults(run=_roster)


def _collect(options: argparse.Namespace) -> None:
    from autograder.platforms.collect import collect, zone_of

    root, zone = options.root.resolve(), zone_of(options.zone)
    paths = [path.resolve() for path in options.archives]
    done = collect(root, options.assignment, paths, zone=zone, force=options.force)
    print("\n".join(done.lines()))


def _roster(options: argparse.Namespace) -> None:
    from autograder.platforms.roster import import_roster

    print("\n".join(import_roster(options.root.resolve(), options.file)))
