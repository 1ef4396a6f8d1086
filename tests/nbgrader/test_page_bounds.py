"""A page that costs too much ends, and blocks nobody else."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from nbformat import from_dict, read
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.nbgrader_steps import pages
from autograder.nbgrader_steps.pages import Page, PageError, as_typed, within
from autograder.nbgrader_steps.release import write_release
from tests.support.classes import hand_in, nbgrader
from tests.support.samples import ROOT, samples

# ---- pages


def spin():
    while True:
        pass


def sleep():
    time.sleep(600)
    return ""


def swell():
    return "a" * (1 << 30)


@pytest.mark.parametrize("make", [spin, sleep, swell])
def test_a_page_that_costs_too_much_ends(make, monkeypatch):
    monkeypatch.setattr(pages, "PATIENCE", 2)
    with pytest.raises(PageError, match="too much time or memory"):
        within(make, 1, 64 << 20)
    assert within(lambda: "next", 1, 64 << 20) == "next"


def test_what_goes_wrong_in_a_page_is_told():
    with pytest.raises(PageError, match="KeyError: 'x'"):
        within(lambda: {}["x"], 5, 64 << 20)


def test_no_template_looks_for_links_of_old_notebooks():
    """What nbconvert does for them takes 8 s for 30,000 brackets."""
    text = "![a](files/b)"
    assert Page().environment.filters["strip_files_prefix"](text) == text


def test_a_page_leaves_no_process_and_no_file():
    before = left()
    assert within(lambda: "a", 5, 64 << 20) == "a"
    assert left() == before


def left():
    """Return the children of this process, and how many descriptors it has."""
    tasks = Path("/proc/self/task").iterdir()
    children = {
        pid for task in tasks for pid in (task / "children").read_text().split()
    }
    return children, len(list(Path("/proc/self/fd").iterdir()))


def test_a_page_falls_back_to_cells_as_typed(monkeypatch):
    slow = Page.from_notebook_node.__globals__["HTMLExporter"].from_notebook_node

    def costly(self, nb, resources=None, **named):
        if any(c.source.startswith("*dear*") for c in nb.cells):
            spin()
        return slow(self, nb, resources, **named)

    monkeypatch.setattr(pages.HTMLExporter, "from_notebook_node", costly)
    mine = {"handed_in": True}
    cells = [
        new_markdown_cell("# Ours"),
        new_markdown_cell("*dear* <b>", metadata=mine),
        new_code_cell("*dear* = 1", metadata=mine),
    ]
    page = Page()
    page.seconds = 1
    html, resources = page.from_notebook_node(new_notebook(cells=cells))
    assert resources["output_extension"] == ".html"
    assert "*dear* &lt;b&gt;" in html
    assert "<h1" in html
    assert len(as_typed(from_dict(new_notebook(cells=cells))).cells) == 3


@pytest.fixture(scope="module")
def handed_back(scratch):
    """Return a course in which one student's notebook is as costly as it may be."""
    course = scratch()
    write_release(course, "mlp")
    right = samples("mlp")["right"][0]
    for student in ("ada", "eve"):
        hand_in(course, "mlp", student, right)
    path = course / "submitted/eve/mlp/mlp.ipynb"
    nb = read(path, as_version=4)
    row = "*a **b _c __d ~~e `f [g \\\\( h \\\\[ \\begin{a} |i|\n|-|\n# j\n"
    nb.cells += [new_markdown_cell(row * (60_000 // len(row))) for _ in range(3)]
    nb.cells += [new_markdown_cell(row * (8_000 // len(row))) for _ in range(40)]
    path.write_text(json.dumps(nb))
    nbgrader(course, "autograde", "mlp")
    return course


def test_nobodys_page_blocks_the_class(handed_back):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    nbgrader(handed_back, "generate_feedback", "mlp")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 60
    for student in ("ada", "eve"):
        page = (handed_back / f"feedback/{student}/mlp/mlp.html").read_text("utf-8")
        assert "100 of 105 points" in page


def test_nbgraders_feedback_is_made_by_our_exporter(handed_back):
    """With no time at all, no page is made: so it is this limit that holds."""
    config = handed_back / "nbgrader_config.py"
    text = config.read_text()
    config.write_text(text + "\nc.Page.mebibytes = 0\n")
    try:
        printed = nbgrader(handed_back, "generate_feedback", "mlp", "--force", ok=False)
    finally:
        config.write_text(text)
    assert "A page is shown without Markdown" in printed
    assert "cannot be shown as a page" in printed


def test_formgrader_makes_its_pages_within_the_same_limits():
    """It reads our config before it makes its exporter, by the name in its module."""
    code = (
        "import inspect, pathlib\n"
        "import nbgrader.server_extensions.formgrader.formgrader as formgrader\n"
        "from autograder.nbgrader_steps.course_folder import load_config\n"
        "from autograder.nbgrader_steps.pages import Page\n"
        "extension = formgrader.FormgradeExtension\n"
        "text = inspect.getsource(extension.init_tornado_settings)\n"
        "assert text.index('url_prefix') < text.index('HTMLExporter(')\n"
        "url = inspect.getsource(extension.url_prefix.fget)\n"
        "assert 'load_config()' in url\n"
        "load_config(pathlib.Path.cwd())\n"
        "assert formgrader.HTMLExporter is Page\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-800:]
