"""Overflows the C stack by comparing two endlessly nested lists.

The question is lost, by a crash or by RecursionError.
"""

LOSES = "linear_forward"
INSIDE = """
sys.setrecursionlimit(10**9)
class Endless:
    def __repr__(self):
        return f"{Endless()!r}"
raise ValueError(repr(Endless()))
"""
