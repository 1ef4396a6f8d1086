"""`autograder doctor`, `grade`, `regrade`, `try`, `report` and `similar`: marks."""

from __future__ import annotations

import argparse
from pathlib import Path

from autograder.commands import argument, command


@command("doctor", "say what this machine can do, and not")
def _doctor(options: argparse.Namespace) -> int:
    from autograder.nbgrader_steps.doctor import examine

    faults = 0
    for finding in examine(options.root):
        print(finding.line, flush=True)
        faults += finding.is_fault
    print("Ready to grade." if not faults else f"To mend: {faults}.")
    return int(faults > 0)


@command(
    "grade",
    "grade a class through nbgrader",
    argument("assignment"),
    argument("--student", default="*", help="only these, as a pattern"),
    argument("--jobs", type=int, help="processes; default: one per core"),
    argument("--dask", default="", help="a scheduler at tls://..."),
    argument("--tls-ca", help="PEM file of the cluster's ca"),
    argument("--tls-cert", help="PEM file of the cluster's cert"),
    argument("--tls-key", help="PEM file of the cluster's key"),
    argument("--force", action="store_true", help="also what is graded"),
    argument("--feedback", action="store_true", help="write feedback pages"),
)
def _grade(options: argparse.Namespace) -> int:
    from autograder.classroom.grade import grade_class

    tls = {
        "tls_ca_file": options.tls_ca,
        "tls_client_cert": options.tls_cert,
        "tls_client_key": options.tls_key,
    }
    summary = grade_class(
        options.root,
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


@command(
    "regrade",
    "judge again what changed, and say so",
    argument("assignment"),
    argument("--dry-run", action="store_true", help="write nothing"),
    argument("--because", default="", help="the reason, for the log"),
    argument("--jobs", type=int, help="processes; default: one per core"),
)
def _regrade(options: argparse.Namespace) -> None:
    from autograder.classroom.regrade import regrade, would_move

    root, name, jobs = options.root, options.assignment, options.jobs
    if options.dry_run:
        changes = would_move(root, name, jobs)
    else:
        changes = regrade(root, name, because=options.because, jobs=jobs)
    for change in changes:
        print(change.line)
    scores = "1 score" if len(changes) == 1 else f"{len(changes)} scores"
    print(f"{scores} {'would move' if options.dry_run else 'moved'}")


@command(
    "try",
    "grade one folder, without any gradebook",
    argument("assignment"),
    argument("folder", type=Path),
    argument("--json", action="store_true", help="print the whole Report"),
)
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
    from autograder.judging.handed_in import read
    from autograder.judging.regular_files import Problem
    from autograder.student.assignment import load

    folder: Path = options.folder
    assignment = load(options.root, options.assignment)
    if not folder.exists():
        raise RuntimeError(f"there is no folder {folder}")
    if folder.is_file() and folder.suffix.lower() != ".zip":
        raise RuntimeError(f"{folder} is a file: name the folder of the submission")
    parts = read(folder, assignment.name, assignment.modules).modules.values()
    problems = [part.text for part in parts if isinstance(part, Problem)]
    if len(problems) == len(parts):
        told = "; ".join(dict.fromkeys(problems))
        raise RuntimeError(f"nothing to grade in {folder}: {told}")


@command(
    "report",
    "write the page about a class",
    argument("assignment"),
    argument("--anonymous", action="store_true", help="leave names out"),
)
def _report(options: argparse.Namespace) -> None:
    from autograder.classroom.page import write_report

    anonymous: bool = options.anonymous
    print(write_report(options.root, options.assignment, anonymous=anonymous))


@command(
    "similar",
    "a hint: whose work is much alike",
    argument("assignment"),
    argument("--export", type=Path, help="write the students' own code here"),
)
def _similar(options: argparse.Namespace) -> None:
    from autograder.classroom.similar import export, similar

    root, name = options.root, options.assignment
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
