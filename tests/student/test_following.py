"""An open notebook follows the saved file, or says what only a restart can mend."""

import pytest

from tests.support.students import Kernel, copy_release, solve

IMPORTS = """
import numpy as np
from autograder import attempt, check, pack
from mytorch import nn, optim
"""
AUTORELOAD = "%reload_ext autoreload\n%autoreload 2 --hide-errors\n"
RESTART = "restart the kernel (menu Kernel, Restart Kernel)"


@pytest.fixture(params=[AUTORELOAD, ""], ids=["autoreload", "no autoreload"])
def kernel(released, tmp_path, request):
    """Return a kernel in a solved folder, with the library loaded and one layer."""
    folder = copy_release(released, "mlp", tmp_path)
    solve(folder)
    with Kernel(folder) as kernel:
        kernel.run(request.param + IMPORTS)
        kernel.run("layer = nn.Linear(2, 3); x = np.ones((1, 2))")
        yield kernel


def save(kernel, old, new):
    path = kernel.folder / "mytorch/nn.py"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def add_decorator(kernel):
    wrap = (
        "import functools\n\n\ndef plus(function):\n    @functools.wraps(function)\n"
        "    def wrapped(self, x):\n        return function(self, x) + 1\n\n"
        "    return wrapped\n\n\nclass Linear:"
    )
    save(kernel, "class Linear:", wrap)
    forward = '    def forward(self, x: Array) -> Array:\n        """Return x W'
    save(kernel, forward, f"    @plus\n{forward}")


def test_a_new_base_class_is_told(kernel):
    base = "class Module:\n    def __init__(self):\n        self.made = 1\n\n\n"
    save(kernel, "class Linear:", f"{base}class Linear(Module):")
    save(kernel, "        scale = ", "        super().__init__()\n        scale = ")
    shown = kernel.run('check("linear_forward")')
    assert shown.text == "linear_forward: passed"
    assert shown.printed.startswith("This notebook still has the old nn.Linear: ")
    assert RESTART in shown.printed
    told = kernel.run('with attempt("Linear"):\n    print(nn.Linear(2, 3).made)')
    assert RESTART in told.printed


def test_a_method_that_is_decorated_now_is_told(kernel):
    add_decorator(kernel)
    shown = kernel.run('check("relu_forward")')
    assert "still has the old nn.Linear.forward: " in shown.printed


def test_what_was_told_is_not_told_of_what_fits(kernel):
    save(kernel, "return np.maximum(x, 0.0)", "return np.maximum(0.0, x)")
    assert kernel.run('check("relu_forward")').printed == ""


def test_a_change_inside_a_decorated_method_is_followed(released, tmp_path):
    folder = copy_release(released, "mlp", tmp_path)
    solve(folder)
    with Kernel(folder) as kernel:
        add_decorator(kernel)
        kernel.run(IMPORTS)
        kernel.run("layer = nn.Linear(2, 3); x = np.ones((1, 2))")
        save(kernel, "function(self, x) + 1", "function(self, x) + 5")
        save(kernel, "        self.x = x\n", "        self.x = x\n        x = 0 * x\n")
        assert kernel.run('check("relu_forward")').printed == ""
        assert kernel.run("print(layer.forward(x))").printed == "[[5. 5. 5.]]\n"
