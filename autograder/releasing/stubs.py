"""What is left of a module without its solutions, and what of them would leak?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from autograder.judging.source import Module, SourceError, indent_of, regions


class LeakError(Exception):
    """A release would tell an answer, or is not as it should be."""


def cut(source: str, name: str, keep: str = "") -> str:
    """Return the module with `raise NotImplementedError` in place of each solution.

    The solution of the function at `keep`, such as "Linear.forward", stays. Raises
    LeakError if a region is unbalanced, or if the result is no Python.
    """
    try:
        found = regions(source, name)
        first, last = Module(source).lines(keep) if keep else (-1, -1)
    except SourceError as error:
        raise LeakError(str(error)) from error
    cuts = [(a, b) for a, b in found if not first <= a <= last]
    lines = source.splitlines()
    owners = dict(_functions(source))
    for first, last in reversed(cuts):
        indent = indent_of(lines[first])
        above = [(at, title) for at, title in owners.items() if at <= first]
        if not above:
            raise LeakError(f"{name} line {first + 1}: a solution outside a function")
        lines[first : last + 1] = [
            f"{indent}# Your code goes here, in place of the next line.",
            f'{indent}raise NotImplementedError("{max(above)[1]} is not yet written")',
        ]
    stub = "\n".join(lines) + "\n"
    try:
        ast.parse(stub)
    except SyntaxError as error:
        raise LeakError(f"{name}: the stub is no Python: {error}") from error
    return stub


def _functions(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line number (from 0) and name of each function, as "Linear.forward"."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            yield node.lineno - 1, node.name
        elif isinstance(node, ast.ClassDef):
            for item in node.body:
                if isinstance(item, ast.FunctionDef):
                    yield item.lineno - 1, f"{node.name}.{item.name}"


def solution_lines(source: str, name: str) -> list[str]:
    """Return the lines of the solutions, their comments too, squeezed."""
    lines = source.splitlines()
    return [
        squeeze(line)
        for first, last in regions(source, name)
        for line in lines[first + 1 : last]
    ]


def squeeze(text: str) -> str:
    """Return `text` without white space and quotes, as leaks are compared."""
    return re.sub(r"[\s\"']+", "", text)
