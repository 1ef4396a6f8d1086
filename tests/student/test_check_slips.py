"""Slips that are no wrong formula: `check` names them, or forgives them."""

import sys
import types

import numpy as np
import pytest

from autograder import check
from autograder.judging.submission import grade
from autograder.student.start import missing_packages
from tests.support.refused import forward, says
from tests.support.samples import ROOT
from tests.support.students import solve


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
