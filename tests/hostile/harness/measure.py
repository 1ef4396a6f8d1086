"""How much one page tells of hidden cases, and how long one submission holds a class.

Both are measured by submissions that do their worst, through a real grader. A page is
what a student gets: the text of each graded cell. What a program can tell by it are
the pages among which it can choose, in bits: log2 of their number.
"""

from __future__ import annotations

import math
import multiprocessing
import re
import shutil
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from autograder.judging.report import Report
from autograder.nbgrader_steps.gradebook import cell_outputs
from autograder.sandbox.exchange import Limits
from tests.hostile.harness import attack, outcomes, trial
from tests.hostile.harness.subject import ROOT, subjects
from tests.hostile.harness.trial import Trial

PAGE = ROOT / "docs/threat-model.md"
MARKS = ("<!-- measured -->\n", "<!-- end of what is measured -->")
# Outcomes that are tried for two cases at once: of each kind some.
RAISED = len(outcomes.KINDS) + len(outcomes.MESSAGES)
FEW = (0, RAISED - 4, RAISED + 12, RAISED + 14, RAISED + 30, RAISED + 44)
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
    """What the page of a question can tell, counted in pages."""

    question: str
    cases: int
    one_case: int  # when the outcome of one hidden case is chosen among all there are
    few: int  # when it is chosen among FEW
    two_cases: int  # when those of two cases are, each among FEW

    @property
    def bits(self) -> float:
        """The bits of one page, at most.

        Where two cases give about twice the pages of one, one reason is told: then a
        page says which, of which case, and how many passed. Where they give the
        square, each case tells for itself.
        """
        if self.two_cases <= 2 * self.few + 1:
            return math.log2(self.one_case * self.cases * (self.cases + 1))
        return self.cases * math.log2(self.one_case)


def pages(report: Report) -> dict[str, str]:
    """Return what a student is shown of each question."""
    return {q.id: str(cell_outputs(q, report, q.told())) for q in report.questions}


def told(there: Trial) -> list[Told]:
    """Return for each question what its page can tell of hidden cases."""
    table = outcomes.table(there.grader.course)
    hidden = {q: sum(1 for k in table if k[0] == q) for q, _ in table}
    first = [key for key in table if key[1] == 0]
    every = distinct(there, [dict.fromkeys(first, o) for o in range(outcomes.COUNT)])
    few = distinct(there, [dict.fromkeys(first, outcome) for outcome in FEW])
    both = [
        {key: pair[key[1]] for key in table if key[1] < 2}
        for pair in product(FEW, repeat=2)
    ]
    two = distinct(there, both)
    return [
        Told(q, n, *(len(d[q]) for d in (every, few, two))) for q, n in hidden.items()
    ]


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
    holds = longest_holds(sleeping, subjects(), at_once=11)
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
