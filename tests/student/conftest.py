"""A student's copy of a release, and what it shows."""

import sys

import pytest

from autograder.student import display as shown_how
from tests.support.students import copy_release, make_releases


@pytest.fixture(scope="session")
def released(tmp_path_factory):
    """Return a folder of all releases: to be copied, and left as it is."""
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
