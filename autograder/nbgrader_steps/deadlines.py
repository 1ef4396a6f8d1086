"""When is an assignment due, for whom later, and are hidden reasons told by now?

Both dates stand in nbgrader's gradebook. A change counts at the next grading:
penalties are worked out again, and nothing is judged again.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from traitlets.config import Config

from autograder.judging.report import HiddenReasons
from autograder.nbgrader_steps.course_folder import Refused, open_gradebook

EXTRA = re.compile(r"(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")


def read_date(text: str) -> datetime:
    """Return a due date in UTC: ISO 8601; without an offset, this machine's own time.

    >>> read_date("2026-11-30 23:59 +01:00").isoformat()
    '2026-11-30T22:59:00+00:00'
    """
    try:
        found = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d\d:?\d\d$|Z$)", "", text))
    except ValueError:
        raise RuntimeError(
            f"'{text}' is no date: write it like '2026-11-30 23:59 +01:00'"
        ) from None
    return found.astimezone(UTC)


def read_extra(text: str) -> timedelta:
    """Return an extra time such as "2d", "1w", "36h" or "1d12h"; "0d" is none.

    >>> read_extra("1d12h")
    datetime.timedelta(days=1, seconds=43200)
    """
    found = EXTRA.fullmatch(text)
    if not found or not any(found.groups()):
        raise RuntimeError(f"'{text}' is no extra time: write it like 2d, 1w or 1d12h")
    weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)


def set_due(root: Path, assignment: str, due: datetime | None) -> None:
    """Set when an assignment is due, for everybody; None takes the date away."""
    with open_gradebook(root, assignment) as gradebook:
        found = gradebook.find_assignment(assignment)
        found.duedate = due.astimezone(UTC).replace(tzinfo=None) if due else None
        gradebook.db.commit()


def extend(root: Path, assignment: str, student: str, extra: timedelta) -> list[str]:
    """Give a student extra time for one assignment, for "*" for each there is.

    Extra times replace each other and do not add up. Return the assignments.
    """
    with open_gradebook(root, assignment.strip("*")) as gradebook:
        try:
            gradebook.find_student(student)
        except MissingEntry:
            raise RuntimeError(
                f"the gradebook knows no student '{student}': see `autograder roster`"
            ) from None
        every = [str(a.name) for a in gradebook.assignments]
        names = every if assignment == "*" else [assignment]
        for name in names:
            # The row is made for those, too, who have not handed in yet.
            row = gradebook.update_or_create_submission(name, student)
            row.extension = extra or None
        gradebook.db.commit()
    return names


def listed(root: Path, assignment: str) -> list[str]:
    """Return lines that say when an assignment is due, and who has extra time."""
    with open_gradebook(root, assignment) as gradebook:
        due = gradebook.find_assignment(assignment).duedate
        lines = [f"{assignment} is due {due:%Y-%m-%d %H:%M} UTC" if due else
                 f"{assignment} has no due date"]  # fmt: skip
        for row in gradebook.assignment_submissions(assignment):
            if row.extension:
                until = f", until {row.duedate:%Y-%m-%d %H:%M} UTC" if due else ""
                lines.append(f"{row.student.id}: {shown(row.extension)} more{until}")
    return lines


def shown(extra: timedelta) -> str:
    """Return an extra time as `read_extra` reads it.

    >>> shown(timedelta(days=1, hours=12))
    '1d12h'
    """
    hours, minutes = divmod(extra.seconds // 60, 60)
    parts = ((extra.days, "d"), (hours, "h"), (minutes, "m"))
    return "".join(f"{number}{unit}" for number, unit in parts if number)


def chosen(settings: Config) -> HiddenReasons:
    """Return when hidden reasons are told, as c.Autograde says; Refused if unknown."""
    when = settings.get("hidden_reasons", HiddenReasons.AT_ONCE)
    try:
        return HiddenReasons(when)
    except ValueError:
        known = ", ".join(repr(str(value)) for value in HiddenReasons)
        raise Refused(
            f"c.Autograde.hidden_reasons is {when!r}: expected one of {known}"
        ) from None


def settled(settings: Config, assignment: str, gradebook: Gradebook) -> HiddenReasons:
    """Return AT_ONCE if hidden reasons are told now, else NEVER."""
    when = chosen(settings)
    if when is HiddenReasons.AFTER_PUBLISHING:
        told = assignment in settings.get("published", [])
    elif when is HiddenReasons.AFTER_DEADLINE:
        told = is_over(assignment, gradebook)
    else:
        told = when is HiddenReasons.AT_ONCE
    return HiddenReasons.AT_ONCE if told else HiddenReasons.NEVER


def is_over(assignment: str, gradebook: Gradebook) -> bool:
    """Return whether the last deadline has passed, the longest extension included.

    Who has an extension may read another's page. Without a due date it is never over.
    """
    found = gradebook.find_assignment(assignment)
    if found.duedate is None:
        return False
    extensions = [s.extension or timedelta() for s in found.submissions]
    last = found.duedate + max(extensions, default=timedelta())
    return bool(datetime.now(UTC).replace(tzinfo=None) > last)
