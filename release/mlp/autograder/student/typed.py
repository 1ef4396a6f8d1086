"""Is what an author wrote of the type that its declaration says?"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, wraps
from types import ModuleType, UnionType
from typing import Any, ParamSpec, TypeVar, Union, get_args, get_origin, get_type_hints

P = ParamSpec("P")
T = TypeVar("T")
hints_of: Callable[[Any], dict[str, Any]] = cache(get_type_hints)


def fits(value: Any, hint: Any) -> bool:
    """Return whether a value is of a type as annotations write it."""
    kind, parts = get_origin(hint) or hint, get_args(hint)
    if kind is Any:
        return True
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind in (Union, UnionType):
        return any(fits(value, part) for part in parts)
    if not isinstance(value, kind) or not parts or kind is Callable:
        return isinstance(value, kind)
    if issubclass(kind, Mapping):
        return all(fits(k, parts[0]) and fits(v, parts[1]) for k, v in value.items())
    if kind is tuple and parts[-1] is not ...:
        return len(value) == len(parts) and all(map(fits, value, parts))
    text = kind is Sequence and isinstance(value, str)
    return not text and all(fits(item, parts[0]) for item in value)


def expect(name: str, value: Any, hint: Any) -> None:
    """Raise TypeError, with what was expected and what came, where they differ."""
    if not fits(value, hint):
        wanted = hint.__name__ if isinstance(hint, type) else str(hint)
        wanted = re.sub(r"\b(\w+\.)+|ForwardRef|~", "", wanted)
        raise TypeError(f"{name}: expected {wanted}, got {repr(value)[:60]}")


def expect_fields(declared: Any) -> None:
    """Raise TypeError if a field of a dataclass is not of its type."""
    for name, hint in hints_of(type(declared)).items():
        expect(f"{type(declared).__name__}: {name}", getattr(declared, name), hint)


def typed(function: Callable[P, T]) -> Callable[P, T]:
    """Let a function raise TypeError if an argument is not of its type."""
    signature = inspect.signature(function)

    @wraps(function)
    def checked(*args: P.args, **named: P.kwargs) -> T:
        try:
            given = signature.bind(*args, **named).arguments
        except TypeError:
            return function(*args, **named)  # Python says what does not fit
        for name, value in given.items():
            kind = signature.parameters[name].kind
            # What a function takes by any name, it looks at itself.
            if name != "self" and kind is not inspect.Parameter.VAR_KEYWORD:
                each = value if kind is inspect.Parameter.VAR_POSITIONAL else [value]
                for one in each:
                    expect(name, one, hints_of(function)[name])
        return function(*args, **named)

    return checked


def rows(module: ModuleType, name: str, kind: type[T]) -> tuple[T, ...]:
    """Return a tuple that a module declares; TypeError if it, or a row, is another."""
    found = getattr(module, name, None)
    where = f"{name} in {module.__name__.rpartition('.')[2]}.py"
    if not isinstance(found, list | tuple):
        expect(where, found, tuple[kind, ...])  # type: ignore[valid-type]
    for number, row in enumerate(found or (), 1):
        expect(f"{where}, row {number}", row, kind)
    return tuple(found or ())
