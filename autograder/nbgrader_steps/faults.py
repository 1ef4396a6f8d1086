"""What went wrong? One line for an instructor."""

from __future__ import annotations

import errno
import re

from nbgrader.api import InvalidEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.nbgraderformat import SchemaTooNewError, SchemaTooOldError
from sqlalchemy.exc import DBAPIError

# What ends a whole step.
FAULTS = (DBAPIError, InvalidEntry, OSError, RuntimeError, ImportError)
# What keeps anything from being written.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}
MENDS = dict.fromkeys(
    (errno.EACCES, errno.EPERM, errno.EROFS), ": who may read and write there?"
) | dict.fromkeys((errno.ENOSPC, errno.EDQUOT), ": free some of the disk")
# What the gradebook's database says, and what it means to an instructor.
GRADEBOOK_FAULTS = (
    ("locked", "another program holds the gradebook: end it there and run this again"),
    (
        "no such (column|table)|has no column|Undefined(Column|Table)",
        "the gradebook was made by another version of nbgrader: copy it, then run "
        "nbgrader db upgrade",
    ),
    ("readonly|read-only", "the gradebook cannot be written: who owns its file?"),
    ("full|I/O", "the gradebook cannot be written: is the disk full?"),
    ("unable to open", "the gradebook cannot be opened: is its place right?"),
    ("not a database", "the file of the gradebook is no database"),
)


def explained(error: BaseException) -> str:
    """Return what went wrong, in one line for an instructor."""
    if isinstance(error, InvalidEntry) and isinstance(error.__context__, DBAPIError):
        error = error.__context__
    if isinstance(error, DBAPIError):
        text = f"{type(error.orig).__name__}: {error.orig}"
        known = [why for words, why in GRADEBOOK_FAULTS if re.search(words, text)]
        return known[0] if known else f"the gradebook failed: {text.splitlines()[0]}"
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror}{MENDS.get(error.errno or 0, '')}"
    if isinstance(error, SchemaTooOldError | SchemaTooNewError):
        return "the notebook has another version of nbgrader's marks: nbgrader update ."
    lines = str(error).strip().splitlines() or [""]
    ours = type(error).__module__.startswith("autograder.")
    plain = ours or isinstance(error, NbGraderException | RuntimeError | ImportError)
    return lines[0] if plain else f"{type(error).__name__}: {lines[0]}"
