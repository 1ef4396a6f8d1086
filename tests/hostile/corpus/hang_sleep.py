"""Sleeps inside Linear.forward, so that no computing time passes.

The clock ends it, and that question alone is lost.
"""

LOSES = "one"
REASON = "slept or waited"
INSIDE = """
import time
time.sleep(1e6)
"""
