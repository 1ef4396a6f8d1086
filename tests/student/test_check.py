"""`check`, as a student meets it: in a terminal, and in a kernel of its own."""

import re
import sys
import time
import types
from pathlib import Path

import numpy as np
import pytest

from autograder import attempt, check
from autograder.judging.submission import grade
from autograder.student import display as shown_how
from autograder.student.start import missing_packages
from autograder.student.tables import Pair
from autograder.student.workplace import CheckFailed
from tests.support.students import Kernel, copy_release, make_releases, python, solve

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    return make_releases(tmp_path_factory.mktemp("released"))


@pytest.fixture
def sits_in(released, tmp_path, monkeypatch):
    """Return a function that puts this process into a student's copy of a release."""

    def sit(name):
        folder = copy_release(released, name, tmp_path)
        for module in [m for m in sys.modules if m.split(".")[0] == "mytorch"]:
            monkeypatch.delitem(sys.modules, module)
        monkeypatch.setattr(sys, "path", list(sys.path))
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        monkeypatch.chdir(folder)
        return folder

    return sit


@pytest.fixture
def pages(monkeypatch):
    """Let `show` believe that it is in a notebook; return the pages it displays."""
    shown = []
    monkeypatch.setattr(shown_how, "in_notebook", lambda: True)
    display = "IPython.display.display"
    monkeypatch.setattr(display, lambda data, raw: shown.append(data["text/html"]))
    return shown


def says(question=None):
    """Return the line with which `check` refuses."""
    with pytest.raises(CheckFailed) as caught:
        check(question)
    line = str(caught.value)
    assert "\n" not in line
    assert "!" not in line
    return line


def forward(body):
    return {"nn.Linear.forward": f"def forward(self, x):\n    self.x = x\n    {body}\n"}


# What it says, in plain text


def test_a_question_that_is_not_written_says_where_to_write_it(sits_in):
    sits_in("mlp")
    assert says("linear_forward") == (
        "linear_forward: Linear.forward is not yet written. Write it in mytorch/nn.py "
        "and save the file."
    )


def test_a_pass_is_one_line(sits_in, capsys):
    solve(sits_in("mlp"))
    check("linear_forward")
    assert capsys.readouterr().out == "linear_forward: passed\n"


def test_a_wrong_answer_stands_beside_the_right_one(sits_in, capsys):
    solve(sits_in("mlp"), forward("return x @ self.weight + 2 * self.bias"))
    line = says("linear_forward")
    assert line.startswith("linear_forward: output: ")
    assert line.endswith(" Read again: Question 1.1.")
    assert capsys.readouterr().out == (
        "output:\n"
        "  yours, shape (2, 4)   expected, shape (2, 4)\n"
        "   40*  48*  56*  64*    39  46  53  60\n"
        "   85* 102* 119* 136*    84 100 116 132\n"
        "  (* marks entries that differ)\n"
    )


def test_a_wrong_shape_shows_both_shapes(sits_in, capsys):
    solve(sits_in("mlp"), forward("return (x @ self.weight + self.bias).T"))
    assert "transposed" in says("linear_forward")
    text = capsys.readouterr().out
    assert "yours, shape (4, 2)   expected, shape (2, 4)" in text
    assert "*" not in text


@pytest.mark.parametrize(
    ("body", "reason", "what"),
    [
        ("pass", "is None: is a return or an assignment missing", "yours: None"),
        ("return (x @ self.weight).tolist()", "is a list", "yours: list"),
        ("return x @ self.weight > 50", "True and False", "False*  True*"),
        ("return (x @ self.weight) * np.nan", "NaN", "nan*"),
        ("return (x @ self.weight) * 1j", "complex", "0+38j"),
    ],
)
def test_anything_that_comes_can_be_shown(sits_in, capsys, body, reason, what):
    solve(sits_in("mlp"), forward(body))
    assert reason in says("linear_forward")
    assert what in capsys.readouterr().out


def test_an_exception_names_the_line_and_brings_no_traceback(sits_in, capsys):
    folder = sits_in("mlp")
    solve(folder, forward("return x @ self.wait"))
    source = (folder / "mytorch/nn.py").read_text().splitlines()
    number = next(i for i, line in enumerate(source, 1) if "self.wait" in line)
    line = says("linear_forward")
    assert "raised AttributeError: 'Linear' object has no attribute 'wait'" in line
    assert f"(nn.py line {number})" in line
    assert capsys.readouterr().out == ""


def test_a_bias_gradient_without_its_axis_is_not_shown_as_wrong(sits_in, capsys):
    body = """
    def backward(self, grad):
        self.grad_weight = 2 * self.x.T @ grad
        self.grad_bias = np.sum(grad, axis=0)
        return grad @ self.weight.T
    """
    solve(sits_in("mlp"), {"nn.Linear.backward": body})
    says("linear_backward")
    text = capsys.readouterr().out
    assert "grad_weight:" in text
    assert "grad_bias:" not in text


def test_where_several_answers_are_right_none_is_shown(sits_in, capsys):
    sort = """
    def topological_sort(feed_dict):
        return list(feed_dict)
    """
    solve(sits_in("miniflow"), {"miniflow.topological_sort": sort})
    assert says("topological_sort").startswith("topological_sort: ")
    assert "expected" not in capsys.readouterr().out


def test_progress_lists_every_question_and_the_next_one(sits_in, capsys):
    folder = sits_in("mlp")
    assert says() == "0 of 9 questions pass. Next: linear_forward."
    solve(folder, {"nn.ReLU.forward": "def forward(self, x):\n    return x\n"})
    assert says() == "8 of 9 questions pass. Next: relu_forward."
    lines = capsys.readouterr().out.splitlines()
    assert lines[10:12] == [
        "8 of 9 questions pass their visible cases",
        "linear_forward       passed",
    ]


@pytest.mark.parametrize(
    ("assignment", "question", "hint"),
    [
        ("mlp", "linear_forward", "save the file."),
        (
            "mlp",
            "sgd",
            "linear_forward comes before it in the notebook and is not done",
        ),
        ("miniflow", "forward_pass", "Its example also needs topological_sort."),
        ("miniflow", "mse_forward", "needs input, topological_sort and forward_pass."),
    ],
)
def test_what_comes_before_is_named(sits_in, assignment, question, hint):
    sits_in(assignment)
    assert hint in says(question)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("linear_foward", "did you mean 'linear_forward'?"),
        ("Linear.forward", "did you mean 'linear_forward'?"),
        ("relu_back", "did you mean 'relu_backward'?"),
        ("xyz", "there are linear_forward, relu_forward,"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(sits_in, name, hint):
    sits_in("mlp")
    assert says(name).startswith(f"No question '{name}' in mlp: {hint}")


# Slips


def test_a_print_left_in_is_shown_and_forgiven(sits_in, capsys):
    solve(sits_in("mlp"), forward("print(x.shape); return x @ self.weight + self.bias"))
    check("linear_forward")
    assert capsys.readouterr().out.splitlines() == [
        "linear_forward: passed",
        "Your code printed (a print left in costs no points):",
        "  (2, 3)",
    ]


def test_a_flood_of_prints_is_cut(sits_in, capsys):
    flood = "print('ha\\n' * 1000); return x @ self.weight + self.bias"
    solve(sits_in("mlp"), forward(flood))
    check("linear_forward")
    assert "  and 981 more lines" in capsys.readouterr().out


def test_the_wrong_folder_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert says("linear_forward") == (
        f"No assignment in {tmp_path}: open the notebook from the folder that also "
        "holds mytorch/ and tests/."
    )


def test_between_two_assignments_it_asks_for_one(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert "run this in the folder of one assignment" in says()
    assert "miniflow, mlp" in says()


def test_another_mytorch_is_named(sits_in, tmp_path, monkeypatch):
    folder = sits_in("mlp")
    other = types.ModuleType("mytorch")
    other.__file__ = str(tmp_path / "elsewhere/mytorch/__init__.py")
    monkeypatch.setitem(sys.modules, "mytorch", other)
    assert says("linear_forward") == (
        f"Another mytorch is loaded, from {tmp_path / 'elsewhere/mytorch'}: restart "
        f"the kernel and open the notebook from {folder}."
    )


def test_a_file_that_is_no_python_names_the_line(sits_in):
    folder = sits_in("mlp")
    solve(folder)
    path = folder / "mytorch/nn.py"
    path.write_text(path.read_text() + "\ndef broken(:\n")
    number = len(path.read_text().splitlines())
    assert says("relu_forward") == (
        "relu_forward: mytorch/nn.py does not load: SyntaxError: invalid syntax "
        f"(nn.py line {number})"
    )


def test_one_broken_file_leaves_the_questions_of_the_other(sits_in):
    folder = sits_in("mlp")
    solve(folder)
    (folder / "mytorch/optim.py").write_text("import nothing_of_that_name\n")
    check("linear_forward")
    assert "No module named 'nothing_of_that_name'" in says("sgd")


def test_a_renamed_method_is_missed(sits_in):
    folder = sits_in("mlp")
    path = folder / "mytorch/nn.py"
    path.write_text(path.read_text().replace("class ReLU", "class Relu"))
    assert says("relu_forward") == (
        "relu_forward: mytorch/nn.py has no ReLU.forward: was it renamed or moved?"
    )


def test_an_old_numpy_is_mentioned_when_something_fails(sits_in, monkeypatch):
    solve(sits_in("mlp"), forward("return x"))
    monkeypatch.setattr(np, "__version__", "1.26.4")
    assert "Your NumPy is 1.26.4, and the course needs 2" in says("linear_forward")
    check("relu_forward")


def test_missing_packages_are_found(monkeypatch):
    assert missing_packages() == []
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert missing_packages() == ["matplotlib"]


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["crlf", "crlf-and-bom"])
def test_files_as_windows_writes_them_pass_check_and_grading(sits_in, capsys, start):
    folder = sits_in("mlp")
    solve(folder)
    for path in folder.glob("mytorch/*.py"):
        source = path.read_bytes().replace(b"\r\n", b"\n")
        path.write_bytes(start + source.replace(b"\n", b"\r\n"))
    check()
    assert "9 of 9" in capsys.readouterr().out
    assert grade(folder, "mlp", root=ROOT).lost == []


# How it looks in a notebook


def test_a_page_marks_what_differs_in_three_ways(sits_in, pages):
    solve(sits_in("mlp"), forward("return x @ self.weight + 2 * self.bias"))
    says("linear_forward")
    cell = "background:#c6282833;font-weight:bold;text-decoration:underline'>40*</td>"
    assert cell in pages[0]
    assert "<td>39</td>" in pages[0]
    assert "✗ linear_forward: not passed yet" in pages[0]


def test_the_traceback_is_one_click_away_and_begins_with_the_students_line(
    sits_in, pages
):
    solve(sits_in("mlp"), forward("raise ValueError('<script>no</script>')"))
    says("linear_forward")
    assert "<details><summary>the whole traceback</summary>" in pages[0]
    files = re.findall(r"File &quot;(.*?)&quot;", pages[0])
    assert [Path(file).name for file in files] == ["nn.py"]
    assert "<script>" not in pages[0]


def test_signs_say_what_passed_without_colour(sits_in, pages):
    solve(sits_in("mlp"), forward("return x"))
    says()
    assert "✗ <code>linear_forward</code>" in pages[0]
    assert "✓ <code>relu_forward</code>" in pages[0]


def test_numbers_that_look_alike_get_more_digits():
    expected = np.array([1.0, 2.0])
    text = Pair("output", expected, expected + np.array([1e-8, 0]), 1e-9).as_text()
    assert "1.00000001* " in text
    assert "2* " not in text


def test_a_large_array_is_cut():
    expected = np.zeros((30, 40))
    text = Pair("output", expected, expected + 1, 1e-9).as_text()
    assert text.count("1*") == 144
    assert "expected, shape (30, 40), the first 12 rows and columns" in text


# Examples


def test_attempt_says_what_is_not_written(sits_in, capsys):
    sits_in("mlp")
    with attempt("ReLU.forward"):
        raise NotImplementedError
    with attempt("Something"):
        raise NotImplementedError("ReLU.forward is not yet written")
    assert capsys.readouterr().out == "ReLU.forward is not yet written\n" * 2


def test_attempt_lets_every_other_exception_through(sits_in):
    sits_in("mlp")
    with pytest.raises(ZeroDivisionError), attempt("ReLU.forward"):
        _ = 1 / 0


# Time


def test_a_check_takes_less_than_a_tenth_of_a_second(sits_in, capsys):
    solve(sits_in("miniflow"))
    check("linear_forward")
    took = []
    for _ in range(5):
        began = time.perf_counter()
        check("linear_forward")
        took.append(time.perf_counter() - began)
    assert min(took) < 0.1


def test_the_student_part_starts_within_half_a_second_beyond_numpy(released):
    code = (
        "import time, numpy; began = time.perf_counter(); import autograder; "
        "print(time.perf_counter() - began)"
    )
    took = [float(python(released / "mlp", "-c", code).stdout) for _ in range(3)]
    assert min(took) < 0.5


# From outside, with the released folder alone


@pytest.mark.parametrize("name", ["mlp", "miniflow"])
def test_the_command_says_the_same(released, tmp_path, name):
    folder = copy_release(released, name, tmp_path)
    done = python(folder, "-m", "autograder", "check")
    assert done.returncode == 1
    assert "questions pass. Next: " in done.stdout.splitlines()[-1]
    solve(folder)
    done = python(folder, "-m", "autograder", "check", "linear_forward")
    assert (done.returncode, done.stdout) == (0, "linear_forward: passed\n")


def test_pytest_says_the_same(released, tmp_path):
    folder = copy_release(released, "mlp", tmp_path)
    done = python(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert "9 failed" in done.stdout
    assert "AssertionError: not yet written" in done.stdout
    solve(folder)
    done = python(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert "9 passed" in done.stdout


# In a real kernel


SETUP = """
%reload_ext autoreload
%autoreload 2 --hide-errors
import numpy as np
from autograder import attempt, check, pack
from mytorch import nn, optim
"""
STEP = """
model = nn.Sequential(nn.Linear(2, 3), nn.ReLU())
before = model.layers[0].weight.copy()
model.layers[0].grad_weight = np.ones((2, 3))
with attempt("SGD.step"):
    optim.SGD(model, lr=0.5).step()
    print((before - model.layers[0].weight).max().round(3))
"""


@pytest.fixture
def kernel(released, tmp_path):
    with Kernel(copy_release(released, "mlp", tmp_path)) as kernel:
        yield kernel


def test_a_kernel_follows_the_file(kernel):
    kernel.run(SETUP)
    shown = kernel.run('check("linear_forward")')
    assert shown.error.replace("\n", " ").startswith(
        "linear_forward: Linear.forward is"
    )
    assert len(shown.error.splitlines()) == 2

    solve(kernel.folder, forward("return x @ self.weight + 2 * self.bias"))
    shown = kernel.run('check("linear_forward")')
    assert "yours, shape (2, 4)" in shown.text
    assert "40*</td>" in shown.html
    assert shown.printed == ""

    solve(kernel.folder)
    shown = kernel.run('check("linear_forward")')
    assert (shown.text, shown.error) == ("linear_forward: passed", "")
    assert "✓" in shown.html
    # Layers of a reloaded nn are still those that optim knows.
    assert kernel.run(STEP).printed == "0.5\n"


def test_an_exception_in_an_example_points_at_the_right_line(kernel):
    kernel.run(SETUP)
    solve(kernel.folder, forward("return x @ self.wait"))
    shown = kernel.run(
        "with attempt('Linear.forward'):\n    nn.Linear(2, 3).forward(1)"
    )
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown.error)
    assert re.search(r"-+> \d+ +return x @ self\.wait", plain)


def test_a_kernel_without_autoreload_follows_too(kernel):
    kernel.run(SETUP.replace("%", "# %"))
    solve(kernel.folder)
    assert kernel.run('check("relu_forward")').text == "relu_forward: passed"
    assert kernel.run(STEP).printed == "0.5\n"


def test_a_function_of_the_notebook_is_left_alone(kernel):
    kernel.run(SETUP)
    kernel.run("def mine(self, x):\n    return 7\nnn.ReLU.forward = mine")
    assert "not yet written" in kernel.run('check("relu_forward")').error
    assert kernel.run("print(mine(None, None))").printed == "7\n"


def test_a_file_that_does_not_load_is_one_line_in_every_example(kernel):
    solve(kernel.folder)
    kernel.run(SETUP)
    path = kernel.folder / "mytorch/optim.py"
    path.write_text(path.read_text() + "\ndef broken(:\n")
    shown = kernel.run(STEP)
    assert "mytorch/optim.py does not load: SyntaxError" in shown.printed
    assert "The example runs on the last version that did load." in shown.printed
    assert "Traceback" not in shown.printed


def test_a_kernel_without_matplotlib_says_how_to_get_it(kernel):
    shown = kernel.run(
        "import sys\nsys.modules['matplotlib'] = None\nimport autograder"
    )
    assert shown.printed == (
        "This kernel has no matplotlib: run `%pip install -r requirements.txt` in a "
        "cell, then restart the kernel.\n"
    )


def test_a_check_in_a_kernel_takes_less_than_a_tenth_of_a_second(kernel):
    solve(kernel.folder)
    kernel.run(SETUP)
    timed = (
        "import time; began = time.perf_counter(); check('linear_forward'); "
        "print(time.perf_counter() - began)"
    )
    took = [float(kernel.run(timed).printed) for _ in range(5)]
    assert min(took) < 0.1
