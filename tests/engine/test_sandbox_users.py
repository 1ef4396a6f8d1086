"""Does it work for an ordinary user?"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox.trusted import launch
from tests.support.workers import (
    NOTHING_MISSING,
    PROBES,
)

SMOKE = """
    import os, sys
    from pathlib import Path
    import numpy as np
    from autograder.sandbox.exchange import Request
    from autograder.sandbox.trusted.pool import Pool
    for highest in (4, 3):
        with Pool(Path(sys.argv[1]), highest=highest) as pool:
            case = ("double", {"x": np.arange(3.0)})
            nn = b"import json, statistics" + bytes([10]) + b"def double(x): return 2*x"
            outcome = pool.run({"nn": nn}, [Request("double", (case,))])
            print(os.getuid(), outcome.level, outcome.evidence)
            result = outcome.results["double"]
            assert result.cases[0].outputs[1][1].tolist() == [0, 2, 4], result
            nn = b"def double(x): open('/etc/passwd')"
            outcome = pool.run({"nn": nn}, [Request("double", (case,))])
            assert outcome.results["double"].cases[0].raised.kind in (
                "PermissionError", "FileNotFoundError")
"""


@pytest.fixture
def open_house() -> Iterator[Path]:
    """A copy of Python, numpy and the engine that any user may read."""
    house = Path(tempfile.mkdtemp())
    house.chmod(0o755)
    library = Path(sysconfig.get_path("stdlib"))
    unused = ("site-packages", "test", "idlelib", "ensurepip", "__pycache__", "tests")
    ignore = shutil.ignore_patterns(*unused, "*.a", "config-*")
    shutil.copytree(library, house / "lib" / library.name, ignore=ignore)
    for shared in Path(sys.base_prefix, "lib").glob("libpython*.so*"):
        shutil.copy(shared, house / "lib")
    (house / "bin").mkdir()
    shutil.copy(os.path.realpath(sys.executable), house / "bin" / library.name)
    site = launch.numpy_folder()
    for package in ("numpy", "numpy.libs"):
        if (site / package).is_dir():
            shutil.copytree(site / package, house / "site" / package, ignore=ignore)
    shutil.copytree(launch.ROOT / "autograder", house / "site" / "autograder")
    (house / "probes.py").write_text(PROBES)
    for path in house.rglob("*"):
        path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    yield house
    shutil.rmtree(house)


def test_an_ordinary_user_gets_level_3_and_more(open_house: Path) -> None:
    user = 65533 if os.getuid() == 0 else None
    python = next((open_house / "bin").iterdir())
    done = subprocess.run(
        [python, "-c", textwrap.dedent(SMOKE), open_house / "probes.py"],
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd="/",
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(open_house / "site"),
            "PYTHONHOME": str(open_house),
            "LD_LIBRARY_PATH": str(open_house / "lib"),
        },
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    level = [int(line.split()[1]) for line in done.stdout.splitlines()]
    assert level[1] == 3
    assert level[0] == 4 or shutil.which("bwrap") is None or not NOTHING_MISSING
    assert f"user: {user or os.getuid()}, no capability" in done.stdout
