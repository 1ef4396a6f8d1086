"""When did each hand in at Moodle? Its archives do not say; its worksheet does."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from autograder.platforms.csv_file import read_csv

WHO, WHEN = "identifier", "last modified (submission)"
# As Moodle writes a moment in English, for the world and for the United States.
FORMS = ("%A, %d %B %Y, %I:%M %p", "%A, %B %d, %Y, %I:%M %p", "%A, %d %B %Y, %H:%M")
EXAMPLE = "Friday, 20 November 2026, 11:22 PM"
NEVER = ("", "-")


def read_times(
    path: Path, zone: tzinfo, problems: list[str]
) -> dict[str, datetime] | None:
    """Return the moments, in UTC, by the participants' numbers; None for another file.

    `zone` is that of the moments. What cannot be read is told in `problems`, in lines.
    """
    try:
        file = read_csv(path)
    except RuntimeError as error:
        problems.append(str(error))
        return None
    if not {WHO, WHEN} <= set(file.heads):
        problems.append(
            f"{path.name} is not collected: expected Moodle's grading worksheet, in "
            "English, with columns 'Identifier' and 'Last modified (submission)'"
        )
        return None
    found = {}
    for line, cells in zip(file.lines[1:], file.rows[1:], strict=True):
        row = dict(zip(file.heads, cells, strict=False))
        text = " ".join(row.get(WHEN, "").split())
        moment = _moment(text, zone)
        if moment is not None:
            found[row[WHO].removeprefix("Participant").strip()] = moment
        elif text not in NEVER:
            where = f"{path.name}, line {line}"
            problems.append(f"{where}: {text!a} is no date like '{EXAMPLE}'")
    return found


def _moment(text: str, zone: tzinfo) -> datetime | None:
    for form in FORMS:
        with suppress(ValueError, OverflowError):
            moment = datetime.strptime(text, form).replace(tzinfo=zone)
            return moment.astimezone(UTC).replace(tzinfo=None)
    return None
