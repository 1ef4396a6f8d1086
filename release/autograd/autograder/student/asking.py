"""How does a declared probe call a library?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import count, takewhile
from typing import Any

import numpy as np

from autograder.student.questions import (
    PLAIN,
    Inputs,
    Library,
    Probe,
    Rule,
    Value,
    copied,
    quietly,
)

# The inputs of a second call have the names of the first with this before them.
SECOND = "second "
SECOND_CALL = " (second call)"
Made = str | Callable[..., Value]


@dataclass(frozen=True)
class Objects:
    """A list of objects of the library, made of lists of inputs."""

    kind: str
    make: tuple[str, ...]
    then: tuple[str, ...]

    def made(self, lib: Library, inputs: Inputs) -> list[Any]:
        """Return the objects; each attribute of `then` is set if its input is given."""
        rows = zip(*(listed(inputs, name) for name in self.make), strict=True)
        kind: Any = reduce(getattr, self.kind.split("."), lib)
        found = [kind(*row) for row in rows]
        self.renew(found, inputs)
        return found

    def renew(self, found: Sequence[Any], inputs: Inputs) -> None:
        """Set the attributes whose inputs are given."""
        for name in self.then:
            for item, value in zip(found, listed(inputs, name), strict=False):
                setattr(item, name, value)


@dataclass(frozen=True)
class DeclaredProbe:
    """A probe made of what `ask` was given."""

    target: tuple[str, ...]
    args: tuple[str, ...]
    by_name: tuple[str, ...]
    make: tuple[Made, ...]
    state: Mapping[str, Made]
    rehearse: tuple[str, ...]
    see: tuple[str, ...]
    same: tuple[str, ...]
    output: str
    rules: Mapping[str, Rule]
    axes: Mapping[str, str]
    objects: Mapping[str, Objects]

    @property
    def inputs(self) -> set[str]:
        """The names of its inputs."""
        names = {name for name in self.make if isinstance(name, str)}
        names |= {name for name in self.state.values() if isinstance(name, str)}
        return {*names, *self.args, *self.by_name, *self.rehearse[1:], *self.axes}

    def __call__(self, lib: Library, **given: Value) -> Iterator[tuple[Any, ...]]:
        inputs, second = calls = dict[str, Value](), dict[str, Value]()
        for name, value in given.items():
            call = calls[name.startswith(SECOND)]
            call[name.removeprefix(SECOND)] = _plain(value)
        inputs |= {name: o.made(lib, inputs) for name, o in self.objects.items()}
        owner = self._owner(lib, inputs)
        yield from self._call(owner, inputs, inputs, 1)
        if second:
            for name, kind in self.objects.items():
                kind.renew(inputs[name], second)
            later = {**inputs, **second}
            yield from self._call(owner, later, later if self.rehearse else second, 2)

    def _owner(self, lib: Library, inputs: Inputs) -> Any:
        """Return what has the target, made if it is an instance."""
        owner = reduce(getattr, self.target[:-1], lib)
        if isinstance(owner, type):
            sizes = Probe(self, self.axes).sizes(inputs)
            owner = owner(*[_made(one, {**sizes, **inputs}) for one in self.make])
        return owner

    def _call(
        self, owner: Any, inputs: Inputs, new: Inputs, call: int
    ) -> Iterator[tuple[Any, ...]]:
        """Set the state that is new, call the target, yield what is looked at."""
        if self.rehearse:
            self._set_state(owner, copied(inputs), new)
            method, *names = self.rehearse
            quietly(owner, method, *[inputs[arg] for arg in names])
        # Fresh copies: the rehearsal, or the call before, may have changed others.
        now = copied(inputs)
        self._set_state(owner, now, new)
        everything = {**now, "self": owner}
        words = SECOND_CALL if call == 2 else ""
        if self.target[-1] != "__init__":
            args = [everything[arg] for arg in self.args if _has(everything, arg)]
            named = {k: everything[k] for k in self.by_name if _has(everything, k)}
            result = getattr(owner, self.target[-1])
            if callable(result):
                result = result(*args, **named)
            if self.output:
                yield self.output + words, result, self._rule(self.output, call)
        for looked_at in (*self.see, *self.same):
            for words_at, value in _looked_up(looked_at, everything):
                yield words_at + words, value, self._rule(looked_at, call)

    def _set_state(self, owner: Any, inputs: Inputs, new: Inputs) -> None:
        for name, made in self.state.items():
            if callable(made) or _has(new, made):
                setattr(owner, name, _made(made, inputs))

    def _rule(self, name: str, call: int) -> Rule:
        return self.rules.get(name, PLAIN).of_call(call)


def listed(inputs: Inputs, name: str) -> list[Value]:
    """Return the items of a list of arrays, which arrive as "name 0", "name 1"."""
    names = (f"{name} {i}" for i in count())
    return [inputs[each] for each in takewhile(inputs.__contains__, names)]


def _plain(value: Value) -> Value:
    """Return a number for an array without axes."""
    return value.item() if isinstance(value, np.ndarray) and not value.ndim else value


def _has(inputs: Inputs, name: Made) -> bool:
    return name in inputs or f"{name} 0" in inputs


def _made(made: Made, inputs: Inputs) -> Value:
    """Return the input of that name, a list of them, or what a function makes."""
    if callable(made):
        return made(inputs)
    if not _has(inputs, made):
        raise TypeError(f"the case gives no input '{made}'")
    return inputs[made] if made in inputs else listed(inputs, made)


def _looked_up(path: str, everything: Inputs) -> Iterator[tuple[str, object]]:
    """Yield the value at "self.x", "x" or, for each of a list, "params.value"."""
    root, *rest = path.split(".")
    if root in everything:
        yield from _spread(root, everything[root], rest)
    else:
        for i, item in enumerate(listed(everything, root)):
            yield f"{root}[{i}]", item


def _spread(name: str, value: Any, rest: Sequence[str]) -> Iterator[tuple[str, object]]:
    several = isinstance(value, list | tuple)
    if several and (rest or (value and all(isinstance(v, np.ndarray) for v in value))):
        for i, item in enumerate(value):
            yield from _spread(f"{name}[{i}]", item, rest)
    elif rest:
        yield from _spread(f"{name}.{rest[0]}", getattr(value, rest[0]), rest[1:])
    else:
        yield name, value
