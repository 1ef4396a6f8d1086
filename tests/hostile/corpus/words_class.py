"""Raises an exception whose class is named with a word of the student's own.

It is no word of Python's: a page without names does not hold it.
"""

LOSES = "one"
CODE = """
Word = type("WordOfAStudent", (Exception,), {})

def wrap(original, *given):
    raise Word("another word")

instead(wrap)
"""
