"""Can two people mark a written question alike, and does the rubric stay here?"""

import json
import re

import pytest

from autograder.nbgrader_steps.release import beside_notebook, release_files
from autograder.student.assignment import load
from tests.support.judged import ROOT

NAMES = ("autograd", "miniflow", "mlp", "optim")
SAMPLES = re.compile(r"^\*\*(\d) points?\.\*\* \"", re.MULTILINE)


def written(name):
    """Return the marks of the one cell of a notebook that a person marks."""
    path = ROOT / f"source/{name}/{name}.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
    (found,) = [each for each in marks if each.get("grade") and each.get("solution")]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_there_is_a_rubric_and_three_samples_of_different_worth(name):
    text = (ROOT / f"tests/{name}/written.md").read_text(encoding="utf-8")
    marks = written(name)
    assert f"`{marks['grade_id']}`" in text.splitlines()[0]
    rows = re.findall(r"^\| (\d) \|", text, re.MULTILINE)
    assert sum(map(int, rows)) == marks["points"] == 5
    samples = [int(points) for points in SAMPLES.findall(text)]
    assert len(set(samples)) == len(samples) == 3
    assert samples[0] == 5


@pytest.mark.parametrize("name", NAMES)
def test_the_rubric_does_not_ship(name):
    text = (ROOT / f"tests/{name}/written.md").read_bytes()
    shipped = release_files(ROOT, load(ROOT, name))
    shipped |= beside_notebook(ROOT / f"source/{name}")
    lines = [line for line in text.splitlines() if len(line) > 60]
    assert shipped
    assert not any(line in data for data in shipped.values() for line in lines)
