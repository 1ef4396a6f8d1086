"""Replaces the worker's own functions by ones that report success.

The judge is in another process: all is lost.
"""

LOSES = "all"
BASE = "stub"
CODE = """
import gc

for found in gc.get_objects():
    space = getattr(found, "__globals__", None)
    if isinstance(space, dict) and "autograder" in str(space.get("__name__")):
        for name in ("compare", "close", "mark", "judge"):
            space[name] = lambda *_, **__: None
        for name in ("quietly", "plain", "describe"):
            if name in space:
                space[name] = lambda *_: None
"""
