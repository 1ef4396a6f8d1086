"""Would it work while grading? Tries questions with only what the grader has.

The grader has Python, its standard library, NumPy and the files that were handed in:
no other file, no network, no thread, no other process. Code that uses these is refused
here too, so that the student knows before the hand-in. This is no protection.
"""

from __future__ import annotations

import _thread
import ast
import importlib
import io
import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import Any, NoReturn

import numpy as np

from autograder.student.assignment import Assignment, load
from autograder.student.questions import Question
from autograder.student.trying import try_line
from autograder.student.workplace import Printed, Workplace, not_loading

OLDEST = (3, 11)  # of Python, as the grader may have it
SLOW = 1.0  # seconds of computing while a module loads, of the two that it may take
REFUSED = {
    "socket": "the network",
    "subprocess": "another process",
    "os.system": "another process",
    "os.exec": "another process",
    "os.fork": "another process",
    "os.posix_spawn": "another process",
    "os.listdir": "the contents of a folder",
    "os.scandir": "the contents of a folder",
} | dict.fromkeys(
    ("os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.link", "os.symlink"),
    "the disk",
)


class World(MetaPathFinder):
    """What is available while grading; `on` while a student's code runs."""

    def __init__(self, root: Path, tell: Callable[[str], None]) -> None:
        self.root, self.tell, self.on = root, tell, False
        # Packages that are let through, without any check while they load.
        self.allowed: set[str] = set()
        self.loading = True
        library = Path(os.__file__).resolve().parent
        numpy = Path(str(np.__file__)).resolve().parent
        places = (library, numpy, root / "mytorch", Path(os.devnull))
        self.readable = [str(path) for path in places]  # no compiled file: see _load

    def stand_guard(self) -> None:
        """Watch imports and what is opened, until this process ends."""
        # A compiled file may be older than it looks: none is read or written.
        sys.dont_write_bytecode = True
        sys.pycache_prefix = str(self.root / "mytorch/.none")
        sys.meta_path.insert(0, self)
        sys.addaudithook(self.watch)

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Hide from the student's files every package that the grader does not have."""
        top = fullname.partition(".")[0]
        known = sys.stdlib_module_names | {"mytorch", "numpy"} | self.allowed
        if self.on and top not in known and self._asks():
            raise ModuleNotFoundError(f"No module named '{top}'", name=top)

    def _asks(self) -> bool:
        """Return whether a student's file imports, and no library on its behalf."""
        frame: FrameType | None = sys._getframe(2)
        while frame and "importlib" in frame.f_code.co_filename:
            frame = frame.f_back
        here = str(self.root / "mytorch")
        return frame is not None and frame.f_code.co_filename.startswith(here)

    def watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Refuse what the grader refuses; called by Python for each such act."""
        if not self.on or (self.loading and self.allowed):
            return
        if event == "open" and isinstance(arguments[0], str | bytes | Path):
            path = os.path.realpath(os.fsdecode(arguments[0]))
            if not self._is_readable(path):
                self.refuse(f"the file {os.path.basename(path)}")
        for begin, what in REFUSED.items():
            if f"{event}.".startswith(f"{begin}.") and not _finds_a_module():
                self.refuse(what)

    def _is_readable(self, path: str) -> bool:
        inside = any(path.startswith(folder + os.sep) for folder in self.readable)
        mine = path.startswith(str(self.root / "mytorch"))
        return inside and (not mine or path.endswith((".py", ".pyc")))

    def refuse(self, what: str) -> NoReturn:
        self.tell(
            f"Your code uses {what}, which is not available during grading: remove "
            "it from the code that is graded."
        )
        raise PermissionError(f"{what} is not available during grading")


def _finds_a_module() -> bool:
    """Return whether Python itself looks into a folder, for an import."""
    return "importlib._bootstrap" in sys._getframe(2).f_code.co_filename


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
    world.stand_guard()
    with tempfile.TemporaryDirectory() as empty:
        os.chdir(empty)
        place = Workplace(assignment, SimpleNamespace(), {}, lambda: _running(world))
        for module in assignment.modules:
            write(loading=module)
            _load(module, place, world)
        world.loading = False
        for question in questions:
            write(question=question)
            write(**_answer(assignment.question(question), place, world))
        os.chdir(root)
    write(end=True)
    os._exit(0)  # whatever the student's code would still like to do


@contextmanager
def _running(world: World) -> Iterator[None]:
    """Let the student's code run in the world of the grader."""
    start, raw = threading.Thread.start, _thread.start_new_thread

    def refused(*_: object, **__: object) -> NoReturn:
        world.tell(
            "Your code starts a thread. Threads are not available during grading."
        )
        raise RuntimeError("can't start new thread")

    threading.Thread.start = refused  # type: ignore
    _thread.start_new_thread = refused
    world.on = True
    try:
        yield
    finally:
        world.on = False
        threading.Thread.start = start  # type: ignore
        _thread.start_new_thread = raw


def _load(module: str, place: Workplace, world: World) -> None:
    """Load a module as the grader does; where a package is missed, with it."""
    modules = place.assignment.modules
    _tell_of_syntax(place.assignment, module, world)
    for _ in range(8):  # each time with one more package
        started = time.process_time()
        try:
            said = Printed()
            with redirect_stdout(said), redirect_stderr(said), _running(world):
                loaded = importlib.import_module(f"mytorch.{module}")
        except ModuleNotFoundError as error:
            missed = (error.name or "").partition(".")[0]
            if missed in world.allowed or not missed.isidentifier():
                place.problems[module] = not_loading(module, error, modules)
                return
            _allow(missed, module, world)
            continue
        except BaseException as error:
            place.problems[module] = not_loading(module, error, modules)
            return
        setattr(place.lib, module, loaded)
        if time.process_time() - started > SLOW:
            world.tell(
                f"mytorch/{module}.py takes {time.process_time() - started:.1f} s to "
                "load; the grader allows 2. Move what is slow into the notebook."
            )
        return


def _answer(question: Question, place: Workplace, world: World) -> dict[str, str]:
    """Return what a question comes to, and what it shows."""
    shown, started = io.StringIO(), time.process_time()
    with redirect_stdout(shown):
        why, line = try_line(question, place)
    _tell_of_time(question.id, time.process_time() - started, world)
    told = {"question": question.id, "reason": why, "line": line}
    return told | {"shown": shown.getvalue()}


def _tell_of_time(question: str, seconds: float, world: World) -> None:
    """Say so where the cases of a question take longer than the grader may allow."""
    if seconds > SLOW:
        world.tell(
            f"{question} takes {seconds:.1f} s to compute; the grader may end it. Is "
            "there a loop that one operation of NumPy could do?"
        )


def _allow(package: str, module: str, world: World) -> None:
    world.allowed.add(package)
    world.tell(
        f"mytorch/{module}.py imports {package}, which is not available during "
        "grading. The file still loads, but a question whose code uses it gets no "
        "points."
    )


def _tell_of_syntax(assignment: Assignment, module: str, world: World) -> None:
    """Say so if a file needs a newer Python than the grader may have."""
    if sys.version_info[:2] <= OLDEST:
        return
    try:
        source = (assignment.root / f"mytorch/{module}.py").read_bytes()
        ast.parse(source)
    except (OSError, ValueError, SyntaxError):
        return  # loading it will say what is wrong
    try:
        ast.parse(source, feature_version=OLDEST)
    except SyntaxError as error:
        world.tell(
            f"mytorch/{module}.py line {error.lineno} needs a newer Python than "
            f"{'.'.join(map(str, OLDEST))}, which the grader may have."
        )


if __name__ == "__main__":
    main(sys.argv[1:])
