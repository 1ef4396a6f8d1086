"""A package for Node, from npm, into a folder of the test's own."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.conftest import needs

PYODIDE, AXE = "pyodide@314.0.7", "axe-core@4.14.1"


def node_package(package: str, folder: Path) -> Path:
    """Return the folder of a package; skip where npm is not there or does not get it.

    With REQUIRE=all that is a failure.
    """
    npm = needs("npm")
    done = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--prefer-offline", package],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    if done.returncode and os.environ.get("REQUIRE") == "all":
        pytest.fail(f"npm does not get {package}: {done.stdout[-300:]}")
    if done.returncode:
        pytest.skip(f"needs {package} from npm")
    return folder / "node_modules" / package.partition("@")[0]
