"""When was something handed in? Reads the forms of a date that mean one moment.

A date library tries to make sense of anything, and looks for a time zone's name
among files. Here only the patterns below count, and nothing is opened: ISO 8601
(`2026-11-20 11:22:33 +0200`), RFC 2822 (`Fri, 20 Nov 2026 11:22:33 +0200`), and the
form of Blackboard's archives. A date without a zone is in UTC, as nbgrader writes it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

ZONE = r"(?P<zone>Z|UTC|GMT|UT|[+-][0-9]{2}(?::?[0-5][0-9])?)"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
ISO = re.compile(
    rf"(?P<clock>{DAY}[T ][0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:[.,][0-9]{{1,9}})?)?"
    rf"|[0-9]{{8}}T[0-9]{{6}}) ?{ZONE}?"
)
HALVES = re.compile(
    rf"(?P<clock>{DAY} [0-9]{{1,2}}:[0-9]{{2}}(?P<second>:[0-9]{{2}})? [AP]M)"
    rf"(?: {ZONE})?"
)
MAIL = re.compile(
    r"(?P<clock>(?:(?P<weekday>[A-Z][a-z]{2}), )?[0-9]{1,2} [A-Z][a-z]{2} [0-9]{4} "
    rf"[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?) {ZONE}"
)
EARLIEST, LATEST = 1990, 2100
LONGEST = 80


def parse(text: str) -> datetime | None:
    """Return the moment that `text` means, in UTC and without a zone, or None."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    try:
        moment = _moment(text)
        if moment is None or not EARLIEST <= moment.year <= LATEST:
            return None
        return moment.astimezone(UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None


def _moment(text: str) -> datetime | None:
    """Return a moment with its zone; ValueError if no calendar or clock has it."""
    if found := ISO.fullmatch(text):
        return datetime.fromisoformat(found["clock"] + _offset(found))
    if found := HALVES.fullmatch(text):
        form = f"%Y-%m-%d %I:%M{':%S' if found['second'] else ''} %p%z"
        return datetime.strptime(found["clock"] + _offset(found), form)
    if found := MAIL.fullmatch(text):
        moment = parsedate_to_datetime(f"{found['clock']} {_offset(found)}")
        if found["weekday"] in (None, format_datetime(moment)[:3]):
            return moment
    return None


def _offset(found: re.Match[str]) -> str:
    """Return a date's offset from UTC, written like +0200."""
    zone = found["zone"] or "UTC"
    return zone.replace(":", "").ljust(5, "0") if zone[0] in "+-" else "+0000"


def parse_attempt(text: str) -> datetime | None:
    """Return the moment of Blackboard's `2026-11-20-11-22-33`, or None."""
    found = re.fullmatch(rf"({DAY})-([0-9]{{2}})-([0-9]{{2}})-([0-9]{{2}})", text)
    return parse(f"{found[1]} {found[2]}:{found[3]}:{found[4]}") if found else None


def decode(data: bytes) -> str:
    """Return the text of a small file; a byte order mark is dropped."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if wide else "utf-8-sig", errors="replace")


def written(moment: datetime) -> str:
    """Return a moment in UTC as nbgrader writes and reads it."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC"
