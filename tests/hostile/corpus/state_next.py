"""Ruins numpy, builtins, codecs, random and the import system for whoever is next.

Each submission has a process of its own: the next one has full points.
"""

LOSES = "all"
BASE = "stub"
CODE = """
import builtins, codecs, importlib, random

for place in (np, np.linalg, codecs, importlib, random):
    for name in list(vars(place)):
        if not name.startswith("__"):
            setattr(place, name, None)
sys.meta_path.clear()
sys.path.clear()
builtins.__import__ = builtins.print = None
np.seterr = None
"""
