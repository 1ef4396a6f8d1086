"""The notebooks as authors write them."""

import nbformat

from tests.support.samples import ROOT


def read(name):
    path = ROOT / f"source/{name}/{name}.ipynb"
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)
