"""Whose is a file, by the name that a learning platform gave it?

The platform's own name alone decides. What a student called their files and folders
is read only where it says which file it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from autograder.nbgrader_steps.dates import parse_attempt
from autograder.nbgrader_steps.people import Person
from autograder.platforms.archives import Path, stem_of

# A student's own name of a file, the last part, may hold anything: (?s) a new line too.
# lastnamefirst_LATE_12345_678901_mlp-1.zip
CANVAS = re.compile(
    r"(?s)(?P<name>[^_/]+)_(?P<late>LATE_)?(?P<number>\d+)_(?P<upload>\d+)_(?P<file>.+)"
)
# First Last_12345_assignsubmission_file_/mlp.zip, or the same in one name
MOODLE = re.compile(
    r"(?s)(?P<name>[^/]+)_(?P<number>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?"
    r"(?P<file>.*)"
)
# mlp_user_attempt_2026-11-20-11-22-33_mlp.zip, and a .txt without the last part
BLACKBOARD = re.compile(
    r"(?s)(?P<head>.+)_attempt_(?P<time>\d{4}(?:-\d{2}){5})(?:_(?P<file>.+)|\.txt)"
)
MOODLES = "Moodle"
AGAIN = re.compile(r"(?P<base>.+?)(?:-(?P<n>\d{1,3})| \((?P<m>\d{1,3})\))")


@dataclass(frozen=True)
class Label:
    """What a platform's name says of an upload.

    `name` is as the platform writes it, `number` its id of the person; `path` is the
    file within the person's hand-in. Of two attempts the one with the larger `order`
    is newer, if both come from the same platform. `details` is the platform's own.
    """

    platform: str
    name: str
    path: Path
    number: str = ""
    time: datetime | None = None
    order: int = 0
    late: bool = False
    details: bool = False


def recognise(
    path: Path, assignment: str, people: Sequence[Person] = (), zone: tzinfo = UTC
) -> Label | None:
    """Return what a platform's name says; None if it is no platform's."""
    first, rest = path[0], path[1:]
    moodle = MOODLE.fullmatch(first)
    if moodle:
        inside = (moodle["file"],) if moodle["file"] and not rest else rest
        online = moodle["kind"] == "onlinetext"
        label = Label(MOODLES, moodle["name"], inside, moodle["number"])
        return replace(label, details=online or not inside)
    if rest:
        return None
    attempt = BLACKBOARD.fullmatch(first)
    if attempt:
        return _attempt(attempt, assignment, people, zone)
    canvas = CANVAS.fullmatch(first)
    if canvas:
        return _canvas(canvas)
    return None


def _canvas(match: re.Match[str]) -> Label:
    file, again = numbered(match["file"])
    return Label(
        "Canvas",
        match["name"],
        (file,),
        match["number"],
        order=again * 10**12 + int(match["upload"][:12]),
        late=bool(match["late"]),
    )


def _attempt(
    match: re.Match[str], assignment: str, people: Sequence[Person], zone: tzinfo
) -> Label | None:
    head = match["head"]
    moment = parse_attempt(match["time"])
    if moment is None:
        return None
    moment = moment.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    known = [p.id for p in people if head.endswith(f"_{p.id}")]
    own = head.removeprefix(f"{assignment}_") if head.startswith(assignment) else ""
    user = max(known, key=len, default=own or head.rpartition("_")[2])
    path = (match["file"],) if match["file"] else ()
    order = int(moment.timestamp())
    label = Label("Blackboard", user, path, user, moment, order)
    return replace(label, details=not path)


def numbered(file: str) -> tuple[str, int]:
    """Return a file's name without the number of a resubmission, and the number."""
    dot = file.find(".", 1)
    stem, end = (file[:dot], file[dot:]) if dot > 0 else (file, "")
    again = AGAIN.fullmatch(stem)
    if not again:
        return file, 0
    return again["base"] + end, int(again["n"] or again["m"])


def plain(name: str, assignment: str, known: set[str]) -> Label:
    """Return whose an archive is that is simply called by a student's name."""
    stem = stem_of(name) or name
    base, again = numbered(stem)
    if again and base in known and stem not in known:
        return Label("", base, (name,), base, order=again)
    ends = [(f"{assignment}{mark}", f"{mark}{assignment}") for mark in "_-"]
    cuts = [t for a, b in ends for t in (stem.removeprefix(a), stem.removesuffix(b))]
    own = next((cut for cut in cuts if cut != stem and stem not in known), stem)
    return Label("", own, (name,), own)


def person_of(label: Label, people: Sequence[Person]) -> Person | None:
    """Return who of the roster is meant; None if nobody is, or more than one."""
    ways = (
        lambda p: label.number and label.number in {p.id, p.lms},
        lambda p: label.name == p.id,
        lambda p: squashed(label.name) in {squashed(n) for n in p.spellings()},
    )
    for way in ways:
        found = [person for person in people if way(person)]
        if len(found) == 1:
            return found[0]
    return None


def squashed(name: str) -> str:
    """Return the letters and digits of a name, as Canvas writes them into names."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
