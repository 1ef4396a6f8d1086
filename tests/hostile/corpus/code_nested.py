"""Hands in brackets nested so deep that parsers overflow.

The trusted side never parses: the worker says that the module did not load.
"""

LOSES = "all"
REASON = "did not load"
BASE = ""
CODE = "x = " + "(" * 50_000 + ")" * 50_000 + "\n" + "-" * 100_000 + "1\n"
