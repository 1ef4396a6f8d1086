"""Stubs that answer with shapes which broadcast or compare empty: (), (0,), (1, 1).

Shapes are compared before values: all is lost.
"""

LOSES = "all"
BASE = "stub"
CODE = """
import itertools

shapes = itertools.cycle([(), (0,), (1, 1), (0, 3), (1,) * 8, (1,) * 32])
everywhere(lambda *_: np.zeros(next(shapes)))
"""
