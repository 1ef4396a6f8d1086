"""What does Gradescope get? One zip: two scripts, the engine, and the course's secrets.

The zip holds the reference, the hidden cases and the seed, as every autograder there
does. Its run reads the submission and starts the same confined workers as here.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from autograder.judging.answer_key import Course
from autograder.judging.report import HiddenReasons
from autograder.judging.submission import REQUIRED_LEVEL

ENGINE = Path(__file__).resolve().parents[1]
SCRIPTS = ("setup.sh", "run_autograder")
# What of the engine grades a folder; the rest needs nbgrader.
ROOMS = ("student", "sandbox", "judging", "platforms")
SETTINGS = "gradescope.json"
NEVER = (1980, 1, 1, 0, 0, 0)  # the date of each file, so that bytes are the same


def write_zip(
    root: Path,
    assignment: str,
    target: Path,
    required_level: int = REQUIRED_LEVEL,
    hidden: HiddenReasons = HiddenReasons.AT_ONCE,
) -> Path:
    """Write the zip to upload as a Gradescope autograder; return its path.

    Nobody but its owner can read it: the secret seed is inside.
    """
    key = Course.load(root, assignment)
    settings = {"assignment": assignment, "required_level": required_level}
    files = {
        SETTINGS: json.dumps({**settings, "hidden_reasons": hidden}).encode(),
        ".course_seed": key.seed.hex().encode(),
        "requirements.txt": f"numpy=={version('numpy')}\n".encode(),
        **dict(_engine()),
        **dict(_course(root, key)),
    }
    target.unlink(missing_ok=True)  # it may be another instructor's
    target.touch(mode=0o600)
    with zipfile.ZipFile(target, "w") as archive:
        for name in SCRIPTS:
            script = (ENGINE / "platforms" / "gradescope_files" / name).read_bytes()
            _add(archive, name, script, executable=True)
        for name, content in sorted(files.items()):
            _add(archive, name, content)
    return target


def _add(
    archive: zipfile.ZipFile, name: str, content: bytes, executable: bool = False
) -> None:
    entry = zipfile.ZipInfo(name, NEVER)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100755 if executable else 0o100644) << 16
    archive.writestr(entry, content)


def _engine() -> Iterator[tuple[str, bytes]]:
    yield "autograder/__init__.py", b'"""The engine, as Gradescope needs it."""\n'
    for room in ROOMS:
        for path in sorted((ENGINE / room).rglob("*.py")):
            yield f"autograder/{path.relative_to(ENGINE).as_posix()}", path.read_bytes()


def _course(root: Path, key: Course) -> Iterator[tuple[str, bytes]]:
    name = key.assignment.name
    paths = [*root.glob("mytorch/*.py"), *root.glob(f"tests/{name}/*")]
    paths += [root / "tests/__init__.py", root / f"source/{name}/{name}.ipynb"]
    for path in paths:
        if path.is_file():
            yield path.relative_to(root).as_posix(), path.read_bytes()
