"""A term that is played: what people do between the commands, and what must be true."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.support import gradescope, wrong_case
from tests.support.classes import lost_questions
from tests.support.commands import BIN
from tests.support.samples import ROOT
from tests.term import facts
from tests.term.console import Typed, typed
from tests.term.handed_in import HandedIn
from tests.term.marking import mark
from tests.term.people import canvas_gradebook, moodle_worksheet

# Who types the commands; and a second instructor, in the same folder.
FIRST, SECOND = "noether", "hopper"
BECAUSE = "a row without a batch was never asked for"
DOZEN = 12


class Term:
    """A course folder in which a document's commands are typed one after the other.

    `before` and `after` have what happens around a section, by its heading, and
    around a command, by its words.
    """

    def __init__(self, course: Path) -> None:
        self.course, self.home = course, course.parent
        self.problems: list[str] = []
        (course / ".venv").symlink_to(sys.prefix)
        shutil.copy(ROOT / "pyproject.toml", course)
        wrong_case.insert(course)
        self.before: dict[str, Callable[[], None]] = {
            "Who is in the course": self.students_hand_in,
            "When a case was wrong": lambda: wrong_case.remove(self.course),
            ".venv/bin/autograder grade miniflow --feedback": self.second_begins,
            "The next term": self.one_hands_in,
        }
        self.after: dict[str, Callable[[], None]] = {
            "When it is due": lambda: facts.extra_time_is_kept(course),
            "Collect": lambda: facts.all_is_collected(course, self.made),
            "Grade": self.is_graded,
            "Look, mark and comment": self.is_marked,
            "When a case was wrong": self.is_regraded,
            "When a date changes": self.penalties_follow,
            "Hand back": lambda: facts.pages_are_written(course),
            "Look at the class": lambda: facts.the_report_counts(course),
            "Export": lambda: facts.exports_agree(course),
            "Gradescope": self.zip_grades_elsewhere,
            "The next assignment": self.another_is_handed_in,
            "Two instructors in one folder": self.both_have_graded,
            "The term ends": self.term_is_archived,
            "The next term": self.next_term_is_empty,
        }

    def types(self, command: Typed) -> None:
        self.before.get(command.command, nothing)()
        printed = typed(self.course, command.command, {"LOGNAME": FIRST})
        if problem := command.problem(printed):
            self.problems.append(problem)
        self.after.get(command.command, nothing)()

    def reads(self, heading: str, commands: list[Typed]) -> None:
        self.before.get(heading, nothing)()
        for command in commands:
            self.types(command)
        self.after.get(heading, nothing)()

    def students_hand_in(self) -> None:
        self.made = HandedIn(self.course / "release/mlp")
        self.made.lay_out(self.course / "downloads")
        files = {"canvas": canvas_gradebook("mlp (77)"), "moodle": moodle_worksheet()}
        for name, text in files.items():
            (self.course / f"downloads/{name}.csv").write_text(text, "utf-8-sig")

    def is_graded(self) -> None:
        facts.all_is_judged(self.course, self.made, wrong_case=True)
        off = facts.penalties(self.course)
        assert set(off) == {"allen", "church", "knuth"}
        assert (off["church"], off["allen"], off["knuth"]) == (10.0, 20.0, 10.0)

    def is_marked(self) -> None:
        points = facts.written_points(self.made)
        home = self.home / "jupyter"
        waited = mark(self.course, home, points, facts.COMMENTS)
        assert set(waited) == facts.PRESENT - {facts.WITHOUT_ANSWER}
        facts.all_is_marked(self.course, self.made, wrong_case=True)

    def is_regraded(self) -> None:
        facts.all_is_marked(self.course, self.made, wrong_case=False)
        facts.the_log_tells(self.course, FIRST, BECAUSE)

    def penalties_follow(self) -> None:
        """The due date is a day later: two are on time, one a day less late."""
        assert facts.penalties(self.course) == {"allen": 10.5}
        facts.all_is_marked(self.course, self.made, wrong_case=False)

    def zip_grades_elsewhere(self) -> None:
        """The zip, run with this Python, takes the same questions as the class."""
        path = self.course / "mlp-gradescope.zip"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        place = gradescope.unpack(path, self.home / "autograder")
        (place / "venv").symlink_to(sys.prefix)
        for name in ("hopper", "turing"):
            program = self.made.programs[name]
            done, found = gradescope.hand_in(place, program.modules)
            assert found is not None, done.stdout + done.stderr
            lost = {
                t["name"].split(":")[0]
                for t in found["tests"]
                if t["status"] == "failed"
            }
            assert lost == program.loses

    def another_is_handed_in(self) -> None:
        """Let a dozen hand in miniflow."""
        made = HandedIn(self.course / "release/miniflow")
        names = sorted(facts.PRESENT)[:DOZEN]
        self.loses = {name: set(made.programs[name].loses) for name in names}
        folder = self.course / "downloads/miniflow"
        folder.mkdir()
        made.plain(folder, names)

    def second_begins(self) -> None:
        """The second instructor grades the same class at the same time."""
        home = self.home / "second"
        home.mkdir()
        (home / "config").mkdir()
        # A setting of their own, which changes no score.
        setting = "c.NbGraderConfig.logfile = '.nbgrader-second.log'\n"
        (home / "config/nbgrader_config.py").write_text(setting)
        own = {"HOME": home, "JUPYTER_CONFIG_DIR": home / "config"}
        own |= {"JUPYTER_DATA_DIR": home / "data", "LOGNAME": SECOND}
        self.second = subprocess.Popen(
            [str(BIN / "nbgrader"), "autograde", "miniflow"],
            cwd=self.course,
            env={**os.environ, **{name: str(value) for name, value in own.items()}},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def both_have_graded(self) -> None:
        printed, _ = self.second.communicate(timeout=600)
        assert self.second.returncode == 0, printed
        assert lost_questions(self.course, "miniflow") == self.loses
        pages = {path.parts[-3] for path in self.course.glob("feedback/*/miniflow/*")}
        assert pages == set(self.loses)
        self.at_the_end = facts.scores(self.course)
        self.seed = (self.course / ".course_seed").read_text()

    def term_is_archived(self) -> None:
        """The archive holds the old term, for its owner alone; the rest is empty."""
        archive = self.course / "terms/2026-autumn"
        assert stat.S_IMODE(archive.stat().st_mode) == 0o700
        assert facts.scores(archive) == self.at_the_end
        assert (archive / ".course_seed").read_text() == self.seed
        facts.the_report_counts(archive)
        names = ("report-mlp*", "mlp-*", "*.json*", "submitted", "gradebook.db")
        assert [path for name in names for path in self.course.glob(name)] == []

    def one_hands_in(self) -> None:
        self.made.plain(self.course / "downloads", [facts.HELD])

    def next_term_is_empty(self) -> None:
        assert facts.scores(self.course) == {facts.HELD: 100.0}
        assert (self.course / ".course_seed").read_text() != self.seed
        assert (self.course / f"feedback/{facts.HELD}/mlp/mlp.html").exists()


def nothing() -> None:
    pass
