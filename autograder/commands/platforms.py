"""`autograder export`, `gradescope` and `lite`: for other platforms."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from autograder.commands import argument, command
from autograder.student.check_failed import CheckFailed


@command(
    "export",
    "write the marks as CSV",
    argument("assignment"),
    argument("--canvas", type=Path, help="Canvas' exported gradebook"),
    argument("--column", help="Canvas' column, if it has another name"),
    argument("--moodle", type=Path, help="Moodle's grading worksheet"),
    argument("--to", type=Path, help="the file to write"),
)
def _export(options: argparse.Namespace) -> None:
    from autograder.nbgrader_steps.marks import read_marks
    from autograder.platforms import export

    name = options.assignment
    marks = read_marks(options.root, name)
    target = options.to or Path(f"{name}-marks.csv")
    if options.canvas:
        column = options.column or name
        filled = export.fill_canvas(options.canvas, column, marks)
    elif options.moodle:
        filled = export.fill_moodle(options.moodle, marks)
    else:
        questions = {question: None for mark in marks for question in mark.questions}
        filled = export.Filled(export.table(marks, list(questions)))
    target.write_text(filled.text, encoding=filled.encoding, newline="")
    waiting = [m.student for m in marks if m.needs_grading and not m.held_back]
    held = [m.student for m in marks if m.held_back]
    for what, names in (
        ("with a mark, but not in the file", filled.absent),
        ("in the file, but not in the course", filled.unknown),
        ("excused in the file, and left so", filled.excused),
        ("held back", held),
        ("not marked to the end: a written answer waits", waiting),
    ):
        if names:
            print(f"{what} ({len(names)}): {', '.join(names)}", file=sys.stderr)
    print(target)


@command(
    "gradescope",
    "write an autograder's zip",
    argument("assignment"),
    argument("--required-level", type=int, default=3),
)
def _gradescope(options: argparse.Namespace) -> None:
    from autograder.nbgrader_steps.course_folder import open_folder
    from autograder.nbgrader_steps.deadlines import chosen
    from autograder.platforms.gradescope import write_zip

    root, name = options.root, options.assignment
    target = Path(f"{name}-gradescope.zip")
    hidden = chosen(open_folder(root).config.Autograde)
    print(write_zip(root, name, target, options.required_level, hidden))
    print("It holds the answers and the secret seed: give it to nobody.")


@command(
    "lite",
    "write a site to work in a browser",
    argument("--pyodide", default="", help="Pyodide's folder, or its address"),
    argument("--to", type=Path, default=Path("build/lite")),
)
def _lite(options: argparse.Namespace) -> None:
    from autograder.platforms.lite import build_site

    if not options.pyodide:
        raise CheckFailed(
            "no Pyodide is given, so the site could run no Python: name the folder of "
            "its full distribution, or the address of its pyodide.mjs "
            "(docs/places.md says where to get it)."
        )
    names = build_site(options.root, options.to, options.pyodide)
    print(f"{options.to} holds {', '.join(names)}.")
