"""Modules of an earlier assignment are brought along, or it is said why not."""

import shutil
import sys
from pathlib import Path

import pytest

from autograder.student import bring, earlier

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """Give the folder of an assignment without nn.py, and be in it."""
    folder = tmp_path / "next"
    (folder / "mytorch").mkdir(parents=True)
    (folder / "mytorch/__init__.py").touch()
    shutil.copytree(ROOT / "tests/mlp", folder / "tests/mlp")
    (tmp_path / "mlp/mytorch").mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    for name in [name for name in sys.modules if name.split(".")[0] == "mytorch"]:
        monkeypatch.delitem(sys.modules, name)
    yield folder
    for name in [name for name in sys.modules if name.split(".")[0] == "mytorch"]:
        del sys.modules[name]


def beside(here, text):
    (here.parent / "mlp/mytorch/extra.py").write_text(text)


def test_a_module_is_copied_from_the_folder_beside(here, capsys):
    beside(here, "NUMBER = 3\n")
    assert bring("mlp", "extra").NUMBER == 3
    assert (here / "mytorch/extra.py").read_text() == "NUMBER = 3\n"
    assert "copied from your assignment mlp" in capsys.readouterr().out


def test_the_module_that_is_here_stays(here):
    beside(here, "NUMBER = 3\n")
    (here / "mytorch/extra.py").write_text("NUMBER = 4\n")
    assert bring("mlp", "extra").NUMBER == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "copy the one of your assignment mlp"),
        ("def f(:\n", "does not load: SyntaxError"),
        ("import nothing_of_that_name\n", "does not load: ModuleNotFoundError"),
        ("exit(3)\n", "does not load: it ended with 3"),
        ("while True:\n    pass\n", "takes too long to load"),
    ],
    ids=["missing", "syntax", "import", "exit", "endless"],
)
def test_what_hinders_is_said_and_stops_nothing(here, text, said, capsys, monkeypatch):
    monkeypatch.setattr(earlier, "LONGEST_LOAD", 2.0)
    if text is not None:
        beside(here, text)
    module = bring("mlp", "extra")
    assert said in capsys.readouterr().out
    with pytest.raises(NotImplementedError, match="not yet written, or not here"):
        module.Linear(2, 3)
