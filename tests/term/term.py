"""A term that is played: what people do between the commands, and what must be true."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.support import wrong_case
from tests.term.console import Typed, typed
from tests.term.handed_in import HandedIn
from tests.term.people import canvas_gradebook, moodle_worksheet


class Term:
    """A course folder in which a document's commands are typed one after the other."""

    def __init__(self, course: Path) -> None:
        self.course = course
        self.problems: list[str] = []
        self.environment: dict[str, str] = {"LOGNAME": "noether"}
        (course / ".venv").symlink_to(sys.prefix)
        wrong_case.insert(course)

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
            wrong_case.remove(self.course)

    def after(self, heading: str) -> None:
        pass
