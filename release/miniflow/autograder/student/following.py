"""How does an open notebook get what was saved since it imported `mytorch`?

The old functions get the code of the new ones, so that objects of the notebook keep
working. Autoreload does the same, but leaves wrong line numbers. What a running Python
cannot replace is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import CellType, FunctionType, ModuleType


def follow(old: ModuleType | type, new: ModuleType | type) -> Iterator[str]:
    """Give `old` the code of `new`; yield the names of what could not be given.

    That is a class with other base classes, and a function that is now decorated in
    another way or calls `super()` for the first time.
    """
    for name, value in list(vars(new).items()):
        had = vars(old).get(name)
        if isinstance(value, type) and isinstance(had, type):
            if value.__module__ == new.__dict__.get("__name__"):
                yield from _follow_class(had, value)
        elif name in vars(old):
            if not _follow_function(had, value):
                yield name if isinstance(old, ModuleType) else f"{old.__name__}.{name}"
        elif not name.startswith("__") or isinstance(value, FunctionType):
            setattr(old, name, value)


def _follow_class(old: type, new: type) -> Iterator[str]:
    left = list(follow(old, new))
    same = _names(old.__bases__) == _names(new.__bases__)
    yield from left if same else [old.__name__]


def _names(classes: tuple[type, ...]) -> list[tuple[str, str]]:
    return [(base.__module__, base.__qualname__) for base in classes]


def _follow_function(old: object, new: object) -> bool:
    """Give a function the code of the new one; False if it keeps its old code.

    Looks inside what decorators make. A function from another file, such as one
    that the notebook put there, is left as it is.
    """
    before, now = _functions(old), _functions(new)
    if not {f.__code__.co_filename for f in before} & {
        f.__code__.co_filename for f in now
    }:
        return True
    if type(old) is not type(new) or _shapes(before) != _shapes(now):
        return False
    for had, value in zip(before, now, strict=True):
        had.__code__, had.__defaults__ = value.__code__, value.__defaults__
        had.__kwdefaults__ = value.__kwdefaults__
    return True


def _shapes(functions: list[FunctionType]) -> list[tuple[str, int]]:
    """Return what must be equal for one code to replace another."""
    codes = [function.__code__ for function in functions]
    return [(code.co_filename, len(code.co_freevars)) for code in codes]


def _functions(value: object) -> list[FunctionType]:
    """Return a function, and those inside what a decorator made of it, each once."""
    found, todo = list[FunctionType](), [value]
    while todo:
        part = todo.pop()
        if isinstance(part, property):
            todo += [part.fget, part.fset, part.fdel]
        elif not isinstance(part, FunctionType):
            # A static method, a cached function: all that functools wraps.
            todo += [part.__wrapped__] if hasattr(part, "__wrapped__") else []
        elif part not in found:
            found.append(part)
            todo += [_content(cell) for cell in part.__closure__ or ()]
    return found


def _content(cell: CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:
        return None  # nothing is in it yet
