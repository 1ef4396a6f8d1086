"""The command `autograder`: for instructors and course authors."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from autograder.student.check import check
from autograder.student.pack import PackError, pack
from autograder.student.workplace import CheckFailed


def main(arguments: list[str] | None = None) -> int:
    """Return 0 if all went well; else say in one line why not, and return 1."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(format="%(message)s", level=logging.ERROR)
    try:
        return int(options.run(options) or 0)
    except (CheckFailed, PackError, ModuleNotFoundError, RuntimeError) as error:
        print(f"autograder: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("autograder: stopped; what is done is kept", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autograder", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the course's folder")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    grade = commands.add_parser("grade", help="grade a class through nbgrader")
    grade.add_argument("assignment")
    grade.add_argument("--student", default="*", help="only these, as a pattern")
    grade.add_argument("--jobs", type=int, help="processes; default: one per core")
    grade.add_argument("--dask", default="", help="a scheduler at tls://...")
    for part in ("ca", "cert", "key"):
        grade.add_argument(f"--tls-{part}", help=f"PEM file of the cluster's {part}")
    grade.add_argument("--force", action="store_true", help="also what is graded")
    grade.add_argument("--feedback", action="store_true", help="write feedback pages")
    grade.set_defaults(run=_grade)
    one = commands.add_parser("try", help="grade one folder, without any gradebook")
    one.add_argument("assignment")
    one.add_argument("folder", type=Path)
    one.add_argument("--json", action="store_true", help="print the whole Report")
    one.set_defaults(run=_try)
    report = commands.add_parser("report", help="write the page about a class")
    report.add_argument("assignment")
    report.add_argument("--anonymous", action="store_true", help="leave names out")
    report.set_defaults(run=_report)
    doctor = commands.add_parser("doctor", help="say how well this machine isolates")
    doctor.set_defaults(run=_doctor)
    frozen = commands.add_parser("freeze", help="renew the arrays of visible cases")
    frozen.add_argument("assignment")
    frozen.set_defaults(run=_freeze)
    checked = commands.add_parser("check", help="try the library on visible cases")
    checked.add_argument("question", nargs="?")
    checked.set_defaults(run=lambda options: check(options.question))
    packed = commands.add_parser("pack", help="write the zip that students hand in")
    packed.set_defaults(run=lambda options: pack())
    return parser


def _grade(options: argparse.Namespace) -> None:
    from autograder.classroom.grade import grade_class

    tls = {
        "tls_ca_file": options.tls_ca,
        "tls_client_cert": options.tls_cert,
        "tls_client_key": options.tls_key,
    }
    summary = grade_class(
        options.root.resolve(),
        options.assignment,
        student=options.student,
        force=options.force,
        feedback=options.feedback,
        jobs=options.jobs,
        cluster=options.dask,
        tls={name: path for name, path in tls.items() if path},
    )
    print("\n".join(summary.lines()))


def _try(options: argparse.Namespace) -> None:
    from autograder.judging.submission import grade

    report = grade(options.folder, options.assignment, root=options.root)
    if options.json:
        print(report.to_json())
        return
    for note in report.notes:
        print(note)
    for question in report.questions:
        points = f"{question.points:g} of {question.max_points:g}"
        print(f"{question.id:<22}{points:>12}  {question.reason}")
    print(f"{report.points:g} of {report.max_points:g}; isolation level {report.level}")


def _report(options: argparse.Namespace) -> None:
    from autograder.classroom.page import write_report

    root = options.root.resolve()
    print(write_report(root, options.assignment, anonymous=options.anonymous))


def _doctor(options: argparse.Namespace) -> None:
    from autograder.sandbox.trusted.pool import probe_levels

    print(probe_levels())


def _freeze(options: argparse.Namespace) -> None:
    from autograder.releasing.freeze import freeze

    print(freeze(options.root.resolve(), options.assignment))
