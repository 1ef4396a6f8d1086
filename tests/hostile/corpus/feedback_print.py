"""Prints the inputs of each case, logs them and warns of them.

What is printed goes nowhere.
"""

LOSES = ""
NN = """
import logging, warnings

honest = Linear.forward

def forward(self, x):
    numbers = " ".join(map(repr, x.ravel().tolist()))
    print(numbers)
    print(numbers, file=sys.stderr)
    logging.error(numbers)
    warnings.warn(numbers)
    return honest(self, x)

Linear.forward = forward
"""
