"""Marks and comments given by hand, through the API behind formgrader's page."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.lab import TOKEN, lab


class Formgrader:
    """What formgrader's page asks and tells a running JupyterLab."""

    def __init__(self, address: str) -> None:
        self.api = address.partition("lab/tree")[0] + "formgrader/api/"

    def asks(self, path: str, told: Mapping[str, object] | None = None) -> Any:
        request = urllib.request.Request(
            self.api + path,
            data=None if told is None else json.dumps(told).encode(),
            method="GET" if told is None else "PUT",
            headers={"Authorization": f"token {TOKEN}"},
        )
        with urllib.request.urlopen(request, timeout=600) as answer:
            return json.load(answer)

    def gives(self, grade: Mapping[str, Any], points: float) -> None:
        kept = self.asks(f"grade/{grade['id']}", {"manual_score": points})
        assert kept["manual_score"] == points

    def comments(self, notebook: str, cell: str, text: str) -> None:
        rows = self.asks(f"comments?submission_id={notebook}")
        [row] = [row for row in rows if row["name"] == cell]
        self.asks(f"comment/{row['id']}", {"manual_comment": text})


def mark(
    course: Path,
    home: Path,
    points: Mapping[str, Mapping[str, float]],
    comments: Mapping[str, Mapping[str, str]],
) -> list[str]:
    """Give points and comments, by student and cell; return who waited for them."""
    home.mkdir()
    with lab(course, home) as address:
        page = Formgrader(address)
        rows = page.asks("submitted_notebooks/mlp/mlp")
        for row in rows:
            grades = page.asks(f"grades?submission_id={row['id']}")
            for grade in grades:
                if grade["name"] in points.get(row["student"], {}):
                    page.gives(grade, points[row["student"]][grade["name"]])
            for cell, text in comments.get(row["student"], {}).items():
                page.comments(row["id"], cell, text)
        return sorted(row["student"] for row in rows if row["needs_manual_grade"])
