"""Stubs that answer with arrays of objects that are equal to everything.

An array of objects is no answer: all is lost.
"""

LOSES = "all"
BASE = "stub"
CODE = """
class Anything:
    __eq__ = __lt__ = __gt__ = __le__ = __ge__ = lambda self, other: True
    __float__ = lambda self: 0.0
    __sub__ = __rsub__ = __abs__ = __mul__ = lambda self, *_: self

everywhere(lambda *_: np.full((5, 3), Anything(), dtype=object))
"""
