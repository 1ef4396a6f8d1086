"""How are a course's own lists kept? As JSON beside the gradebook, by assignment."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from autograder.nbgrader_steps.lock import locked

T = TypeVar("T")


def read_list(file: Path, convert: Callable[[Any], T]) -> dict[str, T]:
    """Return each assignment's part of a list, {} if there is no such file.

    `convert` makes a part of what JSON holds. Raises RuntimeError for a damaged list.
    """
    try:
        rows = json.loads(file.read_text(encoding="utf-8"))
        return {str(name): convert(part) for name, part in rows.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError):
        raise RuntimeError(
            f"{file.name} is damaged: mend it, or remove it and set its entries again"
        ) from None


@contextmanager
def changed(file: Path, convert: Callable[[Any], T]) -> Iterator[dict[str, T]]:
    """Give a list to change, then write it as a whole.

    Whoever changes it at the same time waits; who reads it meets the old or the new.
    """
    with locked(file.parent):
        yield (rows := read_list(file, convert))
        new = file.with_name(f".{file.name}.new")
        new.write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", "utf-8")
        os.replace(new, file)
