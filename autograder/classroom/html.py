"""The parts of a page in HTML. Whatever goes in is escaped here, and only here."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape

HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a;
  background: white; font: 16px/1.45 system-ui, sans-serif; }}
h1 {{ font-size: 1.6rem; }}
h2 {{ font-size: 1.2rem; margin: 2.2rem 0 .6rem; }}
img {{ max-width: 100%; display: block; margin: .6rem 0; }}
table {{ border-collapse: collapse; width: 100%; margin: .6rem 0 1rem; }}
th, td {{ text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0;
  border-bottom: 1px solid #ddd; max-width: 34rem; overflow-wrap: break-word; }}
th {{ font-weight: 600; }}
summary {{ cursor: pointer; }}
.none {{ color: #595959; }}
</style>
</head>
<body>"""


def head(title: str) -> Iterator[str]:
    """Yield the beginning of a page that loads nothing and runs nothing."""
    yield HEAD.format(title=escape(title))
    yield f"<h1>{escape(title)}</h1>"


def foot() -> Iterator[str]:
    yield "</body>\n</html>\n"


def section(title: str, image: tuple[bytes, str] | None = None) -> Iterator[str]:
    """Yield a heading, and a PNG that stands in the page itself with its alt text."""
    yield f"<h2>{escape(title)}</h2>"
    if image is not None:
        data, alt = b64encode(image[0]).decode("ascii"), escape(image[1])
        yield f'<img src="data:image/png;base64,{data}" alt="{alt}">'


def folded(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield a part of the page that opens at a click."""
    yield f"<details><summary>{escape(title)}</summary>"
    yield from lines
    yield "</details>"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table, or a word where there is no row."""
    lines = ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows]
    if not lines:
        yield '<p class="none">none</p>'
        return
    yield "<table>"
    if heads:
        yield "<tr>" + "".join(f"<th>{escape(word)}</th>" for word in heads) + "</tr>"
    yield from (f"<tr>{line}</tr>" for line in lines)
    yield "</table>"
