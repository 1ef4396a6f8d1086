"""A verdict depends on the submission alone: not on load, order, or who is beside."""

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from autograder.judging.answer_key import Course
from autograder.judging.handed_in import Submission
from autograder.judging.source import library
from autograder.judging.submission import Grader
from tests.support.judged import ROOT
from tests.support.programs import apply, known, of_mistake

pytestmark = pytest.mark.long

REPEATS = 20
BUSY = "while True:\n    pass\n"
# What it says holds an address, which differs from process to process.
RAISES = "def forward(self, x):\n    raise KeyError(self)\n"
GUESSES = "def forward(self, x):\n    return np.random.random(x.shape)\n"
KEPT = next(m for m in known("mlp") if m.sentence.startswith("added to the gradient"))
PROGRAMS = {
    "right": apply({}),
    "a known mistake": of_mistake("mlp", KEPT),
    "raises": apply({"nn.ReLU.forward": RAISES}),
    "does not load": {**apply({}), "optim": "import nothing\n"},
    "guesses": apply({"nn.ReLU.forward": GUESSES}),
}


@pytest.fixture(scope="module")
def load():
    """Keep each processor busy."""
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(2)]
    yield
    for process in busy:
        process.kill()
        process.wait()


def plain(report):
    """Return a Report without the times, which alone may differ."""
    questions = tuple(replace(q, seconds=0.0) for q in report.questions)
    return replace(report, questions=questions, seconds=0.0)


def graded(seed):
    """Return all Reports on each program, graded in an order of this seed."""
    course = Course.load(ROOT, "mlp", bytes(32))
    names = [name for name in PROGRAMS for _ in range(REPEATS // 2)]
    random.Random(seed).shuffle(names)
    reports = []
    with Grader(course) as grader:
        for name in names:
            modules = {k: v.encode() for k, v in PROGRAMS[name].items()}
            modules.pop("miniflow", None)
            submission = Submission(modules, notebook=b"", timestamp=b"")
            reports.append((name, plain(grader.grade(submission))))
    return reports


def test_a_hundred_gradings_under_load_give_the_same_reports(load):
    with ThreadPoolExecutor(2) as executor:
        reports = [row for rows in executor.map(graded, (1, 2)) for row in rows]
    assert len(reports) == REPEATS * len(PROGRAMS) == 100
    for name in PROGRAMS:
        found = [report for program, report in reports if program == name]
        assert len(found) == REPEATS
        assert all(report == found[0] for report in found), name
        assert all(report.digest == found[0].digest for report in found)
        assert found[0].lost == [] if name == "right" else found[0].lost


def test_two_libraries_made_at_once_do_not_mix():
    nn = "import time\ntime.sleep(0.05)\nOWNER = '{}'\n"
    made = [
        {"nn": nn.format(who), "optim": "from mytorch.nn import OWNER\n"}
        for who in "ab"
    ]
    with ThreadPoolExecutor(2) as executor:
        assert [lib.optim.OWNER for lib in executor.map(library, made)] == ["a", "b"]
