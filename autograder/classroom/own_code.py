"""What of a module did the student write? All functions that are not as given."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Where a function or class begins, told by its line alone: nothing is parsed.
START = re.compile(r"[ \t]*(@|(async +)?def\b|class\b)")
HEAD = re.compile(r"[ \t]*class\b.*:\s*\Z")


def own_code(text: str, given: str) -> str:
    """Return the parts of a module that the given one does not have, with its classes.

    Parts are whole functions, so that what is left can be read by other tools.
    """
    known, kept = set(_parts(given)), list[str]()
    heading = ""
    for part in _parts(text):
        first = part.partition("\n")[0]
        if part in known:
            heading = first if HEAD.match(first) else heading
            continue
        if heading and part[:1] in " \t":
            kept.append(heading)
        heading = ""
        kept.append(part)
    return "\n".join(kept)


def own_lines(text: str, given: str) -> list[str]:
    """Return the lines of the student's own, without indentation and empty ones."""
    known = {line.strip() for line in given.splitlines()}
    lines = (line.strip() for line in own_code(text, given).splitlines())
    return [line for line in lines if line and line not in known]


def _parts(text: str) -> Iterator[str]:
    """Yield a module cut before each function, class and decorator."""
    part: list[str] = []
    decorated = False
    for line in text.splitlines():
        if START.match(line) and part and not decorated:
            yield "\n".join(part).strip("\n")
            part = []
        decorated = line.lstrip().startswith("@")
        part.append(line.rstrip())
    yield "\n".join(part).strip("\n")
