"""How do tests of the sandbox ask real workers?"""

from __future__ import annotations

import os
import textwrap
from pathlib import Path

import numpy as np

from autograder.sandbox.exchange import Limits, Outcome, QuestionResult, Request
from autograder.sandbox.trusted import launch
from autograder.sandbox.trusted.pool import Pool
from autograder.student.probing import Raised

LIMITS = Limits(computing_seconds=1.0, seconds=3.0)
PROBES = """
from autograder.student.questions import quietly

def double(lib, x):
    yield "before", x
    yield "output", lib.nn.double(x)

def backward(lib, x):
    quietly(lib.nn, "double", x)
    yield "grad", lib.nn.backward(x)

def step(lib, x):
    yield "output", lib.optim.step(x)
"""
HONEST = """
    import numpy as np
    def double(x):
        return 2 * x
    def backward(x):
        return np.full_like(x, 2)
"""
STEP = """
    from .nn import double
    def step(x):
        return double(x) + 1
"""
X = np.arange(3.0)
REQUESTS = [
    Request("double", tuple(("double", {"x": X * k}) for k in (1, 2))),
    Request("backward", (("backward", {"x": X}),)),
    Request("step", (("step", {"x": X}),)),
]
FOUR = [Request(str(n), (("double", {"x": X + n}),)) for n in range(4)]
NOTHING_MISSING = os.environ.get("REQUIRE") == "all"


def source(text: str) -> bytes:
    return textwrap.dedent(text).encode()


def honest() -> dict[str, bytes]:
    return {"nn": source(HONEST), "optim": source(STEP)}


def answers(result: QuestionResult) -> list[list[float]]:
    assert all(case.raised is None for case in result.cases), result
    return [case.outputs[-1][1].tolist() for case in result.cases]


def assert_honest_is_unharmed(pool: Pool) -> None:
    outcome = pool.run(honest(), REQUESTS)
    assert outcome.loaded == {"nn": None, "optim": None}
    assert [result.ended for result in outcome.results.values()] == [None] * 3
    assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]
    assert answers(outcome.results["backward"]) == [[2, 2, 2]]
    assert answers(outcome.results["step"]) == [[1, 3, 5]]


def run(pool: Pool, body: str, requests: list[Request] = REQUESTS[:1]) -> Outcome:
    """Run a `double` with that body, then an honest submission on the same pool."""
    text = "import os, sys, numpy as np\ndef double(x):\n"
    text += textwrap.indent(textwrap.dedent(body), "    ")
    outcome = pool.run({"nn": text.encode()}, requests)
    assert_honest_is_unharmed(pool)
    return outcome


def raised(pool: Pool, body: str) -> Raised:
    outcome = run(pool, body)
    found = outcome.results["double"].cases[0].raised
    assert found is not None, outcome
    return found


def processes(probes: Path) -> set[int]:
    """Return the processes of all zygotes that ask with these probes."""
    mark = launch.label(probes.resolve()).encode()
    found = set()
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "cmdline").read_bytes():
                found.add(int(entry.name))
        except OSError:  # it ended while we looked
            continue
    return found


def end_texts(outcome: Outcome) -> dict[str, str | None]:
    """Return how each question ended, None where it did not."""
    results = outcome.results.items()
    return {name: result.ended and result.ended.text for name, result in results}
