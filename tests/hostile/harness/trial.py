"""One attack through a grader: what went wrong, if anything did."""

from __future__ import annotations

import importlib
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from autograder.judging.answer_key import Course
from autograder.judging.report import Report
from autograder.judging.submission import Grader
from autograder.sandbox.exchange import Limits
from autograder.sandbox.trusted import launch
from autograder.student.questions import Value
from tests.hostile.harness import attack, cost
from tests.hostile.harness.attack import Attack
from tests.hostile.harness.subject import floats, subjects
from tests.hostile.harness.world import World

# From here, before a scratch course is first on the path: that one will be removed.
importlib.import_module("mytorch")

# Shorter than in use: attacks that hang are to end soon.
LIMITS = Limits(computing_seconds=0.6, seconds=1.5)


@dataclass
class Trial:
    """A grader of a scratch course. A context manager through `start`."""

    world: World
    grader: Grader

    def complaints(self, name: str) -> list[str]:
        """Return what went wrong when the attack and then an honest one came."""
        tried = attack.load(name, self.world.subject.name)
        with cost.measured() as used:
            report = self.grade(tried)
        text = report.to_json()
        wrong = verdict(tried, report) + self.leaks(text) + used.complaints()
        if tried.told and (found := re.search(tried.told, text)):
            wrong.append(f"told '{text[found.start() : found.start() + 60]}'")
        wrong += self.world.changes() + self.leftovers()
        honest = self.honest()
        if honest.points != honest.max_points:
            wrong.append(f"an honest submission lost {honest.lost} after it")
        if honest.level != self.grader.pool.highest:
            wrong.append(f"the level fell to {honest.level}")
        return wrong

    def grade(self, tried: Attack) -> Report:
        folder = self.world.folder / "handed-in"
        tried.hand_in(folder, self.world)
        try:
            return self.grader.grade(self.grader.read(folder))
        finally:
            shutil.rmtree(folder)

    def warm_up(self) -> None:
        """Have worked out what known mistakes give: the first who errs pays for all."""
        for question in self.grader.course.assignment.questions:
            self.grader.course.mistakes(question.id)

    def honest(self) -> Report:
        folder = self.world.folder / "honest"
        if not folder.exists():
            attack.hand_in(folder, self.world)
        return self.grader.grade(self.grader.read(folder))

    def leaks(self, text: str) -> list[str]:
        """Return the secrets that stand in a text for people."""
        wrong = ["a canary got out" for word in self.world.canaries if word in text]
        found = sorted(numbers_in(text) & hidden_numbers(self.grader.course))
        return wrong + [f"the hidden number {number} got out" for number in found[:3]]

    def leftovers(self) -> list[str]:
        """Return processes of the pool's that should have ended."""
        known = {self.grader.pool.zygote.process.pid, self.grader.pool.zygote.pid}
        until = time.monotonic() + 2
        while time.monotonic() < until:
            left = self.world.processes() - known
            # One worker waits. Inside bubblewrap the zygote has another number, and a
            # process above it.
            if len(left) <= (3 if self.grader.pool.highest == 4 else 1):
                return []
            time.sleep(0.02)
        return [f"processes were left: {sorted(left)}"]


def verdict(tried: Attack, report: Report) -> list[str]:
    """Return how a report differs from what must happen."""
    wrong = [] if tried.loses is None else verdict_of(report, set(tried.loses))
    if tried.loses_all and report.points:
        wrong.append(f"{report.points} points were forged")
    # An attack stands in one module; what needs another only is lost as a stub.
    behind = {q.id for q in tried.subject.questions if q.module == tried.subject.module}
    for question in report.questions:
        told = any(tried.reason in reason for reason in question.told())
        if question.lost and question.id in behind and not told:
            wrong.append(f"{question.id}: expected '{tried.reason}', {question.told()}")
    return wrong


def verdict_of(report: Report, loses: set[str]) -> list[str]:
    """Return what was lost that should not, or was not that should."""
    lost = set(report.lost)
    if lost == loses:
        return []
    reasons = [q.reason for q in report.questions if q.id in lost ^ loses]
    return [f"lost {sorted(lost)}, expected {sorted(loses)}: {reasons}"]


def hidden_numbers(course: Course) -> set[str]:
    """Return the beginnings of the numbers in hidden inputs and answers."""
    numbers = {True: set[str](), False: set[str]()}
    for question in course.assignment.questions:
        for trial in course.trials(question.id):
            for value in (*trial.inputs.values(), *trial.expected.values()):
                found = map(repr, map(abs, floats(value)))
                numbers[trial.visible] |= {number[:9] for number in found}
    return {n for n in numbers[False] - numbers[True] if len(n.strip("0.")) > 6}


def numbers_in(text: str) -> set[str]:
    """Return the beginnings of the numbers in a text; a _ may stand for the point."""
    return {number[:9] for number in re.findall(r"\d+\.\d+", text.replace("_", "."))}


# Memory that all workers of a pool share, as a careless parent would leave it: shows
# what may be told of a hidden input by a process that was made after another one.
LETTER_BOX = "import builtins, mmap; builtins.letter_box = mmap.mmap(-1, 1 << 16)\n"


@contextmanager
def with_letter_box() -> Iterator[None]:
    """Let all zygotes that are started meanwhile have a letter box."""
    boot = launch.BOOT
    launch.BOOT = LETTER_BOX + boot
    try:
        yield
    finally:
        launch.BOOT = boot


@contextmanager
def start(
    level: int,
    assignment: str = "mlp",
    highest: int | None = None,
    limits: Limits = LIMITS,
) -> Iterator[Trial]:
    """Give a trial whose workers have at least this level, and no more than highest."""
    world = World(assignment)
    path = list(sys.path)
    try:
        course = Course.load(world.course, assignment, bytes.fromhex(world.seed))
        sys.path[:] = path
        with Grader(course, level, highest=highest or level, limits=limits) as grader:
            started = Trial(world, grader)
            started.warm_up()
            yield started
    finally:
        sys.path[:] = path
        world.close()


@contextmanager
def several(started: dict[str, Trial], level: int = 3) -> Iterator[None]:
    """Fill a dictionary with a trial for each assignment there is."""
    with ExitStack() as stack:
        for name in subjects():
            started[name] = stack.enter_context(start(level, name))
        yield


def drawn(value: Value) -> set[float]:
    """Return the numbers of a value that are no small fractions: nobody wrote them."""
    found = map(abs, floats(value))
    return {n for n in found if not any((n * k).is_integer() for k in range(1, 121))}


def with_box(level: int, tried: Attack) -> list[str]:
    """Return what went wrong in a grader of its own whose workers share memory."""
    with with_letter_box(), start(level, tried.subject.name) as trial:
        return trial.complaints(tried.name)


def run(level: int, assignment: str, names: list[str]) -> dict[str, list[str]]:
    """Return what went wrong at one level, by attack: {} if nothing did."""
    tried = [attack.load(name, assignment) for name in names]
    found = {one.name: with_box(level, one) for one in tried if one.letter_box}
    with start(level, assignment) as trial:
        found |= {t.name: trial.complaints(t.name) for t in tried if not t.letter_box}
    return {name: wrong for name, wrong in found.items() if wrong}
