"""When was something handed in? Reads the forms of a date that mean one moment.

A date library tries to make sense of anything, and looks for a time zone's name
among files. Here only the patterns below count, and nothing is opened: ISO 8601
(`2026-11-20 11:22:33 +0200`), RFC 2822 (`Fri, 20 Nov 2026 11:22:33 +0200`), and the
form of Blackboard's archives. A date without a zone is in UTC, as nbgrader writes it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

DAY = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
SECOND = r"(?P<second>[0-9]{2})"
FRACTION = r"(?:[.,](?P<fraction>[0-9]{1,9}))?"
CLOCK = rf"(?P<hour>[0-9]{{2}}):(?P<minute>[0-9]{{2}})(?::{SECOND}{FRACTION})?"
HALVES = rf"(?P<hour>[0-9]{{1,2}}):(?P<minute>[0-9]{{2}})(?::{SECOND})? (?P<half>[AP]M)"
ZONE = r"(?P<zone>Z|UTC|GMT|UT|[+-][0-9]{2}(?::?[0-9]{2})?)"
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = (
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
)
FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        rf"{DAY}[T ]{CLOCK} ?{ZONE}?",
        rf"{DAY} {HALVES}(?: {ZONE})?",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
        rf"T(?P<hour>[0-9]{{2}})(?P<minute>[0-9]{{2}}){SECOND}{ZONE}?",
        rf"(?:(?P<weekday>{'|'.join(WEEKDAYS)}), )?(?P<day>[0-9]{{1,2}}) "
        rf"(?P<name>{'|'.join(MONTHS)}) (?P<year>[0-9]{{4}}) {CLOCK} {ZONE}",
    )
)
# As Blackboard writes it into the names of files, and nobody else.
ATTEMPT = re.compile(
    rf"{DAY}-(?P<hour>[0-9]{{2}})-(?P<minute>[0-9]{{2}})-{SECOND}",
    re.ASCII,
)
EARLIEST, LATEST = 1990, 2100
LONGEST = 80


def parse(text: str) -> datetime | None:
    """Return the moment that `text` means, in UTC and without a zone, or None."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    for form in FORMS:
        match = form.fullmatch(text)
        if match:
            return _moment(match.groupdict())
    return None


def parse_attempt(text: str) -> datetime | None:
    """Return the moment of Blackboard's `2026-11-20-11-22-33`, or None."""
    match = ATTEMPT.fullmatch(text)
    return _moment(match.groupdict()) if match else None


def decode(data: bytes) -> str:
    """Return the text of a small file; marks of byte order are no part of it."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if wide else "utf-8-sig", errors="replace")


def written(moment: datetime) -> str:
    """Return a moment in UTC as nbgrader writes and reads it."""
    return f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC"


def _moment(part: dict[str, str | None]) -> datetime | None:
    name = part.get("name")
    month = MONTHS.index(name) + 1 if name else int(part["month"] or 0)
    hour = _hour(int(part["hour"] or 0), part.get("half"))
    fraction = (part.get("fraction") or "").ljust(6, "0")[:6]
    try:
        moment = datetime(
            int(part["year"] or 0),
            month,
            int(part["day"] or 0),
            hour,
            int(part["minute"] or 0),
            int(part["second"] or 0),
            int(fraction),
            _zone(part.get("zone") or "UTC"),
        )
    except ValueError:
        return None
    weekday = part.get("weekday")
    contradicts = weekday and WEEKDAYS[moment.weekday()] != weekday
    if contradicts or not EARLIEST <= moment.year <= LATEST:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None)


def _hour(hour: int, half: str | None) -> int:
    """Return the hour of 24, or one that no day has."""
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        return 99
    return hour % 12 + (12 if half == "PM" else 0)


def _zone(text: str) -> timezone:
    """Return the offset from UTC; ValueError if it is of a day or more."""
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    if digits[2:] >= "60":
        raise ValueError(text)
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)
