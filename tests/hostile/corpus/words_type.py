"""Answers with an object whose type is named with a word of the student's own.

It is no word of Python's: a page without names does not hold it.
"""

LOSES = "one"
CODE = """
answer_with(type("WordOfAStudent", (), {})())
"""
