"""What of timestamp.txt and submission_secret.txt reaches nbgrader?

nbgrader's own date parser never sees a student's text: wherever nbgrader would read
a date that came with a submission, the strict parser of `dates` stands. A date that
cannot be read counts as none, and one student's never stops another.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partialmethod
from pathlib import Path
from typing import Any

import nbgrader.apps.zipcollectapp
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import default as ex

from autograder.judging.handed_in import STAMP, STAMP_LIMIT
from autograder.judging.regular_files import FileReader, Problem
from autograder.nbgrader_steps.dates import decode, parse, parse_attempt
from autograder.nbgrader_steps.lock import locked

SECRET = re.compile(rb"[!-~]{8,1000}")
# What a submission has when the name of its folder in the exchange holds no date.
OLDEST = datetime(1990, 1, 1)
# How nbgrader's exchange copies from and to the folders of a course.
KINDS = ex.ExchangeCollect, ex.ExchangeReleaseAssignment, ex.ExchangeReleaseFeedback
COPIES = {kind: kind.copy_files for kind in KINDS}


def read_stamp(
    folder: Path, inside: tuple[str, ...], course: Path, name: str = STAMP
) -> bytes | Problem:
    """Return what timestamp.txt of a submission holds, or the exchange's other file."""
    return FileReader(folder, inside, course).read((name,), STAMP_LIMIT)


def handed_in_at(data: bytes | Problem) -> tuple[datetime | None, str]:
    """Return when something was handed in, in UTC, and what is odd about the date."""
    if isinstance(data, Problem):
        return None, "" if "is missing" in data.text else data.text
    moment = parse(decode(data))
    if moment:
        return moment, ""
    text = ascii(decode(data).strip()[:60])
    return None, (
        f"timestamp.txt holds {text}, no date as in 2026-11-20 11:22:33 UTC: "
        "taken as handed in on time"
    )


def carry_secret(data: bytes | Problem, folder: Path) -> None:
    """Write the exchange's secret where `release_feedback` will look for it."""
    if isinstance(data, bytes) and SECRET.fullmatch(data.strip()):
        (folder / "submission_secret.txt").write_bytes(data.strip())


def strict_parse(moment: datetime | str | None) -> datetime | None:
    """Return what nbgrader's parse_utc would, for our own forms of a date only."""
    if not isinstance(moment, str):
        return moment
    found = parse(moment) or parse_attempt(moment)
    if found is None:
        raise ValueError(f"no date as in 2026-11-20 11:22:33 UTC: {moment[:60]!a}")
    return found


def existing_timestamp(coursedir: CourseDirectory, folder: str) -> datetime | None:
    """Return when a folder was handed in; None if its timestamp does not say."""
    path = Path(coursedir.root, folder)
    data = read_stamp(path.parent.parent, path.parts[-2:], Path(coursedir.root))
    moment, odd = handed_in_at(data)
    if odd and isinstance(data, bytes):
        coursedir.log.warning("%s: %s", path, odd)
    return moment


def submitted_timestamp(
    api: NbGraderAPI, assignment_id: str, student_id: str
) -> datetime | None:
    """Return when something was handed in, for formgrader's lists."""
    root = Path(api.coursedir.root)
    submitted = root / api.coursedir.submitted_directory
    return handed_in_at(read_stamp(submitted, (student_id, assignment_id), root))[0]


def record(collect: Any, path: str) -> dict[str, Any]:
    """Return the student and the time that a folder's name in the exchange holds."""
    name = Path(path).name
    parts = name.rsplit("+", 3)
    moment = parse(parts[2])
    if moment is None:
        collect.log.error("%a: its name holds no date, so it counts as oldest", name)
    return {"username": parts[0], "filename": name, "timestamp": moment or OLDEST}


def alone(exchange: Any, copy: Callable[[Any], None]) -> None:
    """Let nobody read, or put in place, what is half copied."""
    with locked(Path(exchange.coursedir.root)):
        copy(exchange)


def install() -> None:
    """Let nbgrader read the dates of submissions through this file."""
    for kind, copy in COPIES.items():
        kind.copy_files = partialmethod(alone, copy=copy)
    nbgrader.apps.zipcollectapp.parse_utc = strict_parse
    ex.ExchangeCollect._path_to_record = record
    CourseDirectory.get_existing_timestamp = existing_timestamp
    NbGraderAPI.get_submitted_timestamp = submitted_timestamp
