"""Stubs that answer with integers too large for any array, and the largest that fit.

All is lost; the judge neither warns nor fails.
"""

LOSES = "all"
BASE = "stub"
CODE = """
import itertools

values = itertools.cycle([10**400, -(1 << 63), (1 << 64) - 1, True, 1 << 200])
everywhere(lambda *_: next(values))
"""
