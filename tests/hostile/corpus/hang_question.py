"""Computes for ever inside Linear.forward.

The computing time ends it, and that question alone is lost.
"""

LOSES = "one"
REASON = "took more than"
INSIDE = """
while True:
    pass
"""
