"""Sleeps inside Linear.forward, so that no computing time passes.

The clock ends it, and that question alone is lost.
"""

LOSES = "one"
REASON = "took more than"
INSIDE = """
import time
time.sleep(1e6)
"""
