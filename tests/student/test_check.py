"""`check`, as a student meets it: in a terminal, and in a kernel of its own."""

import re
from pathlib import Path

import numpy as np
import pytest

from autograder import attempt, check
from autograder.student.tables import Pair
from tests.support.refused import forward, says
from tests.support.students import copy_release, python, solve

ROOT = Path(__file__).resolve().parents[2]


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


def test_an_empty_array_is_shown():
    pair = Pair("output", np.ones((2, 3)), np.ones((2, 0)), 1e-9)
    assert "yours, shape (2, 0)" in pair.as_text()
    assert "yours, shape (2, 0)" in pair.as_html()


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
