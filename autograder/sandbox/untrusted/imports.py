"""What does a student's `import` find: their own modules, in memory only?

The judged modules are imported at once. Other files beside them, and `__init__`, run
only when a judged module imports from them. A package that is not there raises
ModuleNotFoundError, so that a fallback is taken.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType, TracebackType
from typing import Any

from autograder.sandbox.payloads import Load
from autograder.sandbox.untrusted.standard_library import SCREENS
from autograder.sandbox.wire import FrameKind
from autograder.student.probing import Raised

PACKAGE = "mytorch"
INIT = "__init__"
FILES = re.compile(rf"{PACKAGE}/(?=\w+\.py$)")

# Never stood in for. cupy is what people prefer to numpy where it is there.
NEVER = frozenset((PACKAGE, "autograder", "tests", "numpy", "cupy"))


class StudentModules(MetaPathFinder, Loader):
    """Imports `mytorch` and its modules from bytes.

    `tell` is told BEGAN with the name of a judged module before its code runs, and
    LOADED with name, what it raised and which package it missed afterwards, so that
    one which never ends is known by name.
    """

    def __init__(self, load: Load, tell: Callable[..., None]) -> None:
        self.sources, self.judged = load.sources, load.judged
        self.tell, self.failed = tell, set(load.refused)

    def find_spec(self, fullname: str, *_where: object) -> ModuleSpec | None:
        package, _, name = fullname.partition(".")
        if package != PACKAGE or (name and name not in self.sources):
            return None
        spec = ModuleSpec(fullname, self, is_package=not name)
        spec.origin = f"{PACKAGE}/{name or INIT}.py"
        spec.has_location = True  # so that the module has a __file__
        return spec

    def get_source(self, fullname: str) -> str:
        """Return the text of a module, for `inspect` and `linecache`."""
        name = fullname.partition(".")[2] or INIT
        return self.sources.get(name, b"").decode("utf-8", "replace")

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None if "." in spec.name else Package(self, spec.name)

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__.partition(".")[2]
        if name in self.judged:
            self._judged(name, module)
        elif name:
            self.execute(name, module)

    def execute(self, name: str, module: ModuleType) -> None:
        """Run the file of that name in a module."""
        code = compile(self.sources[name], f"{PACKAGE}/{name}.py", "exec")
        exec(code, module.__dict__)

    def _judged(self, name: str, module: ModuleType) -> None:
        if name in self.failed:
            raise ImportError(f"{PACKAGE}.{name} cannot be imported")
        self.tell(FrameKind.BEGAN, name)
        try:
            self.execute(name, module)
        except BaseException as error:
            self.failed.add(name)
            raised, missed = self._raised(name, error), absent_cause(error)
            self.tell(FrameKind.LOADED, name, raised, missed)
            raise
        self.tell(FrameKind.LOADED, name)

    def _raised(self, name: str, error: BaseException) -> Raised:
        """Return what was raised, with a line where Python itself tells none."""
        source = self.sources[name]
        if isinstance(error, ValueError | SyntaxError) and b"\0" in source:
            told, at = "the file has NUL bytes", source.index(b"\0")
        elif isinstance(error, SyntaxError) and not error.lineno:
            told, at = error.msg, _undecodable(source)
        else:
            return describe(error)
        line = source.count(b"\n", 0, at) + 1
        return Raised("SyntaxError", told, f"{name}.py line {line}")


class Package(ModuleType):
    """The package `mytorch`: its __init__ runs when something in it is looked for."""

    def __init__(self, modules: StudentModules, name: str) -> None:
        super().__init__(name)
        self._modules, self._begun = modules, INIT not in modules.sources

    def __getattr__(self, name: str) -> Any:
        special = name.startswith("__") and name != "__all__"
        if special or name in self._modules.sources or self._begun:
            raise AttributeError(f"module '{PACKAGE}' has no attribute '{name}'")
        self._begun = True
        self._modules.execute(INIT, self)
        return getattr(self, name)


def absent_cause(error: BaseException) -> str:
    """Return the package whose absence made this be raised, "" if it was none."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        if isinstance(link, ModuleNotFoundError) and isinstance(link.name, str):
            package = link.name.partition(".")[0]
            if package not in (NEVER | sys.stdlib_module_names) - SCREENS:
                return package
        link = link.__cause__ or link.__context__
    return ""


def _undecodable(source: bytes) -> int:
    """Return where the first bytes are that are not UTF-8, 0 if all are."""
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def describe(error: BaseException) -> Raised:
    """Return what was raised and the innermost line of the student's that did it."""
    try:
        kind, message = str(type(error).__name__), str(error)
        if isinstance(error, SyntaxError) and FILES.match(error.filename or ""):
            file = FILES.sub("", str(error.filename))
            return Raised(kind, str(error.msg), f"{file} line {error.lineno}")
    except BaseException:  # these were the student's own methods
        kind, message = "Exception", ""
    return Raised(kind, message, _where(error.__traceback__))


def _where(traceback: TracebackType | None) -> str:
    place = ""
    while traceback is not None:
        file = traceback.tb_frame.f_code.co_filename
        if FILES.match(file):
            place = f"{FILES.sub('', file)} line {traceback.tb_lineno}"
        traceback = traceback.tb_next
    return place
