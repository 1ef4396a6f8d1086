"""Overflows the C stack by comparing two endlessly nested lists.

The question is lost, by a crash or by RecursionError.
"""

LOSES = "one"
INSIDE = """
sys.setrecursionlimit(10**9)
class Endless:
    def __repr__(self):
        return f"{Endless()!r}"
raise ValueError(repr(Endless()))
"""
