"""Raises exceptions whose class, note and cause have the inputs in them.

Of what a hidden case raised only the names of Python's own exceptions are told.
"""

LOSES = "one"
CODE = """
def wrap(original, *given):
    text = " ".join(numbers(*given))
    error = type("E" + text.replace(".", "_"), (Exception,), {})(text)
    error.add_note(text)
    raise error from KeyError(text)

instead(wrap)
"""
