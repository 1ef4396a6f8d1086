"""How does a platform's archive become submitted/<student>/<assignment>/?

Each student's upload is read by itself: what is wrong with one stays with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.nbgrader_steps.course_folder import is_name
from autograder.nbgrader_steps.lock import locked
from autograder.nbgrader_steps.people import Person, read_people, submitted_folder
from autograder.platforms.archives import shown
from autograder.platforms.hand_in import HandIn, gather
from autograder.platforms.names import Label, person_of
from autograder.platforms.placed import place
from autograder.platforms.uploads import Upload, read_uploads
from autograder.student.assignment import load

MOST_TOLD = 20  # lines on what one student's upload held besides


@dataclass
class CollectedRow:
    """What became of one student's uploads."""

    student: str
    made: HandIn
    became: str
    notes: list[str] = field(default_factory=list)


@dataclass
class Collected:
    """What `collect` did: a row for each student, and what belongs to nobody."""

    rows: list[CollectedRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """Return the table that is printed."""
        wide = max([12, *(len(row.student) for row in self.rows)])
        found = []
        for row in sorted(self.rows, key=lambda row: row.student):
            files = ": ".join(
                filter(None, [row.became, ", ".join(sorted(row.made.files))])
            )
            found.append(f"{row.student:<{wide}}  {files}")
            indent = " " * wide
            if row.made.missing:
                found.append(f"{indent}  missing: {', '.join(row.made.missing)}")
            left = row.made.left_out
            found += [f"{indent}  left out: {text}" for text in left[:MOST_TOLD]]
            if len(left) > MOST_TOLD:
                found.append(f"{indent}  and {len(left) - MOST_TOLD} more are left out")
            found += [f"{indent}  note: {text}" for text in row.notes]
        found += self.problems
        if self.absent:
            found.append(f"handed in nothing ({len(self.absent)}):")
            found += [f"  {name}" for name in self.absent]
        number = len(self.rows)
        who = f"{number} student{'s' * (number != 1)}"
        found.append(f"{who} in what was collected")
        return found


def collect(
    root: Path,
    assignment: str,
    paths: Sequence[Path],
    *,
    zone: tzinfo = UTC,
    force: bool = False,
) -> Collected:
    """Write the submissions in these archives, files and folders; say what was done.

    Times without a zone are in `zone`. With `force`, an older attempt replaces a newer
    one. Raises ModuleNotFoundError for an unknown assignment, RuntimeError if a path
    or the gradebook cannot be read.
    """
    modules, done = load(root, assignment).modules, Collected()
    people, submitted = read_people(root), submitted_folder(root)
    with locked(root), ExitStack() as stack:
        uploads = read_uploads(paths, assignment, people, zone, stack, done.problems)
        for student, own in _by_student(uploads, people, done.problems).items():
            row = _one(student, own, assignment, modules)
            if people and student not in {p.id for p in people}:
                row.notes.append("not in the gradebook: see autograder roster")
            if row.made.files:
                label = max(own, key=lambda upload: upload.age).label
                target = submitted / student / assignment
                row.became = _became(target, row.made, label, force)
            done.rows.append(row)
    left = [p for p in people if not (submitted / p.id / assignment).is_dir()]
    done.absent = [shown(f"{p.id}  {p.first} {p.last}".rstrip()) for p in left]
    return done


def _became(target: Path, made: HandIn, label: Label, force: bool) -> str:
    try:
        return place(target, made.files, label, force)
    except OSError as error:
        return f"not written ({error.strerror}), found"


def collect_folder(root: Path, assignment: str, folder: Path, force: bool) -> list[str]:
    """Collect all that lies in a folder, for `nbgrader zip_collect`."""
    return collect(root, assignment, [folder], force=force).lines()


def zone_of(name: str) -> tzinfo:
    """Return the time zone of that name; RuntimeError if there is none."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise RuntimeError(
            f"no time zone is called {name!a}: Europe/Paris is"
        ) from None


def _by_student(
    uploads: Sequence[Upload], people: Sequence[Person], problems: list[str]
) -> dict[str, list[Upload]]:
    """Return the uploads of each student, under the name of their folder."""
    numbers: dict[str, set[str]] = {}
    for upload in uploads:
        numbers.setdefault(upload.label.name, set()).add(upload.label.number)
    found: dict[str, list[Upload]] = {}
    for upload in uploads:
        label = upload.label
        person = person_of(label, people)
        name = person.id if person else label.name
        if person is None and len(numbers[label.name]) > 1:
            # Two people of one name: the platform's number tells them apart.
            name = f"{label.name} {label.number}"
        if is_name(name):
            found.setdefault(name, []).append(upload)
        else:
            problems.append(f"{upload.source}: {shown(name)} is no name for a student")
    return found


def _one(
    student: str, uploads: list[Upload], assignment: str, modules: Sequence[str]
) -> CollectedRow:
    """Return what is in the newest attempt of a student; the others are named."""
    files = [upload for upload in uploads if not upload.label.details]
    chosen, older = _newest(files)
    made = gather([upload.member for upload in chosen], assignment, modules)
    row = CollectedRow(student, made, "nothing usable")
    if not files and uploads:
        row.notes.append("only text typed on the platform, no file")
    for upload in older:
        row.notes.append(f"an older attempt is left: {upload.source}")
    if any(upload.label.late for upload in chosen):
        row.notes.append("marked late by the platform, which gives no time")
    return row


def _newest(uploads: list[Upload]) -> tuple[list[Upload], list[Upload]]:
    """Return the uploads of the last attempt, and those that it replaces."""
    latest: dict[tuple[str, ...], Upload] = {}
    for upload in sorted(uploads, key=lambda upload: upload.age):
        latest[upload.key] = upload
    chosen = list(latest.values())
    if any(upload.label.time for upload in uploads):
        last = max(upload.age for upload in uploads)
        chosen = [upload for upload in uploads if upload.age == last]
    return chosen, [upload for upload in uploads if upload not in chosen]
