"""Puts modules of its own in the place of optim, numpy and the probes.

Its own optim is as good as its answer is, and it has none: all is lost.
"""

LOSES = "all"
BASE = "stub"
CODE = """
from types import ModuleType

class Yes(ModuleType):
    __getattr__ = lambda self, name: lambda *_, **__: 10.0

for name in ("mytorch.optim", "numpy.linalg", "probes", "autograder", "tests"):
    sys.modules[name] = Yes(name)
"""
