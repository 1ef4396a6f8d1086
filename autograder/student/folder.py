"""Where the notebook runs, and whether the library beside it is the one that loads."""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType, SimpleNamespace

from autograder.student.assignment import Assignment, load
from autograder.student.outputs import Raised
from autograder.student.questions import Question


class CheckFailed(AssertionError):
    """A question that is not passed yet. It shows one line, not a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True)
class Workplace:
    """The folder of an assignment, with the student's library as far as it loads."""

    assignment: Assignment
    lib: SimpleNamespace
    problems: dict[str, str]


def open_workplace(folder: Path | None = None) -> Workplace:
    """Return the assignment whose folder the notebook runs in.

    Raises CheckFailed if the folder holds none, or if another `mytorch` is loaded.
    """
    here = (folder or Path.cwd()).resolve()
    for root in (here, *here.parents):
        if (root / "tests").is_dir() and (root / "mytorch").is_dir():
            assignment = load(root, _name(root, here))
            return load_library(assignment)
    raise CheckFailed(
        f"No assignment in {here}: open the notebook from the folder that also holds "
        "mytorch/ and tests/."
    )


def _name(root: Path, here: Path) -> str:
    names = sorted(path.parent.name for path in root.glob("tests/*/questions.py"))
    inside = [name for name in names if name in here.relative_to(root).parts]
    if inside or len(names) == 1:
        return (inside or names)[0]
    raise CheckFailed(f"{root} holds {', '.join(names)}: run this in one's folder.")


def load_library(assignment: Assignment) -> Workplace:
    """Return the student's modules as far as they load, and why the others do not."""
    lib, problems = SimpleNamespace(), {}
    for name in assignment.modules:
        try:
            module = importlib.import_module(f"mytorch.{name}")
        except Exception as error:
            sys.modules.pop(f"mytorch.{name}", None)
            raised = describe(error, assignment.modules)
            problems[name] = f"mytorch/{name}.py does not load: {raised.say(True)}"
            continue
        _check_place(module, assignment)
        setattr(lib, name, module)
    return Workplace(assignment, lib, problems)


def _check_place(module: ModuleType, assignment: Assignment) -> None:
    found = Path(module.__file__ or "").resolve()
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
    return Raised(type(error).__name__, message[:300], where)


def is_stale(question: Question, place: Workplace) -> bool:
    """Return whether the file holds another version of the target than is loaded."""
    path = place.assignment.root / "mytorch" / f"{question.module}.py"
    function = place.lib.__dict__.get(question.module)
    for part in question.method.split("."):
        function = getattr(function, part, None)
    loaded = getattr(function, "__code__", None)
    try:
        code: CodeType | None = compile(path.read_bytes(), str(path), "exec")
    except (OSError, SyntaxError, ValueError):
        return True
    for part in question.method.split("."):
        inner = code.co_consts if code else ()
        found = [c for c in inner if isinstance(c, CodeType) and c.co_name == part]
        code = found[-1] if found else None
    if loaded is None or code is None:
        return False
    return _essence(loaded) != _essence(code)


def _essence(code: CodeType) -> tuple[object, ...]:
    constants = [c for c in code.co_consts if not isinstance(c, CodeType)]
    return code.co_code, repr(constants), code.co_names, code.co_varnames
