"""What is in a CSV file of a platform or of a spreadsheet? All of it, or one reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 16 << 20
WIDE = (b"\xff\xfe", b"\xfe\xff")  # how a file in UTF-16 begins

Row = list[str]


@dataclass(frozen=True)
class CsvFile:
    """Rows that are not empty, the line on which each begins, and what parts cells."""

    rows: list[Row]
    lines: list[int]
    mark: str = ","

    @property
    def heads(self) -> Row:
        """The names of the columns, in small letters."""
        return [head.strip().lower() for head in self.rows[0]] if self.rows else []


def read_csv(path: Path) -> CsvFile:
    """Return what is in a CSV file, whatever parts its columns.

    Raises RuntimeError, in one line, if it cannot be read.
    """
    text = _text(path)
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
    return CsvFile(rows, lines, mark)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise RuntimeError(f"{path.name} has more than {MOST_BYTES >> 20} MiB")
        data = path.read_bytes()
        return data.decode("utf-16" if data.startswith(WIDE) else "utf-8-sig")
    except OSError as error:
        raise RuntimeError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise RuntimeError(f"{path.name} is not in UTF-8: save it so") from None


def written(rows: Iterable[Sequence[str]], mark: str = ",") -> str:
    """Return rows as CSV, each cell quoted where it must be."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
