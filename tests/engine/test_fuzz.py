"""Any bytes and any folder: the trusted side's readers give a value, never a fault.

`make fuzz` tries many more: FUZZ=20000 examples of each.
"""

from __future__ import annotations

import json
import os
import tempfile
import warnings
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.judging.answer_key import Course
from autograder.judging.handed_in import read
from autograder.judging.regular_files import Problem
from autograder.nbgrader_steps.inert import clean
from autograder.nbgrader_steps.safe_notebook import read_master, rebuild
from autograder.nbgrader_steps.safe_outputs import MOST_TEXT
from autograder.student.naming import judge
from autograder.student.probing import CaseResult, Raised, Unusable
from tests.hostile.harness.pages import FORMULAS, HTML, LINKS, ODD_TEXT, outputs
from tests.hostile.harness.subject import ROOT

MASTER = read_master(ROOT / "source/mlp/mlp.ipynb")
COURSE = Course.load(ROOT, "mlp", b"for the fuzzer")
GRADED = [c for c in MASTER["cells"] if "nbgrader" in c["metadata"]]
fuzz = settings(
    max_examples=int(os.environ.get("FUZZ", "60")),
    suppress_health_check=list(HealthCheck),
)

TEXTS = st.text(max_size=60) | st.sampled_from(
    [*HTML.values(), *LINKS.values(), *FORMULAS.values(), ODD_TEXT]
)
ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
KEYS = st.sampled_from(
    ["cells", "source", "outputs", "metadata", "nbgrader", "grade_id", "cell_type",
     "data", "text", "text/plain", "image/png", "output_type", "nbformat"]
) | st.text(max_size=4)  # fmt: skip
JSON = st.recursive(
    ATOMS, lambda part: st.lists(part) | st.dictionaries(KEYS, part), max_leaves=20
)
IDS = st.sampled_from([c["metadata"]["nbgrader"]["grade_id"] for c in GRADED]) | JSON
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | JSON,
        "source": TEXTS | st.lists(TEXTS) | JSON,
        "metadata": st.fixed_dictionaries(
            {"nbgrader": st.fixed_dictionaries({"grade_id": IDS})}
        )
        | JSON,
        "outputs": TEXTS.map(outputs) | JSON,
        "attachments": JSON,
        "id": JSON,
    },
)
NOTEBOOKS = st.fixed_dictionaries(
    {"nbformat": st.just(4), "cells": st.lists(CELLS | JSON, max_size=12)},
    optional={"metadata": JSON, "nbformat_minor": JSON},
)


def check_notebook(data: bytes) -> None:
    """Hold what comes of any bytes against what the next steps rely on."""
    notebook, problem = rebuild(data, MASTER)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        nbformat.validate(nbformat.from_dict(notebook))
    found = [c for c in notebook["cells"] if "nbgrader" in c["metadata"]]
    key = "nbgrader"
    assert sorted(c["metadata"][key]["grade_id"] for c in found) == sorted(
        c["metadata"][key]["grade_id"] for c in GRADED
    )
    assert all(fixed(cell) in [*map(fixed, GRADED)] for cell in found)
    assert problem == clean(problem)
    json.dumps(notebook, ensure_ascii=False).encode()  # no half characters
    for cell in notebook["cells"]:
        assert len(cell["source"]) <= 2 * MOST_TEXT
        assert clean(cell["source"]) == cell["source"]
        assert set(cell) <= {
            "attachments", "cell_type", "id", "metadata", "source", "outputs",
            "execution_count",
        }  # fmt: skip


def fixed(cell: dict[str, Any]) -> dict[str, Any]:
    """Return what a student decides nothing of: all of a cell, but for an answer."""
    own = {"source", "attachments"} if cell["metadata"]["nbgrader"]["solution"] else {}
    return {name: value for name, value in cell.items() if name not in own}


@fuzz
@given(st.binary(max_size=300) | JSON.map(json.dumps).map(str.encode))
def test_any_bytes_give_a_notebook(data: bytes) -> None:
    check_notebook(data)


@fuzz
@given(NOTEBOOKS)
def test_any_cells_give_a_notebook(notebook: object) -> None:
    check_notebook(json.dumps(notebook).encode())


# ---- folders

NAMES = st.sampled_from(
    ["mlp.ipynb", "timestamp.txt", "mytorch", "mytorch/nn.py", "mytorch/optim.py",
     "mytorch/nn.py/x", "x"]
)  # fmt: skip
ACTS = st.tuples(
    st.sampled_from(["file", "folder", "link", "loop", "fifo", "hard", "large"]),
    NAMES,
    st.binary(max_size=40),
)


def spoil(folder: Path, outside: Path, act: str, name: str, data: bytes) -> None:
    """Make one thing of a submission anew. Nothing that is there is ever written to.

    It may be a link: what follows one would change a file that is not ours.
    """
    path = folder / name
    try:
        match act:
            case "file":
                with path.open("xb") as file:
                    file.write(data)
            case "large":
                with path.open("xb") as file:
                    file.truncate(1 << 40)
            case "folder":
                path.mkdir()
            case "link":
                path.symlink_to(outside)
            case "loop":
                path.symlink_to(path)
            case "fifo":
                os.mkfifo(path)
            case "hard":
                os.link(outside, path)
    except OSError:
        return


@fuzz
@given(st.lists(ACTS, max_size=8), st.sampled_from([(), ("a",), ("a", "b")]))
def test_any_folder_is_read(
    acts: list[tuple[str, str, bytes]], inside: tuple[str, ...]
) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Path(top, "handed-in").joinpath(*inside)
        folder.mkdir(parents=True)
        outside = Path(top, "outside")
        outside.write_bytes(b"a secret")
        written = set()
        for act, name, data in acts:
            spoil(folder, outside, act, name, data)
            written.add(data)
        found = read(Path(top, "handed-in"), "mlp", ("nn", "optim"), inside)
        for part in (*found.modules.values(), found.notebook, found.timestamp):
            if isinstance(part, Problem):
                assert part.text.isprintable()
            else:
                assert part in written
        assert len(found.digest()) == 64
        assert outside.read_bytes() == b"a secret"


# ---- answers

NUMBERS = (
    st.sampled_from(
        [0.0, -0.0, 1.0, np.nan, np.inf, -np.inf, 1.7e308, -1.7e308, 5e-324, 1e-300]
    )
    | st.floats()
)
KINDS = st.sampled_from(["f8", "f4", "f2", "?", "i1", "i8", "u8", "c8", "c16"])
SHAPES = st.lists(st.integers(0, 5), max_size=4).map(tuple)
ASKED = st.sampled_from([question.id for question in COURSE.assignment.questions])


def array(shape: tuple[int, ...], kind: str, numbers: list[float]) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.resize(np.array(numbers), shape).astype(kind)


@fuzz
@given(ASKED, st.none() | SHAPES, KINDS, st.lists(NUMBERS, min_size=1, max_size=6),
       st.booleans())  # fmt: skip
def test_any_answer_is_judged(
    asked: str,
    shape: tuple[int, ...] | None,
    kind: str,
    numbers: list[float],
    ends: bool,
) -> None:
    trials = COURSE.trials(asked)
    raised = Raised("<b>\u202e", "x" * 300, "") if ends else None
    odd = (("output", Unusable("<script>")),)
    answers = [
        tuple(
            (name, array(expected.shape if shape is None else shape, kind, numbers))
            for name, expected in trial.expected.items()
        )
        for trial in trials
    ]
    for cut in (lambda row: row, lambda row: row[:1], lambda row: odd):
        results = [CaseResult(cut(row), raised) for row in answers]
        verdicts = judge(trials, results, lambda: COURSE.mistakes(asked))
        assert len(verdicts) == len(trials)
        assert not all(v.passed for v in verdicts if not v.visible)
        assert not any("\n" in verdict.reason for verdict in verdicts)
