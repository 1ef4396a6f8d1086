"""What replaces a package that is not available while grading?

Many students leave `import matplotlib.pyplot as plt` at the top, and no graded code
needs it. Such a package gets a placeholder only when a module did not load without it.
While modules load, every use of the placeholder succeeds and does nothing; afterwards
each use raises ImportError with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# While it is on, every use of a placeholder succeeds.
loading = False


def use(package: str) -> None:
    """Raise ImportError, since a placeholder is used, unless modules load."""
    if not loading:
        raise ImportError(f"{package} is not available while grading: use numpy")


def _refuse_special(name: str) -> None:
    """Raise AttributeError for what Python and numpy look for in any object."""
    if name.startswith("__") and name != "__version__":
        raise AttributeError(name)


class Missing:
    """A name from a package that is not there."""

    _package = ""

    def __init__(self, package: str) -> None:
        object.__setattr__(self, "_package", package)

    def __getattr__(self, name: str) -> Missing:
        _refuse_special(name)
        return self._used()

    def _used(self, *_: object, **__: object) -> Missing:
        use(self._package)
        return Missing(self._package)

    def __iter__(self) -> Iterator[object]:
        self._used()
        return iter(())

    def _annotation(self, _: object) -> Missing:
        return self  # `np.ndarray | torch.Tensor` uses nothing

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type, ...]:
        use(self._package)
        return (type("Missing", (MissingBase,), {"_package": self._package}),)

    def __instancecheck__(self, instance: object) -> bool:
        return False  # nothing is an instance of what is not there

    __subclasscheck__ = __instancecheck__
    __or__ = __ror__ = _annotation


# All that Python may do with an object, and what comes of it while modules load.
MISSING = """call getitem add sub mul truediv floordiv mod matmul pow neg pos abs invert
lshift rshift and xor radd rsub rmul rtruediv rfloordiv rmod rmatmul rpow rlshift
rrshift rand rxor iadd isub imul itruediv imatmul ior iand enter next round aenter"""
PLAIN = {
    "setattr": None, "setitem": None, "delattr": None, "delitem": None, "exit": None,
    "bool": False, "contains": False, "lt": False, "le": False, "gt": False,
    "ge": False, "len": 0, "int": 0, "index": 0, "float": 0.0, "complex": 0j,
    "length_hint": 0,
}  # fmt: skip


def _gives(value: object) -> Any:
    def operation(self: Missing, *_: object) -> object:
        self._used()
        return value

    return operation


for _name in MISSING.split():
    setattr(Missing, f"__{_name}__", Missing._used)
for _name, _value in PLAIN.items():
    setattr(Missing, f"__{_name}__", _gives(_value))


class MissingBase:
    """In place of a base class from a package that is not there."""

    _package = ""

    def __new__(cls, *_: object, **__: object) -> MissingBase:
        use(cls._package)
        return super().__new__(cls)

    def __init__(self, *_: object, **__: object) -> None:
        return None

    def __init_subclass__(cls, **_: object) -> None:
        return None

    def __getattr__(self, name: str) -> Missing:
        return Missing(self._package).__getattr__(name)


class Placeholder(ModuleType):
    """A module that is not there: every name in it is Missing."""

    def __getattr__(self, name: str) -> Any:
        _refuse_special(name)
        return Missing(self.__name__.partition(".")[0])


class Placeholders(MetaPathFinder, Loader):
    """Finds these packages, and all that is in them, as Placeholders."""

    def __init__(self, packages: Sequence[str]) -> None:
        self.packages = frozenset(packages)

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in self.packages:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return Placeholder(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        return None
