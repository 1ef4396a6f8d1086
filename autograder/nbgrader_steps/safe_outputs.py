"""What is kept of the outputs of a student's cells? Text and pictures, bounded."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.nbgrader_steps.inert import clean, joined

MOST_TEXT = 64 << 10  # of one cell's source, and of one cell's outputs
MOST_OUTPUTS = 50  # of one cell
MOST_IMAGE = 2 << 20
MOST_PIXELS = 25_000_000
# The start of a frame in a JPEG, up to its height and width.
JPEG_FRAME = re.compile(
    b"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]...(..)(..)", re.DOTALL
)
LEFT_OUT = "(more outputs are left out)"
Output = dict[str, Any]


@dataclass
class Allowance:
    """What may still be kept of a notebook."""

    texts: int = 2 << 20
    markdown: int = 48 << 10
    outputs: int = 1_000
    images: int = 100
    image_bytes: int = 3 << 20

    def take_text(self, text: str) -> str:
        """Return as much of `text` as may be kept."""
        text = text[: max(self.texts, 0)]
        self.texts -= len(text)
        return text


def safe_outputs(value: object, budget: Allowance) -> Iterator[Output]:
    """Yield the text and the images of outputs, and nothing else of them."""
    rows = value if isinstance(value, list) else []
    left = MOST_TEXT
    for number, row in enumerate(rows):
        if number == MOST_OUTPUTS or budget.outputs == 0:
            yield _stream(LEFT_OUT)
            return
        if not isinstance(row, dict):
            continue
        budget.outputs -= 1
        data = row.get("data")
        rich = data if isinstance(data, dict) else {}
        text = joined(row.get("text")) or joined(rich.get("text/plain")) or _error(row)
        text = budget.take_text(clean(text[:left]))
        left -= len(text)
        image = safe_image(rich, budget)
        if image:
            yield {
                "output_type": "display_data",
                "metadata": {},
                "data": {**image, "text/plain": text},
            }
        elif text:
            yield _stream(text)


def _stream(text: str) -> Output:
    return {"output_type": "stream", "name": "stdout", "text": text}


def _error(row: Mapping[str, Any]) -> str:
    if row.get("output_type") != "error":
        return ""
    return f"{joined(row.get('ename'))}: {joined(row.get('evalue'))}\n"


def safe_image(data: Mapping[str, Any], budget: Allowance) -> dict[str, str]:
    """Return a PNG or JPEG that is one by its first bytes, or nothing."""
    for kind, magic in (("image/png", b"\x89PNG\r\n"), ("image/jpeg", b"\xff\xd8\xff")):
        encoded = joined(data.get(kind))
        size = len(encoded)
        if not 0 < size <= min(MOST_IMAGE, budget.image_bytes) or budget.images == 0:
            continue
        try:
            image = base64.b64decode("".join(encoded.split()), validate=True)
        except (binascii.Error, ValueError):
            continue
        if image.startswith(magic) and 0 < _pixels(image) <= MOST_PIXELS:
            budget.images -= 1
            budget.image_bytes -= size
            return {kind: base64.b64encode(image).decode()}
    return {}


def _pixels(image: bytes) -> int:
    """Return how many pixels a browser would make of a PNG or JPEG."""
    sides = [(image[20:24], image[16:20])]
    if image.startswith(b"\xff"):
        sides = JPEG_FRAME.findall(image)
    areas = [int.from_bytes(h) * int.from_bytes(w) for h, w in sides]
    return max(areas, default=0)
