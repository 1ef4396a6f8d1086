"""Replaces what numpy compares with: allclose, array_equal, numpy.testing.

The judge has a numpy of its own: all is lost.
"""

LOSES = "all"
BASE = "stub"
CODE = """
import numpy.testing

for place in (np, np.testing):
    for name in dir(place):
        if name.startswith(("assert_", "allclose", "array_equal", "isclose", "all")):
            setattr(place, name, lambda *_, **__: True)
np.abs = np.isfinite = lambda *_, **__: np.bool_(True)
"""
