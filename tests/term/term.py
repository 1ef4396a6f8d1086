"""A term that is played: what people do between the commands, and what must be true."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.term.console import Typed, typed
from tests.term.handed_in import HandedIn
from tests.term.people import canvas_gradebook, moodle_worksheet

# It was wrong to ask this: forward is for a batch of rows.
WRONG_CASE = (
    '    case("linear_forward", "one row without a batch", **LINEAR, x=normal(3)),\n'
)


class Term:
    """A course folder in which a document's commands are typed one after the other."""

    def __init__(self, course: Path) -> None:
        self.course = course
        self.problems: list[str] = []
        self.environment: dict[str, str] = {"LOGNAME": "noether"}
        (course / ".venv").symlink_to(sys.prefix)
        self._insert_a_wrong_case()

    def _insert_a_wrong_case(self) -> None:
        path = self.course / "tests/mlp/hidden.py"
        text = path.read_text(encoding="utf-8")
        first = '    case("linear_forward"'
        path.write_text(text.replace(first, WRONG_CASE + first, 1), encoding="utf-8")

    def type(self, command: Typed) -> str:
        printed = typed(self.course, command.command, self.environment)
        if problem := command.problem(printed):
            self.problems.append(problem)
        return printed

    def before(self, heading: str) -> None:
        if heading == "Who is in the course":
            made = HandedIn(self.course / "release/mlp")
            made.lay_out(self.course)
            again = self.course / "downloads/submissions-2.zip"
            again.write_bytes(made.again())
            downloads = self.course / "downloads"
            canvas = canvas_gradebook("mlp (77)")
            (downloads / "canvas.csv").write_text(canvas, encoding="utf-8-sig")
            (downloads / "moodle.csv").write_text(moodle_worksheet(), encoding="utf-8")
        if heading == "When a case was wrong":
            path = self.course / "tests/mlp/hidden.py"
            path.write_text(path.read_text().replace(WRONG_CASE, ""))

    def after(self, heading: str) -> None:
        pass
