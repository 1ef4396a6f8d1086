"""How much one page tells of hidden cases, and how long one submission holds a class.

Both are measured by submissions that do their worst, through a real grader. A page is
what a student gets: the text of each graded cell. What a program can tell by it are
the pages among which it can choose, in bits: log2 of their number.
"""

from __future__ import annotations

import math
import multiprocessing
import random
import re
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.judging.report import Report
from autograder.nbgrader_steps.gradebook import cell_outputs
from autograder.sandbox.exchange import Limits
from tests.hostile.harness import attack, outcomes, trial
from tests.hostile.harness.subject import ROOT, subjects
from tests.hostile.harness.trial import Trial

PAGE = ROOT / "docs/threat-model.md"
MARKS = ("<!-- measured -->\n", "<!-- end of what is measured -->")
TRIES = 40  # pages for which each case's outcome is drawn
LONGEST = 75.0  # seconds after which a hold is given up, and called at least this

# What holds: where it waits, and what it does to be asked again.
SLEEP = "import time; time.sleep(1000)"
HOLDS = {
    "sleeps in every method": f"everywhere(lambda *given: exec('{SLEEP}'))\n",
    "sleeps at every import": "import time\ntime.sleep(4)\n"
    "everywhere(lambda *given: os._exit(0))\n",
    "is slow, then ends itself": "import time\n"
    "everywhere(lambda *given: (time.sleep(4), os.kill(os.getpid(), 9)))\n",
    "computes in every method": "def spin(*given):\n    while True:\n        pass\n\n"
    "everywhere(spin)\n",
}


@dataclass(frozen=True)
class Told:
    """What the page of a question can tell: pages counted, or what they come to."""

    question: str
    one_case: int  # pages, when the outcome of one hidden case is chosen
    together: int  # pages seen, when all are chosen at random
    cases: int

    @property
    def bits(self) -> float:
        """The bits of one page.

        Where nearly every page was another one, there are too many to be counted:
        then the cases tell independently of each other.
        """
        counted = math.log2(max(self.together, 1))
        if self.together < TRIES / 2:
            return counted
        return max(counted, self.cases * math.log2(self.one_case))


def pages(report: Report) -> dict[str, str]:
    """Return what a student is shown of each question."""
    return {q.id: str(cell_outputs(q, report, q.reasons)) for q in report.questions}


def told(there: Trial) -> list[Told]:
    """Return for each question what its page can tell of hidden cases."""
    table = outcomes.table(there.grader.course)
    hidden = {q: sum(1 for k in table if k[0] == q) for q in dict(table)}
    first = [key for key in table if key[1] == 0]
    single = [dict.fromkeys(first, outcome) for outcome in range(outcomes.COUNT)]
    draw = random.Random(0)
    mixed = [
        {key: draw.randrange(outcomes.COUNT) for key in table} for _ in range(TRIES)
    ]
    alone, together = (distinct(there, chosen) for chosen in (single, mixed))
    return [Told(q, len(alone[q]), len(together[q]), n) for q, n in hidden.items()]


def distinct(
    there: Trial, chosen: Sequence[dict[tuple[str, int], int]]
) -> dict[str, set[str]]:
    """Return the pages that come of some choices of outcomes, by question."""
    found: dict[str, set[str]] = {q: set() for q in there.world.subject.ids}
    for choice in chosen:
        text = outcomes.program(there.grader.course, choice)
        for question, page in pages(grade(there, text)).items():
            found[question].add(page)
    return found


def grade(there: Trial, text: str) -> Report:
    folder = there.world.folder / "handed-in"
    attack.hand_in(folder, there.world)
    attack.write(folder, there.world, text)
    try:
        return there.grader.grade(there.grader.read(folder))
    finally:
        shutil.rmtree(folder)


def hold(assignment: str, text: str, answer: Callable[[float], object]) -> None:
    """Tell how many seconds a submission holds a grader with the limits of real use."""
    with trial.start(3, assignment, limits=Limits()) as there:
        started = time.monotonic()
        grade(there, text)
        answer(time.monotonic() - started)


def longest_holds(
    ways: Collection[str], names: Collection[str], at_once: int = 8
) -> dict[str, dict[str, float]]:
    """Return seconds by assignment and way of holding, measured some at a time."""
    found: dict[str, dict[str, float]] = {name: {} for name in names}
    left = [(name, how) for how in ways for name in names]
    for start in range(0, len(left), at_once):
        batch = left[start : start + at_once]
        for (name, how), seconds in zip(batch, _held(batch), strict=True):
            found[name][how] = seconds
    return found


def _held(batch: Sequence[tuple[str, str]]) -> Iterator[float]:
    """Yield the seconds of each, all of them running at once; LONGEST at most."""
    context = multiprocessing.get_context("spawn")
    running = []
    for name, how in batch:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=hold, args=(name, HOLDS[how], there.send))
        process.start()
        running.append((here, process))
    until = time.monotonic() + LONGEST
    for here, process in running:
        in_time = here.poll(max(until - time.monotonic(), 0.0))
        yield here.recv() if in_time else LONGEST
        process.terminate()
        process.join()


def told_of(assignment: str) -> list[Told]:
    with trial.start(3, assignment) as there:
        return told(there)


def text() -> str:
    """Return both measures as Markdown."""
    head = "| assignment | bits told by one page | a question: at most | longest hold |"
    sleeping, computing = [*HOLDS][:-1], [*HOLDS][-1:]
    holds = longest_holds(sleeping, subjects())
    alone = longest_holds(computing, subjects(), at_once=2)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        measured = pool.map(told_of, subjects(), chunksize=1)
    rows = [
        _row(name, found, holds[name] | alone[name])
        for name, found in zip(subjects(), measured, strict=True)
    ]
    return "\n".join([head, "|---|---|---|---|", *rows]) + "\n"


def _row(name: str, found: Sequence[Told], holds: dict[str, float]) -> str:
    bits = sum(one.bits for one in found)
    most = max(found, key=lambda one: one.bits)
    how, seconds = max(holds.items(), key=lambda item: item[1])
    said = f"{'at least ' * (seconds >= LONGEST)}{seconds:.0f} s"
    question = f"{most.bits:.1f} ({most.question})"
    return f"| {name} | {bits:.0f} | {question} | {said} ({how}) |"


def write(page: Path = PAGE) -> None:
    """Put the measures between their marks in docs/threat-model.md."""
    begin, end = MARKS
    old = page.read_text(encoding="utf-8")
    pattern = f"(?s){re.escape(begin)}.*?{re.escape(end)}"
    new = re.sub(pattern, lambda _: begin + "\n" + text() + "\n" + end, old)
    page.write_text(new, encoding="utf-8")
