"""Would it work while grading? Tries questions in the world of the grader.

It loads the modules and asks the questions, and writes what came of each.
"""

from __future__ import annotations

import ast
import importlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from types import SimpleNamespace

from autograder.student.assignment import Assignment, load
from autograder.student.start import OLDEST
from autograder.student.trying import answer
from autograder.student.workplace import Printed, Workplace, not_loading
from autograder.student.world import World, running

SLOW = 1.0  # seconds of computing while a module loads, of the two that it may take


def main(arguments: Sequence[str]) -> None:
    """Try questions of the assignment in this folder; write a line for each step."""
    name, *questions = arguments
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def write(**row: object) -> None:
        print(json.dumps(row), file=out, flush=True)

    root = Path.cwd().resolve()
    assignment = load(root, name)
    world = World(root, lambda text: write(note=text))
    with tempfile.TemporaryDirectory() as empty:
        os.chdir(empty)
        place = Workplace(assignment, SimpleNamespace(), {}, lambda: running(world))
        for module in assignment.modules:
            write(place=f"mytorch/{module}.py")
            _load(module, place, world)
        world.lenient = False
        for question in questions:
            write(question=question)
            started = time.process_time()
            write(**vars(answer(assignment.question(question), place)))
            _tell_of_time(question, time.process_time() - started, world)
        os.chdir(root)
    write(end=True)
    os._exit(0)  # whatever the student's code would still like to do


def _load(module: str, place: Workplace, world: World) -> None:
    """Load a module as the grader does; where a package is missed, with it."""
    modules = place.assignment.modules
    _tell_of_syntax(place.assignment, module, world)
    for _ in range(8):  # each time with one more package
        started = time.process_time()
        try:
            said = Printed()
            with redirect_stdout(said), redirect_stderr(said), running(world):
                loaded = importlib.import_module(f"mytorch.{module}")
        except BaseException as error:
            name = error.name if isinstance(error, ModuleNotFoundError) else ""
            missed = (name or "").partition(".")[0]
            if missed in world.allowed or not missed.isidentifier():
                place.problems[module] = not_loading(module, error, modules)
                return
            _allow(missed, module, world)
            continue
        setattr(place.lib, module, loaded)
        if time.process_time() - started > SLOW:
            world.tell(
                f"mytorch/{module}.py takes {time.process_time() - started:.1f} s to "
                "load; the grader allows 2. Move what is slow into the notebook."
            )
        return


def _tell_of_time(question: str, seconds: float, world: World) -> None:
    """Say so where the cases of a question take longer than the grader may allow."""
    if seconds > SLOW:
        world.tell(
            f"{question} takes {seconds:.1f} s to compute; the grader may end it. Is "
            "there a loop that one operation of NumPy could do?"
        )


def _allow(package: str, module: str, world: World) -> None:
    world.allowed.add(package)
    world.lenient = True
    world.tell(
        f"mytorch/{module}.py imports {package}, which is not available during "
        "grading. The file still loads, but a question whose code uses it gets no "
        "points."
    )


def _tell_of_syntax(assignment: Assignment, module: str, world: World) -> None:
    """Say so if a file needs a newer Python than the grader may have."""
    source = assignment.root / f"mytorch/{module}.py"
    # Loading it will say what is wrong.
    with suppress(OSError, ValueError, SyntaxError):
        ast.parse(source.read_bytes())
        try:
            ast.parse(source.read_bytes(), feature_version=OLDEST)
        except SyntaxError as error:
            world.tell(
                f"mytorch/{module}.py line {error.lineno} needs a newer Python than "
                f"{'.'.join(map(str, OLDEST))}, which the grader may have."
            )


if __name__ == "__main__":
    main(sys.argv[1:])
