"""A scratch copy of the course, and what is missing on this machine."""

import gc
import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from nbgrader.api import Gradebook

from tests.support.demo import copy_course

# An assignment that was found to be right is not checked for each scratch course anew.
os.environ.setdefault("AUTOGRADER_CHECKED", tempfile.mkdtemp(prefix="checked-"))

# Hypothesis looks at no clock, since a machine may be busy, and keeps nothing.
settings.register_profile(
    "course",
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("course")

# As nbgrader_config.py does: nbgrader makes a new gradebook by running `alembic`.
os.environ["PATH"] = os.pathsep.join(
    [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
)


@pytest.fixture(scope="session")
def scratch(tmp_path_factory):
    """Return a function that makes a copy of the course in a new folder.

    Its gradebook is a copy too: to make one, nbgrader starts alembic, for 2 s.
    """
    empty = tmp_path_factory.mktemp("empty") / "gradebook.db"
    Gradebook(f"sqlite:///{empty}", "mytorch").close()

    def make():
        course = copy_course(tmp_path_factory.mktemp("course") / "copy")
        shutil.copy(empty, course)
        return course

    return make


def pytest_collection_modifyitems(items):
    """Begin with files of very few tests or very many: begun last, they take long."""
    found = Counter(item.path for item in items)
    paths = sorted(found, key=lambda path: (found[path], path))
    turn = {path: min(i, len(paths) - 1 - i) for i, path in enumerate(paths)}
    items.sort(key=lambda item: (turn[item.path], item.path))


def pytest_collection_finish():
    """Leave what is there by now out of each later search for garbage, and of forks."""
    gc.collect()
    gc.freeze()


def needs(program):
    """Return the path of a program; without it skip, or fail if REQUIRE=all says so."""
    path = shutil.which(program)
    if path is None and os.environ.get("REQUIRE") == "all":
        pytest.fail(f"{program} is missing: install it, or run without REQUIRE=all")
    if path is None:
        pytest.skip(f"needs {program}")
    return path


def pytest_terminal_summary(terminalreporter):
    """End by naming what was left out, for want of what."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = sorted(
        {report.longrepr[2].removeprefix("Skipped: ") for report in skipped}
    )
    left_out = "; ".join(reasons) or "nothing"
    terminalreporter.write_line(f"Left out on this machine: {left_out}")
