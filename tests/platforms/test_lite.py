"""The site to work in a browser: all releases, no answer, in a real browser."""

import functools
import http.server
import json
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.platforms import lite
from autograder.releasing.leaks import LeakError
from tests.conftest import needs
from tests.support.demo import copy_course
from tests.support.lab import browser
from tests.support.samples import ASSIGNMENTS, ROOT
from tests.support.students import make_releases

# Nothing answers there: the list of files needs no Python.
NOWHERE = "http://127.0.0.1:9/pyodide.mjs"
PICTURES = ROOT / "build/screenshots"
pytestmark = pytest.mark.long  # what builds the site is an extra of `make test-all`
SECRET_FILES = {"hidden.py", "mistakes.py", "right.py", ".course_seed", "__pycache__"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_releases(tmp_path_factory.mktemp("lite")).parent


@pytest.fixture
def pyodide(tmp_path):
    """Return a folder that has the names of a full Pyodide."""
    names = ["micropip", "numpy", "ipython", "matplotlib", "scikit-learn", "tqdm"]
    lock = {name: {"file_name": f"{name}.whl", "depends": []} for name in names}
    lock["ipython"]["depends"] = ["prompt_toolkit"]
    lock["prompt-toolkit"] = {"file_name": "prompt.whl", "depends": ["IPython"]}
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / lite.LOCK).write_text(json.dumps({"packages": lock}))
    for name in (*lite.CORE, *(row["file_name"] for row in lock.values())):
        (folder / name).write_text("")
    return folder


def test_a_full_pyodide_is_known_from_a_part_of_one(pyodide):
    lite.check_pyodide(pyodide)
    (pyodide / "prompt.whl").unlink()
    with pytest.raises(lite.SiteError, match=r"lacks prompt\.whl and 0 more"):
        lite.check_pyodide(pyodide)
    (pyodide / "pyodide.mjs").unlink()
    with pytest.raises(lite.SiteError, match=r"no unpacked Pyodide: pyodide\.mjs is"):
        lite.check_pyodide(pyodide)


def test_a_folder_that_is_no_site_stays_as_it_was(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(lite.SiteError, match="is no such site"):
        lite.build_site(ROOT, tmp_path, NOWHERE)
    assert (tmp_path / "mine.txt").exists()


@contextmanager
def served(folder):
    """Serve the files of a folder, as any web server does; give the address."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_the_site_holds_all_releases_and_opens_in_a_browser(course, pyodide, tmp_path):
    needs("jupyter-lite")
    site = tmp_path / "site"
    assert lite.build_site(course, site, str(pyodide)) == ASSIGNMENTS
    settings = json.loads((site / lite.PAGE).read_text())["jupyter-config-data"]
    kernel = settings["litePluginSettings"][f"{lite.KERNEL}:kernel"]
    assert kernel["pyodideUrl"] == "./static/pyodide/pyodide.mjs"
    assert kernel["disablePyPIFallback"] is True
    assert (site / "static/pyodide/numpy.whl").is_file()

    # JupyterLite shows no hidden files: the workflow is for GitHub.
    released = {n for n in lite_files(course / "release") if "/." not in n}
    assert lite_files(site / "files") == released
    assert not SECRET_FILES & {part for name in released for part in Path(name).parts}
    seed = (course / ".course_seed").read_text().strip().encode()
    assert not [p for p in site.rglob("*") if p.is_file() and seed in p.read_bytes()]

    with served(site) as address, browser(tmp_path / "profile") as page:
        page.goto(f"{address}lab/index.html")
        rows = page.locator(".jp-DirListing-itemText")
        rows.first.wait_for(timeout=600_000)
        assert sorted(rows.all_inner_texts()) == ASSIGNMENTS
        page.goto(f"{address}lab/index.html?path=mlp/mlp.ipynb")
        page.get_by_role("heading", name="Build your own PyTorch").wait_for()
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / "lite.png")


def lite_files(folder):
    """Return the paths of all files in a folder."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in found}


def test_a_release_that_holds_an_answer_is_not_put_on_a_site(tmp_path):
    course = copy_course(tmp_path / "course")
    folder = course / "release/mlp"
    folder.mkdir(parents=True)
    for path in ("mytorch/nn.py", "source/mlp/mlp.ipynb"):
        (folder / Path(path).name).write_bytes((course / path).read_bytes())
    with pytest.raises(LeakError, match="a solution"):
        lite.build_site(course, tmp_path / "site", NOWHERE)
    assert not (tmp_path / "site").exists()
