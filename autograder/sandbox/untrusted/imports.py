"""What a student's `import` finds: their own modules, and stand-ins for the rest.

`mytorch` exists in memory only. A package that is not there while grading
(matplotlib, scipy, ...) imports as a placeholder and fails where it is used: many a
student leaves such a line at the top and never needs it in what is graded.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, NoReturn

from autograder.sandbox.exchange import Raised

PACKAGE = "mytorch"
Tell = Callable[[str, Raised | None], None]
Describe = Callable[[BaseException], Raised]

# In the standard library, but they need a screen or a terminal.
SCREENS = frozenset(
    ("tkinter", "turtle", "turtledemo", "idlelib", "curses", "readline")
)
# What is refused at once: ours, and what people import in `try` to prefer it to numpy.
REFUSED = frozenset((PACKAGE, "autograder", "tests", "numpy", "cupy"))


class StudentModules(MetaPathFinder, Loader):
    """Imports `mytorch` and its modules from bytes.

    `began` is told a module's name before its code runs, `ended` its name and what
    it raised afterwards, so that one which never ends is known by name.
    """

    def __init__(
        self,
        sources: Mapping[str, bytes],
        refused: frozenset[str],
        began: Callable[[str], None],
        ended: Tell,
        describe: Describe,
    ) -> None:
        self.sources, self.refused = sources, refused
        self.began, self.ended, self.describe = began, ended, describe
        self.failed: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: object = None
    ) -> ModuleSpec | None:
        package, _, name = fullname.partition(".")
        if package != PACKAGE or (name and name not in self.sources):
            return None
        spec = ModuleSpec(fullname, self, is_package=not name)
        spec.origin = f"{PACKAGE}/{name or '__init__'}.py"
        spec.has_location = True  # so that the module has a __file__
        return spec

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__.partition(".")[2]
        if not name:
            return
        if name in self.refused or name in self.failed:
            raise ImportError(f"{PACKAGE}.{name} cannot be imported")
        self.began(name)
        try:
            code = compile(self.sources[name], f"{PACKAGE}/{name}.py", "exec")
            exec(code, module.__dict__)
        except BaseException as error:
            self.failed.add(name)
            self.ended(name, self._raised(name, error))
            raise
        self.ended(name, None)

    def _raised(self, name: str, error: BaseException) -> Raised:
        source = self.sources[name]
        if isinstance(error, ValueError | SyntaxError) and b"\0" in source:
            line = source[: source.index(b"\0")].count(b"\n") + 1
            return Raised("SyntaxError", "the file has NUL bytes", _line(name, line))
        if isinstance(error, SyntaxError) and not error.lineno:
            return Raised("SyntaxError", error.msg, _line(name, _undecodable(source)))
        return self.describe(error)


def _line(name: str, number: int) -> str:
    return f"{name}.py line {number}"


def _undecodable(source: bytes) -> int:
    """Return the first line that is not UTF-8, 1 if all are."""
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        return source.count(b"\n", 0, error.start) + 1
    return 1


class Missing:
    """A name from a package that is not there: raises ImportError when it is used."""

    def __init__(self, package: str) -> None:
        object.__setattr__(self, "_package", package)

    def _fail(self, *_: object, **__: object) -> NoReturn:
        package = object.__getattribute__(self, "_package")
        raise ImportError(f"{package} is not available while grading: use numpy")

    def _annotation(self, _: object) -> Missing:
        return self  # `np.ndarray | torch.Tensor` uses nothing

    __call__ = __getitem__ = __setitem__ = __iter__ = __len__ = __bool__ = _fail
    __add__ = __sub__ = __mul__ = __truediv__ = __matmul__ = __pow__ = __neg__ = _fail
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = __rmatmul__ = __rpow__ = _fail
    __enter__ = __exit__ = __mro_entries__ = __array__ = __float__ = __setattr__ = _fail
    __or__ = __ror__ = _annotation

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        self._fail()


class Placeholder(ModuleType):
    """A module that is not there: every name in it is Missing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Missing(self.__name__.partition(".")[0])


class Placeholders(MetaPathFinder, Loader):
    """Finds whatever nobody else found, as a Placeholder; `own` are never found."""

    def __init__(self, own: frozenset[str]) -> None:
        self.never = (REFUSED | own | sys.stdlib_module_names) - SCREENS

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: object = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] in self.never:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return Placeholder(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return None


class Screens(Placeholders):
    """Finds what needs a screen, before the standard library does."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: object = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in SCREENS:
            return None
        return ModuleSpec(fullname, self, is_package=True)
