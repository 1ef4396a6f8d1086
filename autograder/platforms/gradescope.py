"""What does Gradescope get, and what does a run there write?

It gets one zip: two scripts, the engine, and the course's secrets.

The zip holds the reference, the hidden cases and the seed, as every autograder there
does. A run, `main`, reads the submission, starts the same confined workers as here, and
writes results.json from the Report.
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from autograder.judging.answer_key import Course
from autograder.judging.report import HiddenReasons, QuestionReport, Report
from autograder.judging.submission import REQUIRED_LEVEL, grade
from autograder.sandbox.trusted.pool import IsolationError

ENGINE = Path(__file__).resolve().parents[1]
SCRIPTS = ("setup.sh", "run_autograder")
# What of the engine grades a folder; the rest needs nbgrader.
ROOMS = ("student", "sandbox", "judging", "platforms")
SETTINGS = "gradescope.json"
HOME = Path("/autograder")  # at Gradescope
PUBLISHED = "after_published"
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
        "autograder/__init__.py": b'"""The engine, as Gradescope needs it."""\n',
        **_files(root, assignment),
    }
    _write(target, files)
    return target


def _write(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the zip in a folder of its own, then put it in its place.

    Another may write one at the same time, and one that is not finished must not stay.
    """
    with tempfile.TemporaryDirectory(prefix=".zip-", dir=target.parent) as beside:
        fresh = Path(beside, target.name)
        fresh.touch(mode=0o600)
        with zipfile.ZipFile(fresh, "w") as archive:
            for name in SCRIPTS:
                script = (ENGINE / "platforms" / "gradescope_files" / name).read_bytes()
                _add(archive, name, script, executable=True)
            for name, content in sorted(files.items()):
                _add(archive, name, content)
        fresh.replace(target)


def _add(
    archive: zipfile.ZipFile, name: str, content: bytes, executable: bool = False
) -> None:
    entry = zipfile.ZipInfo(name, NEVER)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100755 if executable else 0o100644) << 16
    archive.writestr(entry, content)


def _files(root: Path, assignment: str) -> dict[str, bytes]:
    """Return the engine and the assignment, by their paths in the zip."""
    own = [*root.glob("mytorch/*.py"), *root.glob(f"tests/{assignment}/*")]
    own += [root / "tests/__init__.py"]
    own += [root / f"source/{assignment}/{assignment}.ipynb"]
    paths = [(root, path) for path in own if path.is_file()]
    rules = [path for room in ROOMS for path in (ENGINE / room).rglob("*.py")]
    paths += [(ENGINE.parent, path) for path in rules]
    return {p.relative_to(base).as_posix(): p.read_bytes() for base, p in paths}


def main(home: Path = HOME) -> int:
    """Grade what was uploaded; return 1, and write no result, where that is unsafe."""
    root = home / "source"
    settings = json.loads((root / SETTINGS).read_text(encoding="utf-8"))
    name, level = settings["assignment"], settings["required_level"]
    try:
        folder = find_folder(home / "submission")
        report = grade(folder, name, root=root, required_level=level)
    except IsolationError as error:
        print(f"Not graded: {error}")
        return 1
    hidden = HiddenReasons(settings["hidden_reasons"])
    written = json.dumps(results(report, hidden), indent=1)
    (home / "results" / "results.json").write_text(written, encoding="utf-8")
    return 0


def find_folder(uploaded: Path) -> Path:
    """Return the folder that holds mytorch/ in what was uploaded, the highest one."""
    found = sorted(uploaded.glob("**/mytorch"), key=lambda path: len(path.parts))
    return next((path.parent for path in found if path.is_dir()), uploaded)


def results(report: Report, hidden: HiddenReasons) -> dict[str, Any]:
    """Return what Gradescope reads: two tests a question, the score, what to keep.

    What visible cases came to is shown at once, points and the reasons of hidden ones
    when the instructor publishes. How long it took is not told: code can choose that
    by hidden inputs.
    """
    return {
        "score": report.points,
        "output": "\n".join([*report.notes, f"Isolation level {report.level}."]),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [row for q in report.questions for row in _tests(q, hidden)],
        "extra_data": {
            "score": report.points,
            "scores": dict(report.scores),
            "fingerprint": report.digest,
            "isolation_level": report.level,
        },
    }


def _tests(question: QuestionReport, hidden: HiddenReasons) -> Iterator[dict[str, Any]]:
    shown = question.problem or next((v.reason for v in question.seen), "")
    yield {
        "name": f"{question.id}: visible cases",
        "status": "failed" if shown else "passed",
        "output": shown or "passed",
        "visibility": "visible",
    }
    if hidden is HiddenReasons.NEVER:
        told, verdicts = "\n".join(question.told(hidden)), question.seen
    else:  # whoever publishes has settled that the time has come
        told, verdicts = question.reason, question.verdicts
    yield {
        "name": f"{question.id}: points",
        "score": question.points,
        "max_score": question.max_points,
        "status": "failed" if question.lost else "passed",
        "output": told or "Full points.",
        "tags": sorted({verdict.mistake for verdict in verdicts} - {""}),
        "visibility": PUBLISHED,
    }


if __name__ == "__main__":
    sys.exit(main())
