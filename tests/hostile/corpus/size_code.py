"""Hands in a million lines that define nothing.

It loads or it does not, within the limits; there is no answer in it.
"""

LOSES = "all"
BASE = ""
CODE = "x = [" + "1,\n" * 300_000 + "]\n"
