"""A document's console blocks: what they say is typed, and what then appears.

    ```console
    $ a command
    what it prints; ... stands for anything
    ```

A block whose first line begins with "# Not run" is for the reader alone.
"""

from __future__ import annotations

import difflib
import doctest
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
# Commands in another form would not be run.
INDENTED = re.compile(r"^ {4,}(\$ |\.venv/bin|make )", re.MULTILINE)
# What a shell prompts with in the further lines of a command.
MORE = "> "
NOT_RUN = "# Not run"
RULES = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Typed:
    """A command as a document has it, and what it says that it prints."""

    command: str
    said: str

    def problem(self, printed: str) -> str:
        """Return how the output differs from the document; "" if it does not."""
        if doctest.OutputChecker().check_output(self.said, printed, RULES):
            return ""
        lines = difflib.unified_diff(
            self.said.splitlines(), printed.splitlines(), "document", "printed"
        )
        return f"$ {self.command}\n" + "\n".join(lines)


def sections(path: Path) -> Iterator[tuple[str, list[Typed]]]:
    """Yield each section of a document with the commands that are run in it."""
    _, *parts = HEADING.split(path.read_text(encoding="utf-8"))
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        blocks = FENCED.findall(text)
        assert {kind for kind, _ in blocks} <= {"console", "python"}, heading
        assert not INDENTED.search(text), heading
        run = [
            b for kind, b in blocks if kind == "console" and not b.startswith(NOT_RUN)
        ]
        yield heading, [typed for block in run for typed in commands(block)]


def commands(block: str) -> Iterator[Typed]:
    """Yield the commands of one block."""
    first, *rest = re.split(r"^\$ ", block, flags=re.MULTILINE)
    assert not first.strip(), f"output without a command: {first}"
    for part in rest:
        command, said = part.split("\n", 1)
        while said.startswith(MORE):
            more, said = said.removeprefix(MORE).split("\n", 1)
            command = f"{command}\n{more}"
        yield Typed(command, said)


def typed(course: Path, command: str, environment: Mapping[str, str]) -> str:
    """Type a command in the course's folder; return all that appears."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=course,
        env={**os.environ, "PYTHONWARNINGS": "ignore", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    return done.stdout
