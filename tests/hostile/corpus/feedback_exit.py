"""Ends the interpreter in hidden cases with a number of their inputs as exit code.

That it ended is told, with what code is not: the question is lost.
"""

LOSES = "one"
REASON = "ended its process"
CODE = """
def wrap(original, *given):
    if is_hidden(*given):
        os._exit(100 + int(abs(float([*numbers(*given), 0][0])) * 10))
    return original(*given)

instead(wrap)
"""
