"""A student's whole course, once: every assignment, in one folder, one by one."""

import os
import re
import shutil
from graphlib import TopologicalSorter

import nbformat
import pytest
from nbclient import NotebookClient
from nbgrader.api import Gradebook

from tests.support.classes import autograder, lost_questions
from tests.support.samples import ASSIGNMENTS, ROOT
from tests.support.students import copy_release, make_releases, python, solve

pytestmark = pytest.mark.long
BROUGHT = re.compile(r'bring\("(\w+)", "(\w+)"\)')


def brought_along(name):
    """Return what a notebook brings along, as (assignment, module)."""
    notebook = nbformat.read(ROOT / f"source/{name}/{name}.ipynb", as_version=4)
    return {
        pair
        for cell in notebook.cells
        if cell.cell_type == "code"
        for pair in BROUGHT.findall(cell.source)
    }


def in_order():
    """Return the assignments, each behind those that it builds on."""
    needed = {name: {each for each, _ in brought_along(name)} for name in ASSIGNMENTS}
    return list(TopologicalSorter(needed).static_order())


def work_through(folder):
    """Run a solved notebook from its top to its end, and save it, as a student does."""
    path = folder / f"{folder.name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(folder)}}
    client = NotebookClient(notebook, timeout=900, allow_errors=True, resources=place)
    client.execute(env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    nbformat.write(notebook, path)
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def printed(cell):
    return "".join(o.text for o in cell.outputs if o.output_type == "stream")


def play(released, name, course):
    """Do an assignment as a student does, from the release to the zip handed in."""
    folder = copy_release(released, name, course)
    solve(folder)
    cells = work_through(folder)
    raised = [o for c in cells for o in c.outputs if o.output_type == "error"]
    assert raised == []
    said = "".join(map(printed, cells))
    assert "not yet written" not in said
    for earlier, module in brought_along(name):
        assert f"mytorch/{module}.py was copied from your assignment {earlier}." in said
    packed = python(folder, "-m", "autograder", "pack")
    assert packed.returncode == 0, packed.stdout
    assert packed.stdout.splitlines()[-1].endswith("Hand in this file.")
    return folder / f"{name}.zip"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return the course of the instructor, who has collected and graded everything."""
    base = tmp_path_factory.mktemp("term")
    released = make_releases(base)
    course = released.parent
    for name in in_order():
        handed_in = play(released, name, base / "student")
        shutil.copy(handed_in, base / "ada.zip")
        autograder(course, "collect", name, str(base / "ada.zip"))
        autograder(course, "grade", name)
    return course


def test_the_whole_course_earns_full_marks(graded):
    with Gradebook(f"sqlite:///{graded}/gradebook.db", "mytorch") as gradebook:
        scores = {
            each.name: [s.score for s in each.submissions]
            for each in gradebook.assignments
        }
    assert scores == {name: [100.0] for name in ASSIGNMENTS}
    lost = [lost_questions(graded, name) for name in ASSIGNMENTS]
    assert lost == [{"ada": set()}] * len(ASSIGNMENTS)
