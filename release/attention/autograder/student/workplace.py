"""Which folder does the notebook run in, and does the library in it load?"""

from __future__ import annotations

import importlib
import io
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import (
    AbstractContextManager,
    contextmanager,
    nullcontext,
    redirect_stdout,
)
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, SimpleNamespace

from autograder.student.assignment import FROZEN, Assignment, load
from autograder.student.check_failed import CheckFailed
from autograder.student.following import follow
from autograder.student.frozen import frozen_cases
from autograder.student.probing import Raised


class Printed(io.TextIOWrapper):
    """Collects what is printed, in place of sys.stdout."""

    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        super().__init__(
            self.bytes, "utf-8", errors="backslashreplace", write_through=True
        )

    def text(self) -> str:
        """Return what has been printed so far."""
        return self.bytes.getvalue().decode("utf-8", "replace")


@dataclass(frozen=True)
class Workplace:
    """The folder of an assignment, with the student's library as far as it loads."""

    assignment: Assignment
    lib: SimpleNamespace
    problems: dict[str, str]
    # What holds while the student's code runs.
    guard: Callable[[], AbstractContextManager[None]] = nullcontext
    # What the open notebook keeps as it was before it was saved, such as "nn.Linear".
    stale: tuple[str, ...] = ()


def find_assignment() -> Assignment:
    """Return the assignment in whose folder Python runs; no student's code runs.

    Raises CheckFailed if there is none in the folder or above it.
    """
    here = Path.cwd().resolve()
    for root in (here, *here.parents):
        if (root / "tests").is_dir() and (root / "mytorch").is_dir():
            return _load(root, _name(root, here))
    raise CheckFailed(
        f"No assignment in {here}: open the notebook from the folder that also holds "
        "mytorch/ and tests/."
    )


def _name(root: Path, here: Path) -> str:
    names = sorted(path.parent.name for path in root.glob("tests/*/questions.py"))
    inside = [name for name in names if name in here.relative_to(root).parts]
    if inside or len(names) == 1:
        return (inside or names)[0]
    held = ", ".join(names) or "no assignment in tests/"
    raise CheckFailed(f"{root} holds {held}: run this in the folder of one assignment.")


def _load(root: Path, name: str) -> Assignment:
    """Return the assignment; CheckFailed if it, or a visible case, cannot be read."""
    try:
        assignment = load(root, name)
    except ModuleNotFoundError as error:
        if not (error.name or "").startswith("tests"):
            raise
        raise CheckFailed(
            f"Python found another package named tests instead of {root / 'tests'}: "
            "restart the kernel."
        ) from None
    try:
        frozen_cases(assignment)
    except (OSError, ValueError, KeyError, TypeError, AssertionError) as error:
        there = f"not readable ({error.strerror})" if isinstance(error, OSError) else ""
        raise CheckFailed(
            f"tests/{name}/{FROZEN} in {root} is {there or 'damaged'}: put back the "
            f"file that you were given (in the course itself, run `autograder freeze "
            f"{name}`)."
        ) from None
    return assignment


def load_library(assignment: Assignment) -> Workplace:
    """Return the student's modules as their files are now, and why others fail.

    They are loaded anew, and the notebook's own modules get the changes: the saved
    file counts, whether or not autoreload has seen it. Raises CheckFailed if they come
    from another folder.
    """
    fresh, problems, stale = {}, {}, list[str]()
    with _set_aside() as loaded:
        for module in loaded.values():
            _check_place(module, assignment)
        for name in assignment.modules:
            try:
                with redirect_stdout(Printed()):
                    fresh[name] = importlib.import_module(f"mytorch.{name}")
            except (Exception, SystemExit) as error:
                problems[name] = not_loading(name, error, assignment.modules)
    for module in fresh.values():
        _check_place(module, assignment)
        old = loaded.get(module.__name__)
        if old and old.__file__ == module.__file__:
            short = module.__name__.partition(".")[2]
            stale += [f"{short}.{name}" for name in follow(old, module)]
    lib = SimpleNamespace(**fresh)
    return Workplace(assignment, lib, problems, stale=tuple(stale))


def not_loading(name: str, error: BaseException, modules: Iterable[str]) -> str:
    """Return in one line why a module of the student's does not load."""
    raised = describe(error, modules)
    where = f" ({raised.where})" if raised.where else ""
    if isinstance(error, SystemExit):
        return (
            f"mytorch/{name}.py does not load: it ends Python{where}. Remove the "
            "exit()."
        )
    return f"mytorch/{name}.py does not load: {raised.kind}: {raised.message}{where}"


@contextmanager
def _set_aside() -> Iterator[dict[str, ModuleType]]:
    """Hide the loaded `mytorch` from imports; yield it, and put it back at the end.

    Compiled files are hidden too: of a file saved twice in a second, the old one could
    be taken.
    """

    def take() -> dict[str, ModuleType]:
        names = [name for name in sys.modules if name.split(".")[0] == "mytorch"]
        return {name: sys.modules.pop(name) for name in names}

    loaded, prefix = take(), sys.pycache_prefix
    sys.pycache_prefix = os.devnull
    importlib.invalidate_caches()
    try:
        yield loaded
    finally:
        sys.pycache_prefix = prefix
        take()
        sys.modules.update(loaded)


def _check_place(module: ModuleType, assignment: Assignment) -> None:
    found = Path(module.__file__ or assignment.root).resolve()
    if not found.is_relative_to(assignment.root):
        raise CheckFailed(
            f"Another mytorch is loaded, from {found.parent}: restart the kernel and "
            f"open the notebook from {assignment.root}."
        )


def describe(error: BaseException, modules: Iterable[str]) -> Raised:
    """Return what a student's code raised, and the line of theirs where it did."""
    names = {f"{name}.py" for name in modules}
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f for f in frames if Path(f.filename).name in names]
    where = f"{Path(lines[-1].filename).name} line {lines[-1].lineno}" if lines else ""
    if isinstance(error, SyntaxError) and error.filename:
        where = f"{Path(error.filename).name} line {error.lineno}"
    message = str(error.msg if isinstance(error, SyntaxError) else error)
    return Raised(type(error).__name__, " ".join(message.split())[:300], where)
