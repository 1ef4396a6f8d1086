"""Raises the inputs of each case as its message.

Of what a hidden case raised only the kind is told.
"""

LOSES = "one"
CODE = """
def wrap(original, *given):
    raise ValueError(" ".join(numbers(*given)))

instead(wrap)
"""
