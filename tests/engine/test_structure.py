"""Who may know whom, read from the imports."""

import ast
import re
import sys
import tomllib
from collections import Counter
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet as Needs

from tests.support.imports import imports, name_of

ROOT = Path(__file__).resolve().parents[2]
STANDARD = set(sys.stdlib_module_names)
ENGINE = sorted((ROOT / "autograder").rglob("*.py"))
SHIPPED = [
    *sorted((ROOT / "autograder/student").rglob("*.py")),
    *sorted(ROOT.glob("tests/*/questions.py")),
    *sorted(ROOT.glob("tests/*/probes.py")),
    *sorted(ROOT.glob("tests/*/visible.py")),
    *sorted(ROOT.glob("source/*/*.py")),
    ROOT / "tests/test_visible.py",
]
# From the top down: a room knows those that stand further down, and none above.
ROOMS = [
    ["__main__"],
    ["cli"],
    ["commands"],
    ["classroom", "platforms", "term"],
    ["nbgrader_steps"],
    ["authoring"],
    ["releasing"],
    ["judging"],
    ["sandbox"],
    ["student"],
]
# What both sides of the sandbox know.
BOTH_SIDES = {"exchange", "wire", "payloads", "packed_values"}
# Its signature is the table of what an author can declare.
LONG = {"autograder.student.declared.ask"}
# Tables, in rows: what an assignment is made of, and programs that are wrong.
TABLES = {"probes", "visible", "hidden", "mistakes", "right", "wrong_programs"}
TABLES |= {"wrong_arrays", "author_faults"}
ASSIGNMENTS = {path.parent.name for path in ROOT.glob("tests/*/questions.py")}
GENERIC = [
    *(f"support/{name}.py" for name in ("demo", "judged", "mutants", "mutations")),
    *(f"support/{name}.py" for name in ("programs", "samples", "students")),
    *(f"assignments/test_{name}.py" for name in ("course_of_seven", "demo", "readme")),
    *("assignments/test_visible_arrays.py", "assignments/verify_torch.py"),
]
CODE = [*ENGINE, *sorted((ROOT / "tests").rglob("*.py"))]
# The judge and all that holds an answer.
SECRET = {
    "judging",
    "releasing",
    "nbgrader_steps",
    "classroom",
    "authoring",
    "platforms",
    "term",
    "commands",
}


def top(names):
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", sorted((ROOT / "mytorch").glob("*.py")), ids=name_of)
def test_the_library_knows_numpy_only(path):
    assert top(imports(path)) <= STANDARD | {"numpy", "mytorch"}


@pytest.mark.parametrize("path", SHIPPED, ids=name_of)
def test_what_ships_imports_only_what_ships(path):
    found = imports(path)
    allowed = STANDARD | {"numpy", "IPython", "matplotlib", "autograder", "tests"}
    assert top(found) <= allowed | {"pytest", "mytorch"}
    ours = {name for name in found if name.startswith("autograder")}
    assert all(name.startswith("autograder.student") for name in ours)
    theirs = {name for name in found if name.startswith("tests")}
    assert all(name.endswith(("questions", "probes", "visible")) for name in theirs)


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_only_one_room_imports_nbgrader(path):
    if "nbgrader" in top(imports(path)):
        assert name_of(path).startswith("autograder.nbgrader_steps.")


@pytest.mark.parametrize(
    "path", sorted((ROOT / "autograder/sandbox").rglob("*.py")), ids=name_of
)
def test_the_sandbox_never_imports_the_judge(path):
    names = {n.split(".")[1] for n in imports(path) if n.startswith("autograder.")}
    assert names <= {"sandbox", "student"}
    assert not {n for n in imports(path) if n.startswith(("tests", "mytorch"))}


def test_only_the_worker_unpickles():
    loads = re.compile(r"pickle\.loads?\b|Unpickl|marshal|allow_pickle=True")
    found = {path.stem for path in ENGINE if loads.search(path.read_text())}
    assert found == {"worker"}


def test_the_worker_holds_no_module_of_the_judge():
    # Importing the package imports its __init__, so what that imports counts too.
    seen, todo = set(), {"autograder", "autograder.sandbox.untrusted.worker"}
    paths = {name_of(path): path for path in ENGINE}
    while todo:
        name = todo.pop()
        if name in seen or name not in paths:
            continue
        seen.add(name)
        found = {n for n in imports(paths[name], lazy=False) if n in paths}
        todo |= found | {n.rpartition(".")[0] for n in found}
    assert not {name for name in seen if SECRET & set(name.split(".")[1:2])}


def test_the_engine_has_no_circles():
    paths = {name_of(path): path for path in ENGINE}
    knows = {
        name: {n for n in imports(path, lazy=False) if n in paths and n != name}
        for name, path in paths.items()
    }
    while True:
        free = {name for name, needed in knows.items() if not needed & set(knows)}
        if not free:
            break
        knows = {name: needed for name, needed in knows.items() if name not in free}
    assert knows == {}


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_a_room_knows_those_below_only(path):
    height = {room: i for i, row in enumerate(ROOMS) for room in row}
    parts = name_of(path).split(".")
    if len(parts) > 1:
        others = {n.split(".")[1] for n in imports(path) if n.startswith("autograder.")}
        above = {n for n in others - {parts[1]} if height[n] <= height[parts[1]]}
        assert above == set()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "autograder/sandbox").rglob("*.py")), ids=name_of
)
def test_the_two_sides_of_the_sandbox_share_four_files(path):
    start = "autograder.sandbox."
    names = {n.removeprefix(start) for n in imports(path) if n.startswith(start)}
    own = name_of(path).removeprefix(start).split(".")[0]
    side = {own} & {"trusted", "untrusted"}
    assert {n.split(".")[0] for n in names} - {start.rstrip(".")} <= BOTH_SIDES | side


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_a_file_can_be_read_at_once(path):
    if path.stem not in TABLES:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 250
        most = 30 if path in ENGINE else 50  # a test may tell a story
        found = set(long_functions(text, name_of(path), most))
        assert found - LONG == set()


def long_functions(text, module, most):
    """Yield the names of the functions that are longer than `most` lines."""
    for node in ast.walk(ast.parse(text)):
        function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if function and node.end_lineno - node.lineno >= most:
            yield f"{module}.{node.name}"


def test_no_two_classes_share_a_name():
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in ENGINE]
    found = [n.name for t in trees for n in t.body if isinstance(n, ast.ClassDef)]
    assert {name for name, times in Counter(found).items() if times > 1} == set()


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_every_module_says_what_it_answers(path):
    first = (ast.get_docstring(ast.parse(path.read_text())) or "").split("\n")[0]
    assert len(first) > 10
    assert first.endswith(("?", "."))


def test_a_function_of_31_lines_is_too_long():
    lines = ["def f():", *["    pass"] * 29]
    assert list(long_functions("\n".join(lines), "m", 30)) == []
    assert list(long_functions("\n".join([*lines, "    pass"]), "m", 30)) == ["m.f"]


@pytest.mark.parametrize("path", GENERIC)
def test_what_tries_an_assignment_names_none(path):
    """It finds them by itself, so that nothing changes when another one comes."""
    assert names_in((ROOT / "tests" / path).read_text(encoding="utf-8")) == set()


def test_the_makefile_names_no_assignment():
    words = re.findall(r"\w+", (ROOT / "Makefile").read_text(encoding="utf-8"))
    assert ASSIGNMENTS & set(words) == set()


def names_in(text):
    """Return the assignments that a program names in a text of its own."""
    nodes = ast.walk(ast.parse(text))
    found = {node.value for node in nodes if isinstance(node, ast.Constant)}
    return ASSIGNMENTS & {value for value in found if isinstance(value, str)}


def test_a_name_that_is_written_down_is_found():
    for name in ASSIGNMENTS:
        assert names_in(f"grade('{name}')") == {name}


def test_nothing_imports_a_test():
    for path in [*ENGINE, *ROOT.glob("tests/**/*.py"), *ROOT.glob("docs/**/*.py")]:
        assert not {n for n in imports(path) if "test_" in n}, path


def test_every_pin_runs_on_the_oldest_python_that_is_promised():
    promise = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    oldest = promise["requires-python"].removeprefix(">=") + ".0"
    needs = {d.name: d.metadata.get("Requires-Python") for d in distributions()}
    assert [f"{n} {v}" for n, v in needs.items() if oldest not in Needs(v or "")] == []
