"""Says that every question is only being rehearsed, so that ends may be retried.

The question is asked once more without rehearsal, and lost.
"""

LOSES = "all"
BASE = "stub"
CODE = """
import sys

def rehearsed(*_):
    frame = sys._getframe()
    while "rehearsing" not in frame.f_locals:
        frame = frame.f_back
    frame.f_locals["rehearsing"][0] = 1
    os._exit(0)

everywhere(rehearsed)
"""
