"""`autograder roster`, `collect`, `deadline`, `groups`, `hold`, `new-term`: a term."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.commands import argument, command


@command(
    "collect",
    "take in what a platform hands out",
    argument("assignment"),
    argument(
        "archives",
        type=Path,
        nargs="+",
        metavar="ARCHIVE",
        help="and Moodle's grading worksheet, for its times",
    ),
    argument("--zone", default="UTC", help="of times without a zone"),
    argument("--force", action="store_true", help="also older attempts"),
)
def _collect(options: argparse.Namespace) -> None:
    from autograder.platforms.collect import collect, zone_of

    root, zone = options.root, zone_of(options.zone)
    paths = [path.resolve() for path in options.archives]
    done = collect(root, options.assignment, paths, zone=zone, force=options.force)
    print("\n".join(done.lines()))


@command("roster", "fill the gradebook from a CSV file", argument("file", type=Path))
def _roster(options: argparse.Namespace) -> None:
    from autograder.platforms.roster import import_roster

    print("\n".join(import_roster(options.root, options.file)))


@command(
    "deadline",
    "show or set when work is due",
    argument("assignment", help="its name; * with --student for all"),
    argument("--due", help="for everybody: '2026-11-30 23:59 +01:00'"),
    argument("--none", action="store_true", help="no due date any more"),
    argument("--student", help="whom --extra is for"),
    argument("--extra", help="extra time: 2d, 1w, 1d12h; 0d takes it away"),
)
def _deadline(options: argparse.Namespace) -> None:
    from autograder.nbgrader_steps import deadlines

    root, name = options.root, options.assignment
    if bool(options.student) != bool(options.extra):
        raise RuntimeError("--student and --extra go together: whom, and how much")
    if options.extra:
        extra = deadlines.read_extra(options.extra)
        for changed in deadlines.extend(root, name, options.student, extra):
            print("\n".join(deadlines.listed(root, changed)))
        return
    if options.due or options.none:
        due = deadlines.read_date(options.due) if options.due else None
        deadlines.set_due(root, name, due)
    print("\n".join(deadlines.listed(root, name)))


@command(
    "groups",
    "show or set who works together",
    argument("assignment"),
    argument("file", type=Path, nargs="?", help="CSV; all groups, anew"),
    argument("--none", action="store_true", help="no groups any more"),
)
def _groups(options: argparse.Namespace) -> None:
    from autograder.nbgrader_steps.groups import read_groups, write_groups
    from autograder.platforms.roster import read_group_list

    root, name = options.root, options.assignment
    if options.none:
        write_groups(root, name, [])
    elif options.file:
        write_groups(root, name, read_group_list(root, options.file))
    for group in read_groups(root, name):
        print(", ".join(group))


@command(
    "hold",
    "hold one student's mark back, or let go",
    argument("assignment"),
    argument("student", nargs="?", help="without one: list who is held back"),
    argument("--because", default="", help="why, for the instructors"),
    argument("--let-go", action="store_true", help="let the mark out again"),
)
def _hold(options: argparse.Namespace) -> None:
    from autograder.nbgrader_steps import hold

    root, name, student = options.root, options.assignment, options.student
    if student and options.let_go:
        if not hold.let_go(root, name, student):
            raise RuntimeError(f"the mark of '{student}' for {name} is not held back")
    elif student:
        hold.hold(root, name, student, options.because or "no reason given")
    for held, why in hold.held_back(root, name).items():
        print(f"{held}: held back ({why})")


@command(
    "new-term",
    "archive this term, begin the next",
    argument("name", help="of the term that ends, such as 2026-autumn"),
    argument("--zip", action="store_true", help="the archive as one file"),
    argument("--yes", action="store_true", help="do not ask first"),
)
def _new_term(options: argparse.Namespace) -> int:
    from autograder.term.new_term import begin, plan, zipped

    planned = plan(options.root, options.name)
    print("\n".join(planned.lines()))
    if not options.yes and input("Do this? [y/N] ").strip().lower() != "y":
        print("Nothing was done.")
        return 1
    archive = begin(planned)
    print(f"The term is in {zipped(archive) if options.zip else archive}.")
    return 0
