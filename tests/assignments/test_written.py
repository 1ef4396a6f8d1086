"""Does the rubric of a written question stay here?"""

import pytest

from autograder.nbgrader_steps.release import beside_notebook, release_files
from autograder.student.assignment import load
from tests.support.judged import ROOT

NAMES = sorted(path.parent.name for path in ROOT.glob("tests/*/written.md"))


@pytest.mark.parametrize("name", NAMES)
def test_the_rubric_does_not_ship(name):
    text = (ROOT / f"tests/{name}/written.md").read_bytes()
    shipped = release_files(ROOT, load(ROOT, name))
    shipped |= beside_notebook(ROOT / f"source/{name}")
    lines = [line for line in text.splitlines() if len(line) > 60]
    assert shipped
    assert not any(line in data for data in shipped.values() for line in lines)
