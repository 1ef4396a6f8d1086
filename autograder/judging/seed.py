"""Which secret seed are the hidden cases drawn from?

The one in nbgrader_config.py (`c.Autograde.course_seed`), else the one in the file
`.course_seed` of the course, which is made when it is first needed.
"""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

SEED_FILE = ".course_seed"
CONFIG_FILE = "nbgrader_config.py"
FEWEST_BYTES = 16
NEW_SEED = (
    "to go on with a new one, write 64 hexadecimal digits into it: "
    "everybody is then graded again"
)
LOST = (
    "is lost, and there are grades that were given with it: put it back from a "
    f"backup; {NEW_SEED}"
)


class SeedError(RuntimeError):
    """The seed cannot be used: what is wrong and what to do, in one line."""


def read_seed(root: Path, graded: Callable[[], bool] = lambda: False) -> bytes:
    """Return the secret seed of the course in `root`.

    Without one it is made, unless grades were given with the one that is lost:
    `graded` tells whether there are any; a folder autograded/ with work in it does too.
    Raises SeedError for a seed that cannot be used.
    """
    configured = configured_seed(root)
    if configured:
        return parse_seed(configured, f"c.Autograde.course_seed in {CONFIG_FILE}")
    path = root / SEED_FILE
    try:
        if not path.exists():
            used = graded() or any(root.glob("autograded/*/*"))
            if used and not path.exists():  # nor made and used meanwhile
                raise SeedError(f"{path} {LOST}")
            _make(path)
        return parse_seed(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError:
        raise SeedError(f"{path} is no text: {NEW_SEED}") from None
    except OSError as error:
        raise SeedError(
            f"{path} cannot be used ({error.strerror}): those who grade must be able "
            "to read it; ask its owner, or set c.Autograde.course_seed"
        ) from None


def parse_seed(text: str, place: str) -> bytes:
    """Return the seed that `text`, found at `place`, spells; SeedError if none."""
    try:
        seed = bytes.fromhex(text.strip())
    except ValueError:
        seed = b""
    if len(seed) < FEWEST_BYTES:
        raise SeedError(
            f"{place} holds no seed: expected 64 hexadecimal digits, "
            f"not fewer than {2 * FEWEST_BYTES}"
        )
    return seed


def configured_seed(root: Path) -> str:
    """Return the seed that nbgrader_config.py sets, or "".

    The file is run only if it may set one: it imports nbgrader, which takes seconds.
    """
    try:
        text = (root / CONFIG_FILE).read_text(encoding="utf-8")
    except OSError:
        return ""
    if "course_seed" not in text and "load_subconfig" not in text:
        return ""
    # Not at the top: where a submission is graded elsewhere, there is only NumPy.
    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader(CONFIG_FILE, str(root)).load_config()
    return str(config.Autograde.get("course_seed", ""))


def _make(path: Path) -> None:
    """Write a new seed in one step: two processes that start at once get the same.

    Only its owner may read it, and the course's group where the course is the
    group's: writable by it, or closed to all others.
    """
    course = path.parent.stat()
    shared = course.st_mode & stat.S_IWGRP or (
        course.st_mode & stat.S_IRGRP and not course.st_mode & stat.S_IRWXO
    )
    handle, fresh = tempfile.mkstemp(prefix=f"{SEED_FILE}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32) + "\n")
            if shared:
                os.fchown(file.fileno(), -1, course.st_gid)
                os.fchmod(file.fileno(), 0o640)
        with suppress(FileExistsError):
            os.link(fresh, path)
    finally:
        os.unlink(fresh)
