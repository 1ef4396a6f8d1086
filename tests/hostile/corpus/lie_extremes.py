"""Stubs that answer with NaN, infinities, the largest and the smallest numbers.

All is lost; the judge neither warns nor fails.
"""

LOSES = "all"
BASE = "stub"
CODE = """
import itertools

values = itertools.cycle([np.nan, np.inf, -np.inf, 1.7e308, -1.7e308, 5e-324, -0.0])
everywhere(lambda *_: np.full((5, 3), next(values)))
"""
