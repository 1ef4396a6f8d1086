"""Where is a solution in a module, and how is a text in it changed?"""

from __future__ import annotations

import ast
import io
import re
import sys
import textwrap
import tokenize
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from itertools import accumulate
from threading import Lock
from types import ModuleType, SimpleNamespace

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
# What does not count when texts are compared.
LAYOUT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT,
          tokenize.DEDENT, tokenize.ENDMARKER}  # fmt: skip
Definition = ast.FunctionDef | ast.ClassDef
IMPORTING = Lock()


class SourceError(RuntimeError):
    """A marker, a definition or a text is not where it should be."""


def regions(source: str, name: str) -> list[tuple[int, int]]:
    """Return the solution regions as (first, last) line numbers from 0, markers in.

    Raises SourceError if a marker has no partner or a comment looks like a marker.
    """
    found: list[tuple[int, int]] = []
    begin: int | None = None
    for i, line in enumerate(source.splitlines()):
        mark = line.strip()
        if mark == BEGIN and begin is None:
            begin = i
        elif mark == END and begin is not None:
            found.append((begin, i))
            begin = None
        elif re.search(r"#\s*(BEGIN|END)\s+SOLUTION", line, re.IGNORECASE):
            raise SourceError(
                f"{name} line {i + 1}: '{mark}' has no partner; expected {BEGIN} and "
                f"{END} in turn"
            )
    if begin is not None:
        raise SourceError(f"{name} line {begin + 1}: {BEGIN} without {END}")
    return found


class Module:
    """The source of one module, searched by definition, line and token."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each line starts."""
        lengths = map(len, self.source.splitlines(keepends=True))
        return list(accumulate(lengths, initial=0))

    @cached_property
    def tokens(self) -> list[tuple[str, int, int]]:
        """Each token that counts: its text, and the offsets of start and end.

        A piece that is no program by itself (an open bracket) is read as far as it
        goes.
        """
        found = []
        with suppress(tokenize.TokenError, IndentationError):
            for token in tokenize.generate_tokens(io.StringIO(self.source).readline):
                if token.type not in LAYOUT and token.string.strip():
                    places = (token.start, token.end)
                    start, end = (self.starts[row - 1] + at for row, at in places)
                    found.append((token.string, start, end))
        return found

    def found(self, path: str) -> Definition | None:
        """Return the function or class at `path`, such as "Linear.forward"."""
        node: ast.Module | Definition = self.tree
        for name in path.split("."):
            here = {c.name: c for c in node.body if isinstance(c, Definition)}
            if name not in here:
                return None
            node = here[name]
        assert isinstance(node, Definition)
        return node

    def lines(self, path: str) -> tuple[int, int]:
        """Return the first and the last line of a definition, decorators in, from 0."""
        node = self.found(path)
        if node is None:
            raise SourceError(f"there is no {path}")
        first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
        return first - 1, (node.end_lineno or node.lineno) - 1

    def solutions(self, path: str) -> list[tuple[int, int]]:
        """Return the solution regions inside a definition, markers in."""
        first, last = self.lines(path)
        found = regions(self.source, "the module")
        # The end marker is a comment, which a function's last line does not count.
        return [(a, b) for a, b in found if first <= a <= last]

    def edits(
        self, path: str, old: str, new: str, everywhere: bool
    ) -> list[tuple[int, int, str]]:
        """Return the changes as (start, end, new text), by offsets in the source."""
        wanted = [text for text, _, _ in Module(old).tokens]
        bounds = [(self.starts[a], self.starts[b]) for a, b in self.solutions(path)]
        there = [t for start, end in bounds for t in self.tokens if start <= t[1] < end]
        texts = [text for text, _, _ in there]
        places = [
            i
            for i in range(len(texts) - len(wanted) + 1)
            if wanted and texts[i : i + len(wanted)] == wanted
        ]
        if not places or (len(places) > 1 and not everywhere):
            times = "not" if not places else f"{len(places)} times, expected once,"
            raise SourceError(f"'{old}' stands {times} in the solution of {path}")
        return [
            (there[i][1], there[i + len(wanted) - 1][2], self._indented(new, there[i]))
            for i in places
        ]

    def _indented(self, new: str, token: tuple[str, int, int]) -> str:
        """Return `new`; lines after the first get the indentation of the place."""
        line = self.source[self.source.rfind("\n", 0, token[1]) + 1 : token[1]]
        text = textwrap.indent(textwrap.dedent(new), indent_of(line))
        return "\n".join(text.splitlines()).removeprefix(indent_of(line))

    def edited(self, edits: Sequence[tuple[int, int, str]]) -> str:
        """Return the source after the changes. Raises SourceError if two overlap."""
        text = self.source
        before = len(text)
        for start, end, new in sorted(edits, reverse=True):
            if end > before:
                raise SourceError("two changes of one mistake overlap")
            text = text[:start] + new + text[end:]
            before = start
        try:
            compile(text, "mistake", "exec")
        except SyntaxError as error:
            raise SourceError(f"the changed solution is no Python: {error}") from error
        return text

    def replaced(self, path: str, definition: str) -> str:
        """Return the source with another definition at `path`, in its indentation."""
        first, last = self.lines(path)
        lines = self.source.splitlines(keepends=True)
        text = textwrap.indent(definition.strip("\n") + "\n", indent_of(lines[first]))
        return "".join(lines[:first]) + text + "".join(lines[last + 1 :])


def indent_of(line: str) -> str:
    """Return the white space at the start of a line."""
    return line[: len(line) - len(line.lstrip())]


parsed = lru_cache(maxsize=32)(Module)  # one object for all that is asked of a text


def library(sources: Mapping[str, str]) -> SimpleNamespace:
    """Return modules of `mytorch` made of these sources, apart from what is loaded.

    They import each other, in the order of `sources`, and nothing else of `mytorch`.
    """
    package = ModuleType("mytorch")
    modules = {name: ModuleType(f"mytorch.{name}") for name in sources}
    package.__path__ = []
    vars(package).update(modules)
    with IMPORTING:
        before = _taken_out()
        sys.modules["mytorch"] = package
        sys.modules.update({f"mytorch.{name}": m for name, m in modules.items()})
        try:
            for name, module in modules.items():
                exec(compile(sources[name], f"mytorch/{name}.py", "exec"), vars(module))
        finally:
            _taken_out()
            sys.modules.update(before)
    return SimpleNamespace(**modules)


def _taken_out() -> dict[str, ModuleType]:
    """Return what is loaded of `mytorch`; from now on, it is not."""
    names = [name for name in sys.modules if name.split(".")[0] == "mytorch"]
    return {name: sys.modules.pop(name) for name in names}
