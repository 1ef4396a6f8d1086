"""`autograder grade`, `regrade` and `try`: a class, what changed, or one folder."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.commands.kinds import Commands


def add(commands: Commands) -> None:
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
    again = commands.add_parser("regrade", help="judge again what changed, and say so")
    again.add_argument("assignment")
    again.add_argument("--dry-run", action="store_true", help="write nothing")
    again.add_argument("--because", default="", help="the reason, for the log")
    again.add_argument("--jobs", type=int, help="processes; default: one per core")
    again.set_defaults(run=_regrade)
    one = commands.add_parser("try", help="grade one folder, without any gradebook")
    one.add_argument("assignment")
    one.add_argument("folder", type=Path)
    one.add_argument("--json", action="store_true", help="print the whole Report")
    one.set_defaults(run=_try)


def _grade(options: argparse.Namespace) -> int:
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
    return 0 if summary.complete else 1


def _regrade(options: argparse.Namespace) -> None:
    from autograder.classroom.regrade import regrade, would_move

    root, name, jobs = options.root.resolve(), options.assignment, options.jobs
    if options.dry_run:
        changes = would_move(root, name, jobs)
    else:
        changes = regrade(root, name, because=options.because, jobs=jobs)
    for change in changes:
        print(change.line)
    scores = "1 score" if len(changes) == 1 else f"{len(changes)} scores"
    print(f"{scores} {'would move' if options.dry_run else 'moved'}")


def _try(options: argparse.Namespace) -> None:
    from autograder.judging.submission import grade

    _look(options)
    report = grade(options.folder, options.assignment, root=options.root)
    if options.json:
        print(report.to_json())
        return
    for note in (*report.remarks, *report.notes):
        print(note)
    for question in report.questions:
        points = f"{question.points:g} of {question.max_points:g}"
        print(f"{question.id:<22}{points:>12}  {question.reason}".rstrip())
    print(f"{report.points:g} of {report.max_points:g}; isolation level {report.level}")


def _look(options: argparse.Namespace) -> None:
    """Raise RuntimeError if there is nothing that could be graded."""
    from autograder.judging.handed_in import Problem, read
    from autograder.student.assignment import load

    folder: Path = options.folder
    assignment = load(options.root.resolve(), options.assignment)
    if not folder.exists():
        raise RuntimeError(f"there is no folder {folder}")
    if folder.is_file() and folder.suffix.lower() != ".zip":
        raise RuntimeError(f"{folder} is a file: name the folder of the submission")
    parts = read(folder, assignment.name, assignment.modules).modules.values()
    problems = [part.text for part in parts if isinstance(part, Problem)]
    if len(problems) == len(parts):
        told = "; ".join(dict.fromkeys(problems))
        raise RuntimeError(f"nothing to grade in {folder}: {told}")
