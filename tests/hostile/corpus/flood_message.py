"""Raises an exception whose message has 100 MB.

The report has 300 characters of it at most.
"""

LOSES = "one"
REASON = "raised ValueError"
CODE = """
def wrap(original, *given):
    raise ValueError("x" * 10**8)

instead(wrap)
"""
