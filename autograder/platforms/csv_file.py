"""What is in a CSV file of a platform or of a spreadsheet? All of it, or one reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

MOST_BYTES = 16 << 20
WIDE = ("\ufeff".encode("utf-16-le"), "\ufeff".encode("utf-16-be"))
# How a file is written that a spreadsheet is to read as UTF-8.
MARKED = "utf-8-sig"
# What Moodle's grading worksheet has of each hand-in: its archives have no times.
WHO, WHEN = "identifier", "last modified (submission)"
# As Moodle writes a moment in English, for the world and for the United States.
FORMS = ("%A, %d %B %Y, %I:%M %p", "%A, %B %d, %Y, %I:%M %p", "%A, %d %B %Y, %H:%M")
EXAMPLE = "Friday, 20 November 2026, 11:22 PM"
NEVER = ("", "-")

Row = list[str]


@dataclass(frozen=True)
class CsvFile:
    """Rows that are not empty, with the line on which each begins.

    `mark` is between cells, `ends` at the end of a line.
    """

    rows: list[Row]
    lines: list[int]
    mark: str = ","
    ends: str = "\r\n"
    encoding: str = MARKED

    @property
    def heads(self) -> Row:
        """The names of the columns, in small letters."""
        return [head.strip().lower() for head in self.rows[0]] if self.rows else []

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row below the head: its line, and its cells by column."""
        heads = self.heads
        for line, row in zip(self.lines[1:], self.rows[1:], strict=True):
            yield line, dict(zip(heads, row, strict=False))


def read_csv(path: Path) -> CsvFile:
    """Return what is in a CSV file, whatever is between its columns.

    Raises RuntimeError, in one line, if it cannot be read.
    """
    text, encoding = _text(path)
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    rows, lines, line = [], [], 1
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error:
        raise RuntimeError(
            f"{path.name}, line {line}: a quote opens a cell and does not end with "
            'it: close it, and write "" for a quote inside a cell'
        ) from None
    return CsvFile(rows, lines, mark, "\r\n" if "\r" in first else "\n", encoding)


def _text(path: Path) -> tuple[str, str]:
    """Return the text of a file, and the encoding in which to give it back."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RuntimeError(f"{path.name} has more than {MOST_BYTES >> 20} MiB")
        data = path.read_bytes()
        marked = data.startswith((*WIDE, "\ufeff".encode()))
        text = data.decode("utf-16" if data.startswith(WIDE) else MARKED)
        return text, MARKED if marked else "utf-8"
    except OSError as error:
        raise RuntimeError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise RuntimeError(f"{path.name} is not in UTF-8: save it so") from None


def written(rows: Iterable[Sequence[str]], mark: str = ",", ends: str = "\r\n") -> str:
    """Return rows as CSV, each cell quoted where it must be."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=ends).writerows(rows)
    return out.getvalue()


def read_times(path: Path, zone: tzinfo, problems: list[str]) -> dict[str, datetime]:
    """Return when each handed in at Moodle, in UTC, by the participants' numbers.

    `zone` is that of the worksheet's moments. What cannot be read, or is another file,
    is told in `problems`, in lines.
    """
    try:
        file = read_csv(path)
    except RuntimeError as error:
        problems.append(str(error))
        return {}
    if not {WHO, WHEN} <= set(file.heads):
        problems.append(
            f"{path.name} is not collected: expected Moodle's grading worksheet, in "
            "English, with columns 'Identifier' and 'Last modified (submission)'"
        )
        return {}
    found = {}
    for line, row in file.records():
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
