"""Computes for ever while nn.py is imported.

The computing time ends it, once; what needs nn is lost.
"""

LOSES = "all"
REASON = "did not load"
CODE = """
while True:
    pass
"""
