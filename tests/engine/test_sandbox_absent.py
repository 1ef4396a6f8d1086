"""What becomes of packages that are not there, and of a student's own other files?"""

from __future__ import annotations

import pytest

from autograder.sandbox.trusted.pool import Pool
from autograder.student.probing import Raised
from tests.support.workers import HONEST, REQUESTS, answers, source

DOUBLE = """
    def double(x):
        return 2 * x
"""
RIGHT = [[0, 2, 4], [0, 4, 8]]


def double_of(pool: Pool, text: str, **others: str) -> list[list[float]]:
    files = {"nn": text, **others}
    outcome = pool.run({k: source(v) for k, v in files.items()}, REQUESTS[:1], ["nn"])
    assert outcome.loaded == {"nn": None}
    return answers(outcome.results["double"])


@pytest.mark.parametrize("package", ["numba", "scipy", "torch", "jax", "tqdm",
                                     "tkinter", "cupy"])  # fmt: skip
def test_a_fallback_is_taken(pool: Pool, package: str) -> None:
    text = f"""
        import importlib.util
        try:
            import {package}
            from {package}.parts import *
            THERE = True
        except ImportError as error:
            assert type(error) is ModuleNotFoundError and error.name == "{package}"
            THERE = False
        def double(x):
            found = importlib.util.find_spec("{package}")
            return {package}.double(x) if THERE or found else 2 * x
    """
    assert double_of(pool, text) == RIGHT


def test_a_fallback_is_taken_beside_a_package_that_is_needed_to_load(
    pool: Pool,
) -> None:
    text = """
        import matplotlib.pyplot as plt
        import seaborn as sns
        try:
            from scipy.special import expit
        except ImportError:
            expit = None
        def double(x):
            return 2 * x if expit is None else expit(x)
    """
    assert double_of(pool, text) == RIGHT


WHILE_LOADING = """
        import numpy as np
        import matplotlib, matplotlib.pyplot as plt, pandas as pd, seaborn as sns
        import numba, torch
        from torch import nn as tnn
        from tqdm import tqdm
        plt.rcParams["figure.figsize"] = (3, 4)
        plt.rcParams.update({"font.size": 9})
        plt.style.use("ggplot")
        matplotlib.use("Agg")
        pd.set_option("display.max_rows", 5)
        sns.set_theme()
        torch.manual_seed(0)
        torch.backends.cudnn.benchmark = False
        if torch.cuda.is_available() or torch.__version__ >= "2":
            raise SystemExit
        device = "cuda" if torch.cuda.device_count() > 0 else "cpu"
        EPS = float(torch.finfo(torch.float64).eps) + 2 * torch.pi
        with plt.rc_context(), torch.no_grad():
            for _ in tqdm(range(3)): pass
        @numba.njit(cache=True)
        def fast(x): return x
        @torch.jit.script
        def other(x): return x
        class Net(tnn.Module, torch.utils.data.Dataset, keyword=1):
            def __init__(self):
                super().__init__()
        NET = Net()
        NET.eval().to(device)
        def show(x: torch.Tensor | None, y: "plt.Axes") -> np.ndarray | torch.Tensor:
            plt.plot(x)
        def double(x):
            return 2 * x if not isinstance(x, torch.Tensor) else x.double()
    """


def test_all_that_is_done_with_a_placeholder_while_loading_succeeds(
    pool: Pool,
) -> None:
    assert double_of(pool, WHILE_LOADING) == RIGHT


@pytest.mark.parametrize(
    "use",
    ["sp.special.expit(x)", "expit(x)", "fast(x)", "Net()", "sp.a['x']", "x * sp.pi",
     "[n for n in sp.items]", "setattr(sp.a, 'b', 1)", "bool(expit)"],
)  # fmt: skip
def test_each_use_afterwards_raises_with_the_reason(pool: Pool, use: str) -> None:
    text = f"""
        import scipy as sp
        from scipy.special import expit
        @sp.jit
        def fast(x): return x
        class Net(sp.Module): pass
        def double(x):
            return 2 * x
        def backward(x):
            return {use}
    """
    outcome = pool.run({"nn": source(text)}, REQUESTS[:2])
    assert outcome.loaded == {"nn": None}
    assert answers(outcome.results["double"]) == RIGHT
    late = outcome.results["backward"].cases[0].raised
    assert late.kind == "ImportError"
    assert late.message == "scipy is not available while grading: use numpy"


def test_a_package_that_is_first_imported_by_an_answer_is_not_there(
    pool: Pool,
) -> None:
    text = "def double(x):\n    import scipy"
    outcome = pool.run({"nn": source(text)}, REQUESTS[:1])
    missing = Raised("ModuleNotFoundError", "No module named 'scipy'", "nn.py line 2")
    assert outcome.results["double"].cases[0].raised == missing


def test_rounds_of_placeholders_end(pool: Pool) -> None:
    text = "".join(f"import package_{n}\n" for n in range(40))
    outcome = pool.run({"nn": text.encode()}, REQUESTS[:1])
    assert outcome.loaded["nn"].kind == "ModuleNotFoundError"


# ---- a student's own files


@pytest.mark.parametrize(
    "statement",
    ["from mytorch.helpers import twice", "from .helpers import twice",
     "from . import helpers\n        twice = helpers.twice",
     "import mytorch.helpers\n        twice = mytorch.helpers.twice"],
)  # fmt: skip
def test_a_helper_is_imported_either_way(pool: Pool, statement: str) -> None:
    text = f"""
        {statement}
        def double(x):
            return twice(x)
    """
    helper = "def twice(x): return 2 * x"
    assert double_of(pool, text, helpers=helper) == RIGHT


@pytest.mark.parametrize(
    "statement", ["from mytorch import twice", "from . import twice",
                  "from mytorch import *",
                  "import mytorch\n        twice = mytorch.twice"],
)  # fmt: skip
def test_names_of_the_package_are_there(pool: Pool, statement: str) -> None:
    text = f"""
        {statement}
        def double(x):
            return twice(x)
    """
    package = "from .helpers import twice\nfrom .nn import *"
    helper = "def twice(x): return 2 * x"
    assert double_of(pool, text, helpers=helper, __init__=package) == RIGHT


def test_what_no_judged_module_imports_does_not_run(pool: Pool) -> None:
    end = "import os\nos._exit(3)"
    files = {"helpers": end, "__init__": end}
    assert double_of(pool, HONEST, **files) == RIGHT
    judged = "from mytorch import nn\nfrom .nn import double"
    loads = {"nn": source(HONEST), "optim": judged.encode(), "__init__": end.encode()}
    outcome = pool.run(loads, [], ["nn", "optim"])
    assert outcome.loaded == {"nn": None, "optim": None}


def test_a_helper_that_fails_is_named_where_it_is_imported(pool: Pool) -> None:
    files = {"nn": b"from .helpers import f", "helpers": b"x = 1\n1 / 0"}
    outcome = pool.run(files, REQUESTS[:1], ["nn"])
    zero = Raised("ZeroDivisionError", "division by zero", "helpers.py line 2")
    assert outcome.loaded == {"nn": zero}
    files["helpers"] = b"import os\nos._exit(3)"
    outcome = pool.run(files, REQUESTS[:1], ["nn"])
    assert (
        outcome.loaded["nn"].text
        == "ended the interpreter (exit code 3): take exit() and quit() out"
    )
