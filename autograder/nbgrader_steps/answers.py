"""What is kept of a written answer? Its text, its formulas, and its own pictures.

A picture that was pasted into a cell lies in the cell's attachments. It is kept if it
is a PNG or a JPEG, under a name of our own; every other image stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from autograder.nbgrader_steps.inert import clean, inert, joined, preformatted
from autograder.nbgrader_steps.safe_outputs import MOST_TEXT, Allowance, safe_image

MOST_MARKDOWN = 8 << 10  # of one cell; what is longer is shown as it was typed
MOST_PICTURES = 10  # of one answer
PASTED = re.compile(r"!\[[^\]\n]{0,200}\]\(attachment:([^()\s]{1,200})\)")


def answer(cell: Mapping[str, Any], budget: Allowance) -> dict[str, Any]:
    """Return source and attachments of a cell with a student's written answer."""
    text = budget.take_text(clean(joined(cell.get("source"))[:MOST_TEXT]))
    if _too_long(text, budget):
        return {"source": preformatted(inert(text))}
    attached = cell.get("attachments")
    given = attached if isinstance(attached, dict) else {}
    kept: dict[str, dict[str, str]] = {}
    # Every second part is the name of a picture.
    parts = PASTED.split(text)
    for at, part in enumerate(parts):
        picture = {}
        if at % 2 and len(kept) < MOST_PICTURES and isinstance(given.get(part), dict):
            picture = safe_image(given[part], budget)
        if picture:
            name = f"picture-{len(kept) + 1}"
            kept[name] = picture
            parts[at] = f"![A picture of the answer](attachment:{name})"
        elif at % 2:
            parts[at] = f"(a picture that cannot be shown: {inert(part)})"
        else:
            parts[at] = inert(part)
    source = "".join(parts)
    return {"source": source, "attachments": kept} if kept else {"source": source}


def markdown(text: str, budget: Allowance) -> str:
    """Return a student's Markdown without what acts, or as it was typed if long."""
    return preformatted(inert(text)) if _too_long(text, budget) else inert(text)


def _too_long(text: str, budget: Allowance) -> bool:
    budget.markdown -= len(text)
    return len(text) > MOST_MARKDOWN or budget.markdown < 0
