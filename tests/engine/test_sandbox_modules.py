"""What becomes of modules that do not load?"""

from __future__ import annotations

import pytest

from autograder.sandbox.trusted.pool import Pool
from autograder.student.probing import Raised
from tests.support.workers import (
    REQUESTS,
    answers,
    honest,
    raised,
    source,
)


def test_a_module_that_raises_does_not_cost_the_others(pool: Pool) -> None:
    outcome = pool.run(honest() | {"optim": b"x = 1\n1 / 0\n"}, REQUESTS)
    zero = Raised("ZeroDivisionError", "division by zero", "optim.py line 2")
    assert outcome.loaded == {"nn": None, "optim": zero}
    assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]
    assert outcome.results["step"].cases[0].raised.kind == "AttributeError"


@pytest.mark.parametrize(
    ("text", "kind", "where"),
    [
        (b"def f(:\n", "SyntaxError", "nn.py line 1"),
        (b"x = 1\nif x:\ny = 2\n", "IndentationError", "nn.py line 3"),
        (b"x = 1\ny = '\xff'\n", "SyntaxError", "nn.py line 2"),
        (b"# coding: nonsense\n", "SyntaxError", "nn.py line 1"),
        (b"x = 1\ny\0 = 2\n", "SyntaxError", "nn.py line 2"),
        (b"(" * 5000, "SyntaxError", "nn.py line 1"),
        (b"import sys\nsys.exit('done')\n", "SystemExit", "nn.py line 2"),
        (b"from mytorch.nonsense import f\n", "ModuleNotFoundError", "nn.py line 1"),
    ],
)
def test_a_module_that_cannot_load_says_where(
    pool: Pool, text: bytes, kind: str, where: str
) -> None:
    outcome = pool.run({"nn": text}, REQUESTS[:1])
    assert isinstance(outcome.loaded["nn"], Raised)
    assert (outcome.loaded["nn"].kind, outcome.loaded["nn"].where) == (kind, where)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        (
            b"import os\nos._exit(3)",
            "ended the interpreter (exit code 3): take exit() and quit() out",
        ),
        (
            b"while True: pass",
            "took more than 1 s of computing time: does a loop never end?",
        ),
        (b"import time\ntime.sleep(60)", "slept or waited for more than 3 s"),
        (b"import os\nos.abort()", "crashed the interpreter (SIGABRT)"),
    ],
)
def test_a_module_that_ends_the_process_is_left_out(
    pool: Pool, text: bytes, how: str
) -> None:
    outcome = pool.run(honest() | {"optim": text}, REQUESTS)
    assert outcome.loaded["nn"] is None
    assert outcome.loaded["optim"].text == how
    assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]


def test_the_module_named_is_the_one_that_hangs_not_its_importer(pool: Pool) -> None:
    modules = {"nn": b"import mytorch.optim", "optim": b"import os\nos._exit(1)"}
    outcome = pool.run(modules, [])
    assert (
        outcome.loaded["optim"].text
        == "ended the interpreter (exit code 1): take exit() and quit() out"
    )
    assert outcome.loaded["nn"].kind == "ImportError"


def test_packages_that_are_not_there_fail_only_where_they_are_used(pool: Pool) -> None:
    text = """
        import numpy as np, scipy, torch
        import matplotlib.pyplot as plt
        from scipy.special import expit
        from sklearn.metrics import *
        from tkinter import N
        from tqdm import tqdm
        def show(x: torch.Tensor | None, y: "plt.Axes") -> np.ndarray | torch.Tensor:
            plt.plot(x)
        def double(x):
            return 2 * x
        def backward(x):
            return expit(x)
    """
    outcome = pool.run({"nn": source(text)}, REQUESTS[:2])
    assert outcome.loaded == {"nn": None}
    assert answers(outcome.results["double"]) == [[0, 2, 4], [0, 4, 8]]
    message = "scipy is not available while grading: use numpy"
    late = outcome.results["backward"].cases[0].raised
    assert late == Raised("ImportError", message, "nn.py line 13")


@pytest.mark.parametrize("name", ["autograder", "autograder.judging.question",
                                  "tests.mlp.cases", "tests", "nn",
                                  "mytorch.solution"])  # fmt: skip
def test_nothing_of_the_course_can_be_imported(pool: Pool, name: str) -> None:
    assert raised(pool, f"import {name}").kind == "ModuleNotFoundError"
