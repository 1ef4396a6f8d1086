"""Prints the inputs of each case, logs them and warns of them.

What is printed goes nowhere.
"""

LOSES = ""
CODE = """
import logging, warnings

def wrap(original, *given):
    text = " ".join(numbers(*given))
    print(text)
    print(text, file=sys.stderr)
    logging.error(text)
    warnings.warn(text)
    return original(*given)

instead(wrap)
"""
