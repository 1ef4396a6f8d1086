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
    assert [c.outputs[0].data["text/plain"] for c in cells if c.id.endswith("-check")]
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


def test_solved_each_example_prints_what_it_expects(solved):
    name, cells = solved
    seen = 0
    for cell in cells:
        text = re.sub(r"-0\.(?!\d)", " 0.", printed(cell))
        for yours, expected in re.findall(
            r"Your answer:\n(.*?)Expected:\n(.*?)(?:\n\n(?! )|\Z)", text, flags=re.S
        ):
            assert yours.split() == expected.split(), cell.id
            seen += 1
        for line in text.splitlines():
            yours, is_there, expected = line.partition(" expected ")
            if is_there and "any order" not in line and "lowest" not in line:
                values = expected.replace(",", "").split()
                came = re.sub(r"[\[\]',]", "", yours).split()
                assert came[-len(values) :] == values, cell.id
                seen += 1
        if "\nexpected:\n" in text:
            yours, expected = text.split("expected:\n")
            assert yours.split() == expected.split(), cell.id
            seen += 1
    assert seen >= {"mlp": 13, "miniflow": 25}.get(name, 10)


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
