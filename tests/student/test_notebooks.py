"""The notebooks as they run: solved, and with stubs."""

import os
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from autograder.student.assignment import load
from tests.support.notebooks import read
from tests.support.samples import ASSIGNMENTS
from tests.support.students import copy_release

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]


def run(notebook, folder, **environment):
    """Run a notebook in a kernel of its own, whatever its cells raise."""
    client = NotebookClient(
        notebook,
        timeout=600,  # a machine may be busy
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute(env={**os.environ, **environment})
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def printed(cell):
    return "".join(
        o.text for o in cell.outputs if o.output_type == "stream" and o.name == "stdout"
    )


def shown(cell):
    return [o for o in cell.outputs if "image/png" in o.get("data", {})]


def errors(cell):
    return [o for o in cell.outputs if o.output_type == "error"]


@pytest.fixture(scope="module", params=ASSIGNMENTS)
def solved(request):
    """Give a notebook and its code cells, run on the reference."""
    name = request.param
    folder = ROOT / "source" / name
    cells = run(read(name), folder, PYTHONPATH=str(ROOT), PYTHONDONTWRITEBYTECODE="1")
    return name, cells


def test_solved_it_runs_from_top_to_bottom(solved):
    name, cells = solved
    for cell in cells:
        assert errors(cell) == [], cell.id
        assert not [o for o in cell.outputs if o.get("name") == "stderr"], cell.id
        assert "not yet written" not in printed(cell), cell.id
    checks = [cell for cell in cells if cell.source.startswith("check(")]
    assert all(cell.outputs[0].data["text/plain"] for cell in checks)
    by_id = {cell.id: cell for cell in cells}
    last = "progress" if name == "miniflow" else "progress-at-the-end"
    count = len(load(ROOT, name).questions)
    text = by_id[last].outputs[0].data["text/plain"]
    assert f"{count} of {count} questions pass" in text
    assert "nothing to pack" in printed(by_id["hand-in-pack"])


def test_solved_it_shows_its_pictures(solved):
    name, cells = solved
    count = sum(len(shown(cell)) for cell in cells)
    assert count >= {"mlp": 6, "miniflow": 8}.get(name, 3)


# An answer, and below it what was expected: to the next words, or to the end.
PAIR = re.compile(
    r"Your answer:\n(.*?)Expected:\n(.*?)(?=\n[A-Za-z]|\n\n(?![ \n])|\Z)", flags=re.S
)


def numbers(text):
    """Return the words of a text, without what holds lists together."""
    text = re.sub(r"-0\.(?!\d)", " 0.", text)
    return re.sub(r"[\[\]',]", " ", text).split()


def answers(text):
    """Yield what an example prints as its answer, and as what was expected."""
    for yours, expected in PAIR.findall(text):
        yield numbers(yours), numbers(expected)
    yours, is_there, expected = text.partition("\nexpected:\n")
    if is_there:
        yield numbers(yours), numbers(expected)
    for line in text.splitlines():
        yours, is_there, expected = line.partition(" expected ")
        if is_there and "any order" not in line and "lowest" not in line:
            wanted = numbers(expected)
            yield numbers(yours)[-len(wanted) :], wanted


def test_solved_each_example_prints_what_it_expects(solved):
    name, cells = solved
    seen = [(cell.id, *pair) for cell in cells for pair in answers(printed(cell))]
    assert [(cell, came) for cell, came, wanted in seen if came != wanted] == []
    assert len(seen) >= {"mlp": 13, "miniflow": 25}.get(name, 10)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Your answer:\n[[ 1. -0.]]\nExpected:\n[[1. 0.]]\nr: [2], expected [2]", 2),
        ("Your answer:\n[[1.]]\nExpected:\n[[1.]\n [2.]]\n", 0),
        ("Your answer:\n3\nExpected:\n3\n\nAgain.\nYour answer:\n4\nExpected:\n5\n", 1),
        ("a and b\nexpected:\na and b\n", 1),
        ("the cost is 3.5 expected 3.5\nand 4 expected 5\n", 1),
    ],
)
def test_answers_are_found_in_what_is_printed(text, pairs):
    assert sum(came == wanted for came, wanted in answers(text)) == pairs
    assert list(answers(text))


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_with_stubs_only_checks_raise(name, released, tmp_path):
    folder = copy_release(released, name, tmp_path)
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    cells = run(notebook, folder)
    for cell in cells:
        is_check = cell.source.startswith("check(")
        assert bool(errors(cell)) == is_check, cell.id
        if "with attempt(" in cell.source:
            assert "not yet written" in printed(cell), cell.id
        for error in errors(cell):
            assert error.ename == "CheckFailed"
            assert "Traceback" not in "".join(error.traceback)
    assert (folder / f"{name}.zip").is_file()
