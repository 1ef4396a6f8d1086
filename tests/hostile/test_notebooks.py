"""Can one notebook use up memory or time: taken in, handed back, or looked at?"""

from __future__ import annotations

import base64
import json
import resource
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.hostile.harness import attack
from tests.hostile.harness.classes import Class, released

pytestmark = pytest.mark.long

# Of computing, for grading all of them, or handing all of them back. As many honest
# ones need some 10 s and 250 MiB.
MOST_SECONDS = 60
MOST_MEMORY = 700 << 20
# Where the process is ended: so that a test that fails harms nobody.
END_SECONDS, END_MEMORY = 100, 3 << 30

Cells = list[dict[str, Any]]


def code(outputs: list[Any]) -> Cells:
    return [{"cell_type": "code", "metadata": {}, "source": "x", "outputs": outputs}]


def text(source: str) -> Cells:
    return [{"cell_type": "markdown", "metadata": {}, "source": source}]


def letters() -> Cells:
    """Return 9 MiB of outputs of one letter each."""
    return code([{"text": "x"}] * 60_000) * 12


def pictures() -> Cells:
    """Return 60,000 pictures of one pixel."""
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\0\0\0\0"
    data = base64.b64encode(head + zlib.compress(b"\0\0")).decode()
    one = {"output_type": "display_data", "metadata": {}, "data": {"image/png": data}}
    return code([one] * 60_000)


def objects() -> Cells:
    """Return 5 MiB of objects within objects, each with one key."""
    rows: Any = [{"a": {"a": {}}}] * 300_000
    return [{"cell_type": "raw", "metadata": {"x": rows}, "source": ""}]


def lists() -> Cells:
    """Return a source of a million empty texts."""
    return [{"cell_type": "markdown", "metadata": {}, "source": [""] * 1_000_000}]


def emphasis() -> Cells:
    """Return emphasis within emphasis, each begun before the last one ends."""
    return text("*a _b " * 5_000 + "c* d_ " * 5_000)


def brackets() -> Cells:
    return text("[" * 30_000 + "](" * 10_000)


def quotes() -> Cells:
    return text("> " * 30_000 + "x\n" + "- " * 1_000 + "x")


def dollars() -> Cells:
    return text("$" * 30_000 + "\\begin{x}" * 3_000 + "`" * 9_000)


def colours() -> Cells:
    """Return escapes of a terminal's, each of which opens another colour."""
    line = "".join(f"\x1b[{30 + n % 8};{40 + n % 8}mx" for n in range(6_000))
    return code([{"output_type": "stream", "name": "stdout", "text": line}])


MADE = (letters, pictures, objects, lists, emphasis, brackets, quotes, dollars, colours)
NOTEBOOKS: dict[str, Callable[[], Cells]] = {made.__name__: made for made in MADE}


@pytest.fixture(scope="module")
def course() -> Iterator[Class]:
    """A class of such notebooks, between two honest ones."""
    with released() as made:
        shutil.rmtree(made.course / "submitted")
        for student in ("aa_honest", *NOTEBOOKS, "zz_honest"):
            attack.hand_in(made.folder(student), made.world)
        for student, cells in NOTEBOOKS.items():
            path = made.folder(student) / "mlp.ipynb"
            notebook = json.loads(path.read_text())
            notebook["cells"] += cells()
            path.write_text(json.dumps(notebook))
        yield made


def used(course: Class, command: str) -> tuple[int, float, float]:
    """Return exit status, computing seconds and bytes of a command of nbgrader's."""
    meter = (
        "import resource, runpy, sys\n"
        "try:\n    runpy.run_module('nbgrader', run_name='__main__')\n"
        "finally:\n    r = resource.getrusage(resource.RUSAGE_SELF)\n"
        "    print('used', r.ru_utime + r.ru_stime, r.ru_maxrss << 10)\n"
    )
    first, *_ = course.command()
    done = subprocess.run(
        [first, "-c", meter, command, "mlp"],
        cwd=course.course, env=course.environment(), text=True, capture_output=True,
        timeout=600, preexec_fn=limit,
    )  # fmt: skip
    lines = [row.split() for row in done.stdout.splitlines() if row.startswith("used")]
    if not lines:  # it was ended
        return done.returncode, END_SECONDS, END_MEMORY
    return done.returncode, float(lines[-1][1]), float(lines[-1][2])


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (END_SECONDS, END_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (END_MEMORY, END_MEMORY))


def test_they_cost_no_more_than_a_class_can_bear(course: Class) -> None:
    for command in ("autograde", "generate_feedback"):
        status, seconds, memory = used(course, command)
        assert status == 0, command
        assert seconds < MOST_SECONDS, command
        assert memory < MOST_MEMORY, command


def test_everybody_is_graded_and_handed_back(course: Class) -> None:
    for student in ("aa_honest", *NOTEBOOKS, "zz_honest"):
        assert (course.course / f"feedback/{student}/mlp/mlp.html").exists(), student
        assert course.scores()[student][0]["sgd"] == 10.0, student
