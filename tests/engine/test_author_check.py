"""What an author can get wrong is said in one line, and no such release is made."""

import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor

import pytest

from autograder.authoring import remembered
from autograder.authoring.author_check import Checked
from autograder.nbgrader_steps.doctor import config_faults
from tests.engine.author_faults import FROZEN_OUT, PLANTED
from tests.support.author_checked import TOY, author_checked, edit, run, toy_course


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return toy_course(tmp_path_factory.mktemp("authors") / "course")


def test_a_new_assignment_is_clean_and_grades(course):
    status, said = run(course, "autograder", "author-check", "toy")
    assert (status, said.splitlines()[-1]) == (0, "toy: no faults"), said
    assert run(course, "nbgrader", "generate_assignment", "toy")[0] == 0
    status, said = run(course, "autograder", "try", "toy", ".")
    assert "100 of 100" in said


def test_a_name_that_is_none_or_taken_is_refused(course):
    for name in ("Toy", "engine", "a-b", "toy"):
        status, said = run(course, "autograder", "new", name)
        assert status == 1
        assert len(said.splitlines()) == 1


@pytest.fixture(scope="module")
def check(course):
    """Give what freezes and checks the course's toy, each time in a new process."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.author_checked"])

    def checked(freeze):
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            return pool.submit(author_checked, course, freeze).result()

    return checked


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_fault_is_told_in_one_line(course, check, what):
    file, old, new, line = PLANTED[what]
    path, frozen = course / file, course / TOY / "visible.json"
    before, kept = path.read_text(), frozen.read_bytes()
    try:
        edit(path, old, new)
        said = check(freeze=what != "a stale frozen file")
    finally:
        path.write_text(before)
        frozen.write_bytes(kept)
    assert any(line in row and re.match(r"[\w./]+[ :,]", row) for row in said), said


ENDLESS = "import itertools\nsum(itertools.count())\nreturn"
MISTAKE = 'mistakes("back")("ends it", ("return", {!r}))\nscale("is div'
# Where a line that would end or stop the command is planted, and what is told of it.
ENDED = {
    "a module that ends the process": (
        "mytorch/toy.py",
        "\ndef scale(",
        "\n__import__('os')._exit(0)\ndef scale(",
        r"mytorch: the modules of MODULES do not load: SystemExit: 0",
    ),
    "a mistake that ends the process": (
        TOY + "mistakes.py",
        'scale("is div',
        MISTAKE.format("import os\nos._exit(3)\nreturn"),
        r"tests/toy/mistakes.py, 'ends it' \(back\): never gets to an answer in any "
        r"case: RuntimeError: ends the process: exit\(\) or quit\(\)",
    ),
    "a mistake that never ends in C code": (
        TOY + "mistakes.py",
        'scale("is div',
        MISTAKE.format(ENDLESS),
        r"mytorch/toy.py line \d+: took too long in one call: does it never end, here "
        "or with a mistake\\?",
    ),
    "a table of questions that crashes": (
        TOY + "questions.py",
        "QUESTIONS = (",
        "import os\nos.abort()\nQUESTIONS = (",
        "tests/toy: a crash outside of Python ended the check: is there one in its "
        "files, or in mytorch\\?",
    ),
}


@pytest.mark.parametrize("what", ENDED)
def test_no_line_of_an_author_ends_the_command(course, check, what):
    file, old, new, line = ENDED[what]
    path = course / file
    before = path.read_text()
    try:
        edit(path, old, new)
        (said,) = check(freeze=False)
    finally:
        path.write_text(before)
    assert re.fullmatch(line, said), said


@pytest.mark.parametrize("what", FROZEN_OUT)
def test_what_cannot_be_frozen_is_told_in_one_line(course, what):
    file, old, new, line = FROZEN_OUT[what]
    path, frozen = course / file, course / TOY / "visible.json"
    before, kept = path.read_text(), frozen.read_bytes()
    try:
        edit(path, old, new)
        assert run(course, "autograder", "freeze", "toy") == (1, line)
    finally:
        path.write_text(before)
    assert frozen.read_bytes() == kept


BROKEN_CONFIG = {
    "no Python": (
        "c = get_config()",
        "c = = get_config()",
        "cannot be run: SyntaxError",
    ),
    "a name that is not there": (
        "c.GenerateAssignment.force = True",
        "c.GenerateAssignment.force = true",
        "cannot be run: NameError",
    ),
    "no step that completes a release": (
        "    CompleteRelease,\n    SaveCells",
        "    SaveCells",
        "c.GenerateAssignment.preprocessors holds no CompleteRelease",
    ),
    "nothing installed": ("\ninstall()\n", "\n", "does not call install()"),
}


@pytest.mark.parametrize("what", BROKEN_CONFIG)
def test_a_config_without_our_steps_is_noticed(course, what):
    old, new, words = BROKEN_CONFIG[what]
    path = course / "nbgrader_config.py"
    before = path.read_text()
    assert config_faults(course) == []
    try:
        edit(path, old, new)
        (fault,) = config_faults(course)
    finally:
        path.write_text(before)
    assert words in fault


def test_a_release_without_our_steps_is_noticed(course):
    """Where its config cannot be run, nbgrader goes on with its own settings."""
    old, new, words = BROKEN_CONFIG["no Python"]
    path = course / "nbgrader_config.py"
    before = path.read_text()
    try:
        edit(path, old, new)
        run(course, "nbgrader", "generate_assignment", "mlp")
        status, said = run(course, "autograder", "author-check", "toy", "--seeds", "1")
    finally:
        path.write_text(before)
    assert status == 1
    assert words in said.splitlines()[0]
    status, said = run(course, "autograder", "doctor")
    assert (status, "release/mlp holds no mytorch" in said) == (1, True)


def test_no_release_is_made_of_what_is_refused(course):
    path = course / "mytorch/toy.py"
    before = path.read_text()
    release = course / "release/toy/mytorch/toy.py"
    status, said = run(course, "nbgrader", "generate_assignment", "toy")
    assert status == 0, said
    kept = release.read_bytes()
    try:
        edit(path, "np.asarray(grad * by)", "np.asarray(2 * grad * by)")
        run(course, "autograder", "freeze", "toy")
        status, said = run(course, "nbgrader", "generate_assignment", "toy")
    finally:
        path.write_text(before)
        run(course, "autograder", "freeze", "toy")
    assert status != 0
    assert "is not the slope of scale" in said
    assert not release.exists() or release.read_bytes() == kept


def test_a_check_is_remembered_until_anything_changes(scratch, monkeypatch, tmp_path):
    course = scratch()
    notebook = course / "source/mlp/mlp.ipynb"
    monkeypatch.setenv("AUTOGRADER_CHECKED", str(tmp_path / "checked"))
    done = []

    def checked(root, name, seeds, notebook):
        done.append(name)
        return Checked(name)

    monkeypatch.setattr(remembered, "author_check", checked)
    for _ in range(2):
        assert remembered.release_faults(course, "mlp", notebook) == ()
    assert done == ["mlp"]
    hidden = course / "tests/mlp/hidden.py"
    hidden.write_text(hidden.read_text() + "\n# changed\n")
    remembered.release_faults(course, "mlp", notebook)
    assert done == ["mlp", "mlp"]
