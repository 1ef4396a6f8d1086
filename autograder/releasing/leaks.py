"""Does anything of an answer stand in what students would get?"""

from __future__ import annotations

import ast
import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.judging.answer_key import Course
from autograder.judging.mistakes import Mistake
from autograder.releasing.stubs import LeakError, cut, solution_lines, squeeze

__all__ = ["LeakError", "Secrets"]

TEXT_KINDS = {".py", ".json", ".ipynb", ".txt", ".md", ".ini", ".svg", ".csv", ".yml"}
IMAGE_KINDS = {".png", ".jpg", ".jpeg", ".gif"}
# Expressions of fewer parts than this stand in many honest programs; so do lines of
# fewer characters, and arrays of fewer digits.
TELLING_SIZE = 9
TELLING_LENGTH = 12
SECRET_PARTS = {"hidden.py", "mistakes.py", "right.py"}
# A line that opens a call and says nothing else.
WORD = re.compile(r"\w+\(")
NUMBER = re.compile(r"-?\d+\.?\d*(?:e[-+]?\d+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Secrets:
    """What must not ship: lines and expressions of answers, hidden cases, the seed."""

    lines: Mapping[str, str]
    expressions: frozenset[str]
    arrays: Mapping[str, tuple[float, ...]]

    @classmethod
    def of(cls, course: Course) -> Secrets:
        root, assignment = course.assignment.root, course.assignment
        lines: dict[str, str] = {course.seed.hex(): "the secret seed"}
        sources = {
            path: (root / path).read_text(encoding="utf-8")
            for path in (f"mytorch/{module}.py" for module in assignment.modules)
        }
        # What every student gets anyway is no secret.
        stubs = [cut(source, path) for path, source in sources.items()]
        given = "".join(squeeze(stub) for stub in stubs)
        expressions: set[str] = set()
        for path, source in sources.items():
            for line in solution_lines(source, path):
                telling = len(line) >= TELLING_LENGTH and not WORD.fullmatch(line)
                if telling and line not in given:
                    lines[line] = f"a solution of {path}"
            expressions |= set(_expressions(ast.parse(source)))
        for stub in stubs:
            expressions -= set(_expressions(ast.parse(stub)))
        for line in hidden_lines(assignment.folder):
            lines[line] = "a hidden case"
        for line in mistake_lines(course.known, given):
            lines.setdefault(line, "a known mistake")
        return cls(lines, frozenset(expressions), hidden_arrays(course))

    def search(self, nb: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
        """Raise LeakError if one of them stands in the notebook or in a file."""
        self._search_notebook(nb)
        for name, data in files.items():
            kind = Path(name).suffix
            if kind in TEXT_KINDS:
                self._search_text(name, data.decode("utf-8"))
            elif kind not in IMAGE_KINDS:
                raise LeakError(f"{name}: files of the kind '{kind}' are not released")
            else:
                self._search_text(name, data.decode("latin-1"), numbers=False)

    def _search_notebook(self, nb: Mapping[str, Any]) -> None:
        for i, cell in enumerate(nb["cells"]):
            name = f"cell {cell.get('id', i)} of the notebook"
            if cell.get("outputs") or cell.get("execution_count"):
                raise LeakError(f"{name} has an output: clear it before the release")
            self._search_text(name, cell["source"], code=cell["cell_type"] == "code")
            self._search_text(name, json.dumps(cell["metadata"]))

    def _search_text(
        self, name: str, text: str, *, code: bool = False, numbers: bool = True
    ) -> None:
        for version in (text, *_decoded(text)):
            found = squeeze(version)
            for line, what in self.lines.items():
                if line in found:
                    raise LeakError(f"{name} holds {what}: take it out")
        if code or name.endswith(".py"):
            for expression in _expressions(_parse(text)):
                if expression in self.expressions:
                    raise LeakError(f"{name} holds a solution, spelt otherwise")
        if numbers:
            self._search_numbers(name, text)

    def _search_numbers(self, name: str, text: str) -> None:
        numbers = [float(number) for number in NUMBER.findall(text)]
        starts: dict[float, list[int]] = {}
        for i, number in enumerate(numbers):
            starts.setdefault(number, []).append(i)
        for what, array in self.arrays.items():
            for i in starts.get(array[0], ()):
                if tuple(numbers[i : i + len(array)]) == array:
                    raise LeakError(f"{name} holds {what}: take it out")


def _parse(text: str) -> ast.AST:
    """Return the syntax tree of a cell, without its lines for IPython."""
    try:
        return ast.parse(re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", text))
    except SyntaxError:
        return ast.Module([], [])


def _expressions(tree: ast.AST) -> Iterator[str]:
    """Yield the telling expressions and statements of a program, spelt one way."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        if isinstance(node, ast.expr | ast.stmt):
            parts = ast.expr | ast.stmt | ast.operator
            size = sum(isinstance(part, parts) for part in ast.walk(node))
            if size >= TELLING_SIZE:
                yield ast.dump(node)


def hidden_lines(folder: Path) -> list[str]:
    """Return the lines of hidden cases that ship nowhere."""
    open_text = "".join(
        squeeze(path.read_text(encoding="utf-8"))
        for path in folder.glob("*.py")
        if path.name not in SECRET_PARTS
    )
    secret = (folder / "hidden.py").read_text(encoding="utf-8").splitlines()
    lines = {squeeze(line) for line in secret if not re.match("from|import", line)}
    # What a case is about, in words, is told to students; how it is made is not.
    made = [line for line in lines if re.search(r"[=(\[{]", line) and len(line) >= 24]
    return [line for line in made if line not in open_text]


def mistake_lines(known: Sequence[Mistake], given: str) -> Iterator[str]:
    """Yield the lines of old and new texts of mistakes that no student gets anyway."""
    for mistake in known:
        for text in mistake.texts:
            for line in map(squeeze, text.splitlines()):
                telling = "=" in line and len(line) >= 24
                if telling and not line.startswith("def") and line not in given:
                    yield line


def hidden_arrays(course: Course) -> dict[str, tuple[float, ...]]:
    """Return the numbers of hidden inputs and answers, by what they are."""
    found: dict[str, tuple[float, ...]] = {}
    visible: list[tuple[float, ...]] = []
    for question in course.assignment.questions:
        for trial in course.trials(question.id):
            for name, value in [*trial.inputs.items(), *trial.expected.items()]:
                if not isinstance(value, np.ndarray):
                    continue
                numbers = tuple(np.asarray(value, float).ravel().tolist())
                if trial.visible:
                    visible.append(numbers)
                elif _is_telling(numbers):
                    found[f"{name} of {question.id}, {trial.label}"] = numbers
    return {what: a for what, a in found.items() if not _inside(a, visible)}


def _is_telling(numbers: tuple[float, ...]) -> bool:
    """Return whether an array stands nowhere by chance, whatever the seed is.

    Labels are few small whole numbers. Of fewer than a dozen digits there are not
    enough: an order of six nodes stands in the release for one seed in 180.
    """
    few = 6 if all(number.is_integer() for number in numbers) else 3
    digits = sum(len(re.sub(r"\D", "", f"{number:g}")) for number in numbers)
    return len(numbers) >= 4 and len(set(numbers)) >= few and digits >= TELLING_LENGTH


def _inside(array: tuple[float, ...], others: Sequence[tuple[float, ...]]) -> bool:
    return any(
        other[i : i + len(array)] == array
        for other in others
        for i in range(len(other) - len(array) + 1)
    )


def _decoded(text: str) -> Iterator[str]:
    """Yield what stands in `text` in base64 or hexadecimal."""
    for word in re.findall(r"[A-Za-z0-9+/]{24,}={0,2}", text):
        try:
            yield base64.b64decode(word + "=" * (-len(word) % 4)).decode("latin-1")
        except (binascii.Error, ValueError):
            continue
        if re.fullmatch(r"(?:[0-9a-fA-F]{2})+", word):
            yield bytes.fromhex(word).decode("latin-1")
