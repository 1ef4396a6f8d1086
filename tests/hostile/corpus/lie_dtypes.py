"""Stubs that answer with every odd type that numpy has, one after the other.

All is lost; the judge neither warns nor fails.
"""

LOSES = "all"
BASE = "stub"
CODE = """
import itertools

kinds = itertools.cycle(["V8", "S4", "U4", "M8[s]", "m8[s]", "g", "G", "O",
                         [("a", "f8"), ("b", "i4")], "e", "?", "u8", "c16", ">f8"])
everywhere(lambda *_: np.zeros((5, 3), next(kinds)))
"""
