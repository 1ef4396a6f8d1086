"""What is there while grading, and what is not? Refuses the rest while code runs.

The grader has Python, its standard library, NumPy and the files that were handed in:
no other file, process or thread, no network, no environment variable. This is no
protection: it tells students before the hand-in.
"""

from __future__ import annotations

import _thread
import errno
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import numpy as np

REFUSED = {
    "the network": "socket",
    "another process": "subprocess os.system os.exec os.fork os.posix_spawn",
    "the contents of a folder": "os.listdir os.scandir",
    "the disk": "os.mkdir os.rmdir os.remove os.rename os.link os.symlink",
}


class World(MetaPathFinder):
    """What is available while grading; `on` while a student's code runs.

    It watches imports and what is opened until this process ends.
    """

    def __init__(self, root: Path, tell: Callable[[str], None]) -> None:
        self.root, self.tell, self.on, self.lenient = root, tell, False, False
        # Packages that are let through; the first lets all pass while modules load.
        self.allowed: set[str] = set()
        library, numpy = (Path(str(m.__file__)).resolve().parent for m in (os, np))
        places = library, numpy, root / "mytorch", Path(os.devnull)
        self.readable = tuple(f"{place}{os.sep}" for place in places)
        # A compiled file may be older than it looks: none is read or written.
        sys.dont_write_bytecode = True
        sys.pycache_prefix = str(root / "mytorch/.none")
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
        if not self.on or self.lenient:
            return
        if event == "open":
            self._look_at(arguments[0])
        for what, begin in REFUSED.items():
            if event.startswith(tuple(begin.split())) and (
                "importlib._bootstrap" not in sys._getframe(1).f_code.co_filename
            ):
                self.refuse(what)

    def stat(self, path: Any, *, of: Any = os.stat, **how: Any) -> Any:
        """Return what os.stat does, of a file that the grader has."""
        self._look_at(path, FileNotFoundError(errno.ENOENT, "no such file", path))
        return of(path, **how)

    def _look_at(self, file: object, error: Exception | None = None) -> None:
        """Refuse a file that the grader does not have; a descriptor is no file."""
        if self.lenient or not isinstance(file, str | bytes | Path):
            return
        path = os.path.realpath(os.fsdecode(file))
        inside = f"{path}{os.sep}".startswith(self.readable)
        mine = path.startswith(str(self.root / "mytorch"))
        if not inside or (mine and not path.endswith((".py", ".pyc"))):
            self.refuse(f"the file {os.path.basename(path)}", error)

    def refuse(self, what: str, error: Exception | None = None) -> NoReturn:
        self.tell(
            f"Your code uses {what}, which is not available during grading: remove "
            "it from the code that is graded."
        )
        raise error or PermissionError(f"{what} is not available during grading")


class Variables(dict[str, str]):
    """The environment variables while grading: there are none."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __missing__(self, name: str) -> NoReturn:
        self.world.refuse(f"the environment variable {name}", KeyError(name))


@contextmanager
def running(world: World) -> Iterator[None]:
    """Let the student's code run in the world of the grader."""

    def refused(*_: object, **__: object) -> NoReturn:
        world.refuse("a thread", RuntimeError("can't start new thread"))

    theirs: list[tuple[Any, str, object]] = [
        (threading.Thread, "start", refused),
        (_thread, "start_new_thread", refused),
        (os, "stat", world.stat),
        (os, "environ", os.environ if world.lenient else Variables(world)),
    ]
    own = [(place, name, getattr(place, name)) for place, name, _ in theirs]
    for there in theirs:
        setattr(*there)
    world.on = True
    try:
        yield
    finally:
        world.on = False
        for there in own:
            setattr(*there)
