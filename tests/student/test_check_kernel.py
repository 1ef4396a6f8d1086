"""`check` in a real kernel follows the files, and says what a kernel lacks."""

import re

import pytest

from tests.support.refused import forward
from tests.support.students import Kernel, copy_release, solve

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
