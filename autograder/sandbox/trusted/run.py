"""How does one submission go through a pool?

The result of loading is settled once. The visible cases are asked, then the hidden
ones. Once a hidden input was sent, only closed sentences are told, and no visible case
runs again. All tries share one budget of time.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from autograder.sandbox.exchange import Ended, Outcome, QuestionResult, Request
from autograder.sandbox.payloads import Load
from autograder.sandbox.trusted import endings
from autograder.sandbox.trusted.clock import Budget
from autograder.sandbox.trusted.endings import WorkerEnded
from autograder.sandbox.trusted.worker_link import WorkerLink
from autograder.sandbox.trusted.zygote_link import ZygoteLost
from autograder.student.probing import CaseResult, Raised

if TYPE_CHECKING:
    from autograder.sandbox.trusted.pool import Pool

ROUNDS = 8  # packages that get a placeholder, one after another


class Run:
    """One submission on its way through a pool."""

    def __init__(
        self,
        pool: Pool,
        sources: Mapping[str, bytes],
        judged: Sequence[str],
        requests: Sequence[Request],
    ) -> None:
        self.pool, self.sources, self.judged = pool, sources, judged
        self.requests = requests
        seconds = pool.budget + sum(self._extra(request) for request in requests)
        self.budget = Budget(seconds, seconds)
        self.loaded: dict[str, Raised | Ended | None] = {}
        self.absent: list[str] = []
        self.results: dict[str, QuestionResult] = {}
        self.unrehearsed: set[str] = set()
        self.interruptible = True
        self.hidden = False  # whether a hidden input was sent
        self.worker: WorkerLink | None = None

    def outcome(self) -> Outcome:
        try:
            self._load_first()
            self._ask([request for request in self.requests if not request.hidden])
            self._ask([request for request in self.requests if request.hidden])
        finally:
            self._end_worker()
        level, evidence = self.pool.level, self.pool.evidence
        return Outcome(self.loaded, self.results, level, evidence)

    def _end_worker(self) -> None:
        if self.worker is not None:
            self.worker.kill()
            self.worker = None

    def _extra(self, request: Request) -> float:
        """Return the seconds by which a question's own limit is above the usual."""
        own = request.limits or self.pool.limits
        usual = self.pool.limits.computing_seconds
        return max(own.computing_seconds - usual, 0.0) if not request.hidden else 0.0

    # ---- loading

    def _load_first(self) -> None:
        """Settle the result of loading, and keep a worker that has loaded.

        A module whose import ends the process is left out; a missing package gets a
        placeholder if a module fails without it. Then everything is loaded again.
        """
        for _ in range(len(self.judged) + ROUNDS + 2):
            if self.budget.left <= 0:
                break
            try:
                raised, missed = self._load()
            except (WorkerEnded, ZygoteLost) as error:
                importing = self.worker.importing if self.worker else ""
                if end := self._counted(error):
                    self.loaded[importing or next(iter(self.judged), "")] = end.ended
                continue
            if not self._stands_in(missed):
                for name in self.judged:
                    self.loaded.setdefault(name, raised.get(name))
                return
        for name in self.judged:
            self.loaded.setdefault(name, endings.not_loaded(self.budget))

    def _stands_in(self, missed: Sequence[str]) -> bool:
        """Return whether a package gets a placeholder now, so that all load again."""
        names = [name for name in dict.fromkeys(missed) if name.isidentifier()]
        new = [name for name in names if name not in self.absent]
        if not new or len(self.absent) + len(new) > ROUNDS:
            return False
        self.absent += new
        self._end_worker()
        return True

    def _load(self) -> tuple[dict[str, Raised | None], list[str]]:
        """Give a new worker the modules; return what `WorkerLink.load` does."""
        self.worker = self.pool.fork()
        self.worker.budget = self.budget
        refused = [n for n, how in self.loaded.items() if isinstance(how, Ended)]
        return self.worker.load(Load(self.sources, self.judged, refused, self.absent))

    def _load_again(self) -> None:
        """Give a new worker the modules; the result of loading is settled already."""
        try:
            raised, _ = self._load()
        except WorkerEnded as end:
            outside = end.from_outside
            raise WorkerEnded(endings.NOT_AGAIN, from_outside=outside) from None
        if any(raised.get(name) for name, how in self.loaded.items() if how is None):
            raise WorkerEnded(endings.NOT_AGAIN)

    # ---- asking

    def _ask(self, requests: Sequence[Request]) -> None:
        """Have the requests answered, in order, by as many workers as it takes."""
        self.settled = time.monotonic()
        left = deque(request for request in requests if not self._is_over(request))
        while left:
            if self.budget.left <= 0:
                self._settle(left.popleft(), (), endings.not_asked(self.budget))
                continue
            try:
                self._ask_once(left)
            except (WorkerEnded, ZygoteLost) as error:
                end = self._counted(error)
                if end is None or not left:  # all had been answered
                    continue
                name = left[0].unless or left[0].question
                if end.rehearsing and name not in self.unrehearsed:
                    # What ended the process was not what the question asks about.
                    self.unrehearsed.add(name)
                    continue
                ended = endings.closed(end.ended) if self.hidden else end.ended
                self._settle(left.popleft(), (), ended)

    def _settle(
        self, request: Request, cases: tuple[CaseResult, ...], ended: Ended | None
    ) -> None:
        now = time.monotonic()
        result = QuestionResult(cases, ended, now - self.settled)
        self.results[request.question], self.settled = result, now

    def _is_over(self, request: Request) -> bool:
        """Return whether the request that this one depends on ended its process."""
        earlier = self.results.get(request.unless)
        if earlier is None or earlier.ended is None:
            return False
        self._settle(request, (), earlier.ended)
        return True

    def _ask_once(self, left: deque[Request]) -> None:
        """Take from `left` what one worker answers."""
        if self.worker is None:
            self._load_again()
            self.settled = time.monotonic()
        assert self.worker is not None
        self.hidden = self.hidden or any(request.hidden for request in left)
        asked = [(r, (r.unless or r.question) not in self.unrehearsed) for r in left]
        for cases in self.worker.ask(asked):
            self._settle(left.popleft(), cases, None)

    def _counted(self, error: WorkerEnded | ZygoteLost) -> WorkerEnded | None:
        """Return how a worker ended; None for the first end that came from outside.

        Then the current step is tried again.
        """
        self._end_worker()
        if isinstance(error, ZygoteLost):
            error = WorkerEnded(endings.LOST, from_outside=True)
            self.pool.restart()
        again = error.from_outside and self.interruptible
        if again:
            self.pool.end_waiting()  # it may have ended too
        self.interruptible = self.interruptible and not again
        return None if again else error
