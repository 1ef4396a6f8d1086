"""What a laptop has and the grader has not is said before the hand-in."""

import zipfile
from types import SimpleNamespace

import pytest

from autograder.student import apart, as_graded
from autograder.student.apart import try_apart
from tests.support.students import copy_release, python, solve

LINE = "linear_forward"


@pytest.fixture
def mine(released, tmp_path):
    """Return a student's folder of mlp in which everything is right."""
    folder = copy_release(released, "mlp", tmp_path / "mine")
    solve(folder)
    return folder


def write(folder, begin="", end="", module="nn"):
    """Put lines before and behind what a module of the student's has."""
    path = folder / f"mytorch/{module}.py"
    text = path.read_text()
    head = "from __future__ import annotations\n"
    path.write_text(head + begin + "\n" + text.replace(head, "") + "\n" + end + "\n")


def tried(folder, *questions):
    return try_apart(folder, "mlp", questions or (LINE,))


def line(trial):
    [answer] = trial.answers
    return answer.reason


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("exit()", "it ends Python (nn.py line"),
        ("import os; os._exit(3)", "ended Python (exit code 3)"),
        ("while True: pass", "mytorch/nn.py took more than 2 s"),
        ("raise KeyError('x')", "does not load: KeyError"),
    ],
)
def test_a_module_that_does_not_end_its_loading_is_told_and_packed(
    mine, monkeypatch, end, said
):
    monkeypatch.setattr(apart, "SECONDS", 2.0)
    write(mine, end=end)
    assert said in line(tried(mine))
    code = (
        "import autograder; from autograder.student import apart; apart.SECONDS = 2; "
        "autograder.pack()"
    )
    done = python(mine, "-c", code)
    assert said in done.stdout
    assert (mine / "mlp.zip").exists()


def test_a_loop_in_one_question_leaves_the_others_their_answer(mine, monkeypatch):
    monkeypatch.setattr(apart, "SECONDS", 2.0)
    solve(mine, {"nn.ReLU.forward": "def forward(self, x):\n    while True: pass\n"})
    answers = tried(mine, "relu_forward", "linear_forward", "sgd").answers
    assert [a.question for a in answers] == ["relu_forward", "linear_forward", "sgd"]
    assert "endless loop" in answers[0].reason
    assert [a.reason for a in answers[1:]] == ["", ""]


@pytest.mark.parametrize(
    ("file", "how"),
    [
        ("extra", "from mytorch.extra import top"),
        ("extra", "from .extra import top"),
        ("__init__", "from mytorch import top"),
    ],
)
def test_helpers_beside_a_module_are_packed_and_count(mine, file, how):
    (mine / f"mytorch/{file}.py").write_text("def top(x):\n    return x.max()\n")
    write(mine, begin=how)
    assert line(tried(mine)) == ""
    python(mine, "-m", "autograder", "pack")
    with zipfile.ZipFile(mine / "mlp.zip") as archive:
        assert f"mlp/mytorch/{file}.py" in archive.namelist()


FALLBACK = """
try:
    import scipy
except ImportError:
    scipy = None
assert scipy is None
"""


def test_a_package_that_the_grader_has_not_is_absent_here_too(mine):
    write(mine, begin=FALLBACK)
    trial = tried(mine)
    assert (line(trial), trial.notes) == ("", [])


def test_a_package_at_the_top_is_told_and_let_through(mine):
    write(mine, begin="import matplotlib.pyplot as plt")
    trial = tried(mine)
    assert line(trial) == ""
    assert "imports matplotlib, which is not available during grading" in trial.notes[0]


FORWARD = """
def forward(self, x):
    {}
    self.x = x
    return x @ self.weight + self.bias
"""


ABOVE = "__import__('pathlib').Path(__file__).parents[1] / 'mlp.ipynb'"


@pytest.mark.parametrize(
    ("act", "what"),
    [
        ("open('data.csv')", "the file data.csv"),
        ("import os; os.listdir('/')", "the contents of a folder"),
        ("open('out.txt', 'w')", "the file out.txt"),
        (f"from pathlib import Path; assert ({ABOVE}).exists()", "the file mlp.ipynb"),
        ("import os; os.environ['PATH']", "the environment variable PATH"),
        ("import socket; socket.socket()", "the network"),
        ("import subprocess; subprocess.run(['true'])", "another process"),
        ("import os; os.mkdir('made')", "the disk"),
        ("import threading; threading.Thread(target=print).start()", "a thread"),
    ],
)
def test_what_is_not_there_while_grading_is_refused_and_told(mine, act, what):
    solve(mine, {"nn.Linear.forward": FORWARD.format(act)})
    trial = tried(mine)
    assert what in " ".join(trial.notes)
    assert "raised" in line(trial)
    assert not (mine / "out.txt").exists()


@pytest.mark.parametrize("act", ["get_ipython()", "import IPython"])
def test_there_is_no_notebook_while_grading(mine, act):
    solve(mine, {"nn.Linear.forward": FORWARD.format(act)})
    assert "raised" in line(tried(mine))


def test_honest_work_uses_the_library_freely(mine):
    acts = "import csv, decimal, random, tempfile; print('x'); np.random.rand(3)"
    solve(mine, {"nn.Linear.forward": FORWARD.format(acts)})
    trial = tried(mine)
    assert (line(trial), trial.notes) == ("", [])


def test_check_of_all_says_in_the_kernel_what_will_not_be_there(mine):
    solve(mine, {"nn.Linear.forward": FORWARD.format("open('mlp.ipynb').close()")})
    done = python(mine, "-c", "import autograder; autograder.check()")
    assert "Note: Your code uses the file mlp.ipynb" in done.stdout
    assert "linear_forward: raised PermissionError" in done.stdout
    assert "8 of 9 questions pass. Next: linear_forward." in done.stdout


def test_a_newer_syntax_and_a_slow_question_are_told(mine, monkeypatch):
    told = []
    world = SimpleNamespace(tell=told.append)
    monkeypatch.setattr(as_graded, "OLDEST", (3, 7))
    write(mine, end="if (found := 1):\n    pass")
    as_graded._tell_of_syntax(SimpleNamespace(root=mine), "nn", world)
    as_graded._tell_of_time(LINE, 0.4, world)
    as_graded._tell_of_time(LINE, 1.3, world)
    assert [note.split(":")[0].split(";")[0] for note in told] == [
        f"mytorch/nn.py line {lines_of(mine) - 2} needs a newer Python than 3.7, which "
        "the grader may have.",
        f"{LINE} takes 1.3 s to compute",
    ]


def lines_of(folder):
    return len((folder / "mytorch/nn.py").read_text().split("\n"))


def test_what_is_slow_to_load_is_told(mine):
    write(mine, end="import time\nt = time.process_time()\n"
          "while time.process_time() < t + 1.2: pass")  # fmt: skip
    assert "s to load" in tried(mine).notes[0]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_terminal_of_any_encoding_shows_what_it_can(mine, encoding):
    act = FORWARD.format("print('x \\u2192', x.shape)")
    solve(mine, {"nn.Linear.forward": act})
    done = python(mine, "-m", "autograder", "check", LINE, PYTHONIOENCODING=encoding)
    assert done.returncode == 0, done.stdout
    assert f"{LINE}: passed" in done.stdout
    raising = FORWARD.format("raise ValueError('x \u2192 y')")
    solve(mine, {"nn.Linear.forward": raising})
    done = python(mine, "-m", "autograder", "pack", PYTHONIOENCODING=encoding)
    assert (mine / "mlp.zip").exists(), done.stdout


def test_a_module_that_sets_its_streams_is_checked(mine):
    write(mine, begin="import sys\nsys.stdout.reconfigure(encoding='utf-8')")
    done = python(mine, "-m", "autograder", "check", LINE)
    assert f"{LINE}: passed" in done.stdout


def test_a_folder_in_the_place_of_the_zip_is_said(mine):
    (mine / "mlp.zip").mkdir()
    done = python(mine, "-m", "autograder", "pack")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("mlp.zip cannot be written")
    assert list(mine.glob(".mlp.zip*")) == []


def test_the_result_is_written_as_json_for_other_programs(mine, tmp_path):
    target = tmp_path / "result.json"
    solve(mine, {"nn.ReLU.forward": "def forward(self, x):\n    return x\n"})
    done = python(mine, "-m", "autograder", "check", "--json", str(target))
    assert done.returncode == 1
    text = target.read_text()
    assert '"assignment": "mlp"' in text
    assert text.count('"passed": true') == 8
