"""The examples in docstrings are true."""

import doctest
import importlib

import pytest

from tests.support.samples import ROOT

MODULES = {
    "mytorch.nn": 2,
    "mytorch.miniflow": 5,
    "autograder.judging.submission": 1,
}


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    module = importlib.import_module(name)
    tried = doctest.testmod(module, extraglobs={"np": importlib.import_module("numpy")})
    assert tried.attempted >= MODULES[name]
    assert tried.failed == 0
