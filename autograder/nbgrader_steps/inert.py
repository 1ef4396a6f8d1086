"""Which text of a student may stand on a page? Text in which nothing acts."""

from __future__ import annotations

import re

# Control characters but tab and newline, what turns the direction of text around,
# and halves of characters that cannot be written to a file.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
ANSI = re.compile("\x1b\\[[0-9;]*m")
# Where HTML, an image, a link or an address begins in Markdown, and what gives TeX
# links, styles or new commands. A mark of no width behind it makes it text.
ACTIVE = re.compile(
    r"(<|!(?=\[)|\](?=[(\[:])"
    r"|\\(?=href|url|require|[egx]?def|let|newcommand|renewcommand|newenvironment"
    r"|renewenvironment|class|cssId|style|html|data|mmlToken|unicode|bbox|toggle|tip"
    r"|texttip|mathtip|includegraphics|csname|catcode)"
    r"|(?:script|data|file|mailto)(?=\s*:)|:(?=//)|www(?=\.)|@(?=\w)|m(?=ermaid))",
    re.IGNORECASE,
)
NO_WIDTH = "\u2060"


def clean(text: str) -> str:
    """Return `text` without characters that a terminal or browser would act on."""
    return UNSAFE.sub("\ufffd", ANSI.sub("", text))


def inert(markdown: str) -> str:
    """Return Markdown in which no HTML, link, image or active formula is left."""
    return ACTIVE.sub(rf"\1{NO_WIDTH}", markdown)


def preformatted(text: str) -> str:
    """Return Markdown that shows `text` letter by letter."""
    # An indented block has no mark at its end, so no text can leave it.
    return "\n".join(f"    {line}" for line in text.split("\n"))


def joined(value: object) -> str:
    """Return a notebook's text, which may be a string or a list of strings."""
    if isinstance(value, list):
        return "".join(part for part in value if isinstance(part, str))
    return value if isinstance(value, str) else ""
