"""Stubs that answer with an array that says of itself to be equal to everything.

No class of a student's reaches the judge: all is lost.
"""

LOSES = "all"
BASE = "stub"
CODE = """
class Liar(np.ndarray):
    __eq__ = __le__ = __ge__ = lambda self, other: np.ones(np.shape(other), bool)
    __sub__ = __rsub__ = lambda self, other: np.zeros(np.shape(other))
    __array_function__ = __array_ufunc__ = lambda self, *_, **__: True
    shape = property(lambda self: type("Any", (), {"__eq__": lambda *_: True})())

everywhere(lambda *_: np.zeros((5, 3)).view(Liar))
"""
