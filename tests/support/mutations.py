"""Which mutants does a module have? Each is its source with one fault in a solution.

Cosmic Ray makes most of them; two kinds are added that it lacks, a statement left out
and a `.T` left out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.support.samples import ROOT

STATEMENTS = ast.Assign | ast.AugAssign | ast.Expr | ast.Return
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Mutant:
    """A module with one fault: where it is, the line as it was and as it is."""

    assignment: str
    module: str
    place: str
    before: str
    after: str
    source: str

    @property
    def key(self) -> Key:
        return f"{self.module}.{self.place}", self.before, self.after


def unchanged(assignment: str) -> Iterator[Mutant]:
    """Yield each module of an assignment as it is."""
    for name in import_module(f"tests.{assignment}.questions").MODULES:
        source = (ROOT / "mytorch" / f"{name}.py").read_text(encoding="utf-8")
        yield Mutant(assignment, name, "the module", "", "", source)


def mutants(reference: Mutant) -> Iterator[Mutant]:
    """Yield each mutant of the module's solutions once, in the order of its lines.

    A fault in an annotation or in a docstring is none: nothing is executed there.
    """
    source, found = reference.source, {}
    for text in [*of_cosmic_ray(source), *of_our_own(source)]:
        code = executed(text)
        if code and code != executed(source):
            found.setdefault(code, text)
    rows = [(first_difference(source, text), text) for text in found.values()]
    for line, text in sorted(rows, key=lambda row: row[0]):
        if is_solution(source, line):
            yield described(reference, line, text)


def of_cosmic_ray(source: str) -> Iterator[str]:
    tree = get_ast(source)
    for name in operator_names():
        kind = get_operator(name)
        if kind.arguments():
            continue
        places = (p for n in ast_nodes(tree) for p in kind().mutation_positions(n))
        for occurrence, _ in enumerate(places):
            yield mutate_code(source, kind(), occurrence)


def of_our_own(source: str) -> Iterator[str]:
    """Yield the source without one statement, or without one `.T`."""
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        words = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, STATEMENTS) and not words:
            first, last = lines[node.lineno - 1], node.end_lineno
            start = first[: node.col_offset] + "pass\n"
            yield "".join([*lines[: node.lineno - 1], start, *lines[last:]])
        elif isinstance(node, ast.Attribute) and node.attr == "T":
            line, end = lines[node.lineno - 1], node.end_col_offset
            cut = line.encode()[: end - 2] + line.encode()[end:]
            here = [cut.decode()]
            yield "".join([*lines[: node.lineno - 1], *here, *lines[node.lineno :]])


def executed(source: str) -> str:
    """Return what of a source is executed, without annotations and docstrings.

    A source that is not Python gives "".
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    for node in ast.walk(tree):
        for name in ("annotation", "returns"):
            if hasattr(node, name):
                setattr(node, name, ast.Constant(None))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            node.value = ast.Constant(None)
    return ast.dump(tree)


def first_difference(source: str, text: str) -> int:
    """Return the number, from 0, of the first line that differs."""
    lines = zip(source.splitlines(), text.splitlines(), strict=False)
    return next(i for i, (a, b) in enumerate(lines) if a != b)


def is_solution(source: str, line: int) -> bool:
    """Return whether students write this line; the rest is given to them."""
    above = source.splitlines()[line::-1]
    marks = (text for text in above if text.strip().startswith("###"))
    return "BEGIN SOLUTION" in next(marks, "")


def described(reference: Mutant, line: int, text: str) -> Mutant:
    place = ".".join(enclosing(ast.parse(reference.source), line + 1))
    old, new = reference.source.splitlines()[line], text.splitlines()[line]
    name, module = reference.assignment, reference.module
    return Mutant(name, module, place, old.strip(), new.strip(), text)


def enclosing(tree: ast.AST, line: int) -> Iterator[str]:
    """Yield the names of the classes and functions around a line, outermost first."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            assert node.end_lineno is not None
            if node.lineno <= line <= node.end_lineno:
                yield node.name
                yield from enclosing(node, line)
