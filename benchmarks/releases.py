"""Making a release, against what stock nbgrader needs for the same notebook."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from autograder.nbgrader_steps.release import write_release
from benchmarks.measure import Figure, Row, Size, in_turns
from benchmarks.stock import CONFIG
from tests.support.demo import copy_course


def measure(size: Size) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        ours = copy_course(Path(scratch, "ours"))
        stock = Path(scratch, "stock")
        shutil.copytree(ours / "source", stock / "source")
        for helper in stock.glob("source/*/*.py"):
            helper.unlink()
        (stock / "nbgrader_config.py").write_text(CONFIG)
        return [one(ours, stock, path.name, size) for path in sources(ours)]


def sources(course: Path) -> list[Path]:
    return sorted(course.glob("source/*"))


def one(ours: Path, stock: Path, name: str, size: Size) -> Row:
    """Return the row of one assignment; the gradebook is there already."""
    write_release(ours, name)
    write_release(stock, name)
    times = in_turns(
        lambda: write_release(ours, name),
        lambda: write_release(stock, name),
        rounds=size.of(1, 5),
    )
    figures = Figure("ours", times[0], "s"), Figure("stock", times[1], "s")
    return Row(f"release of {name}, stubs and search for leaks included", *figures)
