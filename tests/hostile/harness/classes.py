"""A whole class of attacks through nbgrader's own commands, in a scratch course."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.judging.answer_key import Course
from tests.hostile.harness.subject import ROOT
from tests.hostile.harness.world import Tree, World

# Attacks that hang are to end soon.
SHORT_LIMITS = """
from functools import partial
import autograder.nbgrader_steps.autograde
from autograder.judging.submission import Grader
from autograder.sandbox.exchange import Limits

autograder.nbgrader_steps.autograde.Grader = partial(
    Grader, limits=Limits(computing_seconds=0.6, seconds=1.5)
)
"""


@dataclass
class Class:
    """A scratch course with a gradebook."""

    world: World
    handed_in: Tree = field(default_factory=dict)
    steps: list[subprocess.CompletedProcess[str]] = field(default_factory=list)

    @property
    def course(self) -> Path:
        return self.world.course

    def nbgrader(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command of nbgrader's in the course."""
        return subprocess.run(
            self.command(*command), cwd=self.course, env=self.environment(),
            capture_output=True, text=True, timeout=900,
        )  # fmt: skip

    def command(self, *command: str) -> list[str]:
        return [sys.executable, "-m", "nbgrader", *command]

    def environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(ROOT)}

    @property
    def assignment(self) -> str:
        return self.world.subject.name

    def folder(self, student: str) -> Path:
        """Return where a student hands in."""
        return self.course / "submitted" / student / self.assignment

    def load(self) -> Course:
        """Return the course with its answers, and leave `sys.path` as it was."""
        path = list(sys.path)
        try:
            return Course.load(
                self.course, self.assignment, bytes.fromhex(self.world.seed)
            )
        finally:
            sys.path[:] = path

    def scores(self) -> dict[str, list[dict[str, float | None]]]:
        """Return for each student the scores of each submission, by question."""
        found: dict[str, list[dict[str, float | None]]] = {}
        url = f"sqlite:///{self.course / 'gradebook.db'}"
        with Gradebook(url, "mytorch") as gradebook:
            for submission in gradebook.assignment_submissions(self.assignment):
                grades = [g for nb in submission.notebooks for g in nb.grades]
                row = {grade.cell.name: grade.auto_score for grade in grades}
                found.setdefault(submission.student.id, []).append(row)
        return found

    def texts(self, *folders: str) -> Iterator[tuple[Path, str]]:
        """Yield every file of these folders of the course, as text."""
        for folder in folders:
            for path in sorted((self.course / folder).rglob("*")):
                if path.is_file() and not path.is_symlink():
                    yield path, path.read_text("utf-8", "replace")


@contextmanager
def released(assignment: str = "mlp") -> Iterator[Class]:
    """Give a class of a course that has been released, with nobody in it yet."""
    world = World(assignment)
    try:
        (world.course / "gradebook.db").unlink()
        with open(world.course / "nbgrader_config.py", "a") as config:
            config.write(SHORT_LIMITS)
        made = Class(world)
        done = made.nbgrader("generate_assignment", assignment)
        assert done.returncode == 0, done.stderr
        yield made
    finally:
        world.close()
