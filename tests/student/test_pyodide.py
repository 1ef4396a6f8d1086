"""The browser's own Python, in Node: what needs no numpy, since Node has none for it.

numpy is stood in for by a module that keeps lists, so that all of the student's side is
imported, the assignment found, and the zip written.
"""

import json
import subprocess
import zipfile

import pytest

from autograder.nbgrader_steps.release import write_release
from tests.conftest import needs
from tests.support.demo import copy_course
from tests.support.node import PYODIDE, node_package
from tests.support.students import copy_release

pytestmark = pytest.mark.long

RUN = """
import {{ loadPyodide }} from {module};
const python = await loadPyodide();
python.mountNodeFS("/drive", {folder});
try {{
    console.log(python.runPython({code}));
}} catch (error) {{
    console.log(error.message);
    process.exitCode = 1;
}}
"""
BEGIN = """
import os, sys
os.chdir("/drive/mlp")
sys.path.insert(0, "/drive/mlp")
"""
WITHOUT = """
try:
    import autograder
except ImportError as error:
    said = f"{sys.platform}: {error}"
said
"""
STAND_IN = """
import importlib.machinery, types


class Kind(type):
    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return made(name)


def made(name):
    first = {"__init__": lambda self, *_, **__: None}
    return Kind(name, (), {**first, "__call__": lambda self, decorated: decorated})


class Numpy(types.ModuleType):
    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.kind if name in ("asarray", "array") else made(name)

    def kind(self, values, *_, **__):
        return values


numpy = sys.modules["numpy"] = Numpy("numpy")
numpy.__spec__ = importlib.machinery.ModuleSpec("numpy", None)
typing = sys.modules["numpy.typing"] = types.ModuleType("numpy.typing")
typing.NDArray = list
"""
PACK = """
import contextlib, importlib, io, pathlib

for path in sorted(pathlib.Path("autograder/student").rglob("*.py")):
    if path.name not in ("__init__.py", "__main__.py"):
        importlib.import_module(".".join(path.with_suffix("").parts))
pack = importlib.import_module("autograder.student.pack")
answers = [importlib.import_module("autograder.student.apart").Answer("sgd", "")]
pack.tried = lambda assignment: pack.TrialRun(answers)
said = io.StringIO()
with contextlib.redirect_stdout(said):
    from autograder.student.apart import can_start_processes
    print(can_start_processes())
    pack.pack()
    from autograder.student.start import start
    start()
said.getvalue()
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return a function that runs code in Pyodide, in a student's folder."""
    top = tmp_path_factory.mktemp("pyodide")
    pyodide, node = node_package(PYODIDE, top), needs("node")
    course = copy_course(top / "course")
    write_release(course, "mlp")
    folder = copy_release(course / "release", "mlp", top / "drive")

    def run(code):
        script = top / "run.mjs"
        words = (str(pyodide / "pyodide.mjs"), str(folder.parent), BEGIN + code)
        module, place, code = map(json.dumps, words)
        script.write_text(RUN.format(module=module, folder=place, code=code))
        done = subprocess.run(
            [node, script],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    run.folder = folder
    return run


def test_without_numpy_it_says_what_to_run(run):
    said = run(WITHOUT)
    assert said.startswith("emscripten: This Python has no numpy and no ipython and no")
    assert "run `%pip install numpy ipython " in said


def test_all_of_the_students_side_loads_and_the_zip_is_written(run):
    said = run(STAND_IN + PACK)
    assert said.startswith("False\n")
    assert "into mlp.zip. Hand in this file.\nRight-click it in the list" in said
    assert "Folder: /drive/mlp holds the assignment mlp." in said
    with zipfile.ZipFile(run.folder / "mlp.zip") as archive:
        assert archive.testzip() is None
        assert "mlp/mytorch/nn.py" in archive.namelist()
