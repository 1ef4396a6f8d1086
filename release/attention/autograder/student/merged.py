"""Which cells does a notebook have after an update?"""

from __future__ import annotations

import json
from itertools import chain, count
from typing import Any

from autograder.student.manifest import Manifest, digest, source

Cell = dict[str, Any]


class Merge:
    """A student's notebook and a new release's, made one.

    Given cells are renewed. What a student wrote stays: answers, cells of their own,
    and given cells that they changed. `told` has a line for each of the last.
    """

    def __init__(self, mine: Cell, fresh: Cell, old: Manifest) -> None:
        self.fresh, self.old = fresh, old
        self.told: list[str] = []
        self.names = {cell["id"] for cell in fresh["cells"]}
        # The student's version of each given cell, and their own cells after it.
        self.had: dict[str, Cell] = {}
        self.behind: dict[str, list[Cell]] = {"": []}
        self.taken = set(self.names)
        place = ""
        for cell in mine["cells"]:
            name = self._name(cell)
            if name in self.names and name not in self.had:
                self.had[name], place = cell, name
                self.behind[name] = []
            elif self._changed(name, cell):
                self.behind[place].append(self._own(cell))

    def notebook(self) -> bytes:
        """Return the notebook as it is written to a file."""
        cells = [*self.behind[""]]
        for given in self.fresh["cells"]:
            cells += self._renewed(given)
            cells += self.behind.get(given["id"], [])
        made = {**self.fresh, "cells": cells}
        return (json.dumps(made, indent=1, ensure_ascii=False) + "\n").encode()

    def _name(self, cell: Cell) -> str:
        """Return which given cell this is, "" if none; some tools drop the ids."""
        metadata = cell["metadata"]
        mark = metadata.get("nbgrader", {}).get("grade_id")
        for given in self.fresh["cells"]:
            if mark and given["metadata"].get("nbgrader", {}).get("grade_id") == mark:
                return str(given["id"])
        name = str(cell.get("id") or metadata.get("id") or "")
        if name in self.names or name in self.old.cells:
            return name
        text = digest(source(cell).encode())
        same = (known for known, was in self.old.cells.items() if was == text)
        return next(same, "")

    def _changed(self, name: str, cell: Cell) -> bool:
        """Return whether a cell is not as it was given."""
        return digest(source(cell).encode()) != self.old.cells.get(name)

    def _renewed(self, given: Cell) -> list[Cell]:
        """Return the cells that replace a given cell."""
        name = str(given["id"])
        had = self.had.get(name)
        if had is None:
            return [given]
        kept = {**had, "id": given["id"], "metadata": given["metadata"]}
        if source(had) == source(given):
            return [kept]
        if not self._changed(name, had) or not source(had).strip():
            return [given]
        mark = given["metadata"].get("nbgrader", {})
        given_again = not mark.get("grade") and not self._changed(name, given)
        if mark.get("solution") or given_again:
            return [kept]
        if name not in self.old.cells:  # it is unknown who changed it
            return [given]
        self.told.append(
            f"You had changed the cell '{name}', and so has the course: the new one "
            "stands in its place, and yours right behind it."
        )
        return [given, self._own(had)]

    def _own(self, cell: Cell) -> Cell:
        """Return a cell as the student's own, under an unused name."""
        name = str(cell.get("id") or "own")[:50]
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        free = next(each for each in names if each not in self.taken)
        self.taken.add(free)
        metadata = {k: v for k, v in cell["metadata"].items() if k != "nbgrader"}
        return {**cell, "id": free, "metadata": metadata}
