"""Cut the solutions out of a module, and find what of them would leak."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"


class LeakError(Exception):
    """A release would tell an answer, or cannot be cut cleanly."""


def regions(source: str, name: str) -> list[tuple[int, int]]:
    """Return the solution regions as (first, last) line numbers from 0, markers in.

    Raises LeakError if a marker has no partner or a comment looks like a marker.
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
            raise LeakError(
                f"{name} line {i + 1}: '{mark}' has no partner; expected {BEGIN} and "
                f"{END} in turn"
            )
    if begin is not None:
        raise LeakError(f"{name} line {begin + 1}: {BEGIN} without {END}")
    return found


def cut(source: str, name: str) -> str:
    """Return the module with `raise NotImplementedError` in place of each solution.

    Raises LeakError if a region is unbalanced, or if the result is no Python.
    """
    lines = source.splitlines()
    owners = dict(_functions(source))
    for first, last in reversed(regions(source, name)):
        indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
        owner = max((at, title) for at, title in owners.items() if at <= first)[1]
        lines[first : last + 1] = [
            f"{indent}# Your code goes here, in place of the next line.",
            f'{indent}raise NotImplementedError("{owner} is not yet written")',
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
