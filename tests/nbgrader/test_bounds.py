"""What a notebook costs those who take it in and look at it is bounded."""

import base64
import json
import subprocess
import sys

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from autograder.judging.handed_in import NOTEBOOK_LIMIT
from autograder.judging.handed_in import read as read_folder
from autograder.judging.regular_files import Problem
from autograder.nbgrader_steps.inert import inert
from autograder.nbgrader_steps.notebook_json import read_cells
from autograder.nbgrader_steps.pages import Page
from autograder.nbgrader_steps.safe_notebook import read_master, rebuild
from autograder.nbgrader_steps.safe_outputs import Allowance
from tests.support.samples import ROOT

MASTER = read_master(ROOT / "source/mlp/mlp.ipynb")
PIXEL = base64.b64encode(
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0"
).decode()


def notebook(*cells):
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells}).encode()


def code(outputs):
    return {"cell_type": "code", "metadata": {}, "source": "", "outputs": outputs}


def letters(number):
    return [{"output_type": "stream", "name": "stdout", "text": "a"}] * number


def images(number):
    row = {"output_type": "display_data", "metadata": {}, "data": {"image/png": PIXEL}}
    return [row] * number


def test_a_notebook_of_more_than_4_mib_is_not_read(tmp_path):
    (tmp_path / "mlp.ipynb").write_bytes(b" " * (NOTEBOOK_LIMIT + 1))
    found = read_folder(tmp_path, "mlp", ())
    assert found.notebook == Problem("mlp.ipynb has 4 MiB, at most 4 are read")


FULL = {
    "objects": b'{"a":' * 40 + b"0" + b"}" * 40 + b",",
    "lists": b"[],",
    "deep": b"[",
    "one-key": b'{"a":1},',
    "letters": b'{"output_type":"stream","name":"stdout","text":"a"},',
    "strings": b'"a",',
    "escapes": b'"\\"',
    "quotes": b'"\\\\\\',
    "numbers": b"1.5,",
}


@pytest.mark.parametrize("kind", FULL)
def test_memory_is_bounded_by_what_a_file_may_hold(kind):
    head = b'{"nbformat": 4, "cells": [{"outputs": ['
    data = head + FULL[kind] * ((NOTEBOOK_LIMIT - 100) // len(FULL[kind]))
    if kind not in {"deep", "escapes", "quotes"}:
        data += b"0]}]}"
    code = (
        "import resource, sys\n"
        "from autograder.nbgrader_steps.safe_notebook import read_master, rebuild\n"
        "from pathlib import Path\n"
        "master = read_master(Path('source/mlp/mlp.ipynb'))\n"
        "data = sys.stdin.buffer.read()\n"
        "held = int(Path('/proc/self/statm').read_text().split()[0]) * 4096\n"
        "limit = held + (200 << 20)\n"
        "resource.setrlimit(resource.RLIMIT_AS, (limit, limit))\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (20, 20))\n"
        "found, problem = rebuild(data, master)\n"
        "print(len(found['cells']), problem)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, input=data, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()[-500:]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            b'{"nbformat": 4, "cells": [' + b"[]," * 100_001 + b"[]]}",
            "more than 100000",
        ),
        (b'{"a":' * 101 + b"0" + b"}" * 101, "more than 100 deep"),
    ],
)
def test_brackets_are_counted_before_anything_is_parsed(text, reason):
    with pytest.raises(ValueError, match=reason):
        read_cells(text)


def test_brackets_within_texts_are_not_counted():
    source = '[[0.1, "\\" {2}]] ' * 20_000
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    assert read_cells(notebook(cell))[0]["source"] == source


@pytest.mark.parametrize("make", [letters, images])
def test_outputs_and_pictures_are_capped_by_count(make):
    cells = [code(make(80)) for _ in range(40)]
    found, problem = rebuild(notebook(*cells), MASTER)
    assert problem == ""
    rows = [row for cell in found["cells"] for row in cell.get("outputs", [])]
    kept = [row for row in rows if "left out" not in row.get("text", "")]
    pictures = [row for row in kept if "image/png" in row.get("data", {})]
    assert len(kept) <= Allowance().outputs
    assert len(pictures) <= Allowance().images
    assert len(kept) > 50
    assert len(rows) > len(kept)


def test_texts_of_outputs_are_capped_by_their_sum():
    row = {"output_type": "stream", "name": "stdout", "text": "a" * (60 << 10)}
    found, _ = rebuild(notebook(*[code([row]) for _ in range(60)]), MASTER)
    kept = sum(len(r["text"]) for c in found["cells"] for r in c.get("outputs", []))
    assert kept <= Allowance().texts


def test_long_markdown_is_shown_as_it_was_typed():
    cells = [new_markdown_cell("*a **b " * 2_000), new_markdown_cell("*short*")]
    found, _ = rebuild(notebook(*cells), MASTER)
    long, short = (
        c["source"] for c in found["cells"] if c["metadata"].get("handed_in")
    )
    assert long.startswith("    *a **b ")
    assert short == "*short*"


@pytest.mark.parametrize(
    "text",
    [
        "https://a.invalid/x",
        "see http://a.invalid",
        "www.a.invalid",
        "somebody@a.invalid",
        "<https://a.invalid>",
        "[a](https://a.invalid)",
        "[a][1]\n\n[1]: https://a.invalid",
        "[1]\n\n[1]: //a.invalid",
        "mailto:somebody@a.invalid",
    ],
)
def test_no_link_of_a_student_becomes_live(text):
    page = Page()
    for shown, live in ((inert(text), False), ("[a](https://a.invalid)", True)):
        nb = new_notebook(cells=[new_markdown_cell(shown)])
        html, _ = page.from_notebook_node(nb)
        body = html[html.index("<body") :]
        assert ("<a " in body) == live


# ---- cells are found again


def stripped(keep):
    """Return a student's notebook whose cells keep only these keys."""
    cells = []
    for cell in MASTER["cells"]:
        cells.append({k: v for k, v in cell.items() if k in keep} | {"metadata": {}})
    return cells


def ids(found):
    marks = [c["metadata"].get("nbgrader", {}) for c in found["cells"]]
    return [mark.get("grade_id") for mark in marks]


@pytest.mark.parametrize(
    "keep", [{"cell_type", "source"}, {"cell_type", "source", "id"}]
)
def test_graded_cells_without_metadata_stay_in_their_place(keep):
    found, problem = rebuild(notebook(*stripped(keep)), MASTER)
    assert problem == ""
    assert ids(found) == ids(MASTER)
    assert [c["source"] for c in found["cells"]] == [
        c["source"] for c in MASTER["cells"]
    ]


def test_an_answer_without_metadata_is_found_behind_its_question():
    mark = {"grade": True, "solution": True, "grade_id": "why", "points": 5}
    answer = {"cell_type": "markdown", "source": "Your answer", "id": "why"}
    answer["metadata"] = {"nbgrader": mark}
    asked = {"cell_type": "markdown", "source": "Why?", "id": "q", "metadata": {}}
    master = {**MASTER, "cells": [asked, answer]}
    handed_in = [new_markdown_cell("Why?"), new_markdown_cell("Because of *this*.")]
    found, _ = rebuild(notebook(*handed_in), master)
    assert ids(found) == [None, "why"]
    assert found["cells"][1]["source"] == "Because of *this*."
