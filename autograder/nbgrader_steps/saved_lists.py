"""How are a course's own lists kept? As JSON beside the gradebook, by assignment."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

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


def write_list(file: Path, rows: Mapping[str, Any]) -> None:
    """Write a list as a whole: whoever reads it meets the old one or the new one."""
    new = file.with_name(f".{file.name}.new")
    new.write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", "utf-8")
    os.replace(new, file)
