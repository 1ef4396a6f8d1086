"""What does one run on Gradescope write? Its results.json, from a Report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.judging.report import HiddenReasons, QuestionReport, Report
from autograder.judging.submission import grade
from autograder.platforms.gradescope import SETTINGS
from autograder.sandbox.trusted.pool import IsolationError

HOME = Path("/autograder")
PUBLISHED = "after_published"


def main(home: Path = HOME) -> int:
    """Grade what was uploaded; return 1, and write no result, where that is unsafe."""
    root = home / "source"
    settings = json.loads((root / SETTINGS).read_text(encoding="utf-8"))
    name, level = settings["assignment"], settings["required_level"]
    try:
        report = grade(
            find_folder(home / "submission"),
            name,
            root=root,
            required_level=level,
        )
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
    yield {
        "name": f"{question.id}: visible cases",
        "status": "failed" if question.shown else "passed",
        "output": question.shown or "passed",
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
