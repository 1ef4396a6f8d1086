"""Answers each case 20,000 times under the names that are asked for.

An output that came is not read again.
"""

LOSES = "any"
CODE = """
def repeat(name, inputs, outputs):
    known = list(outputs())
    yield from known
    for number in range(20_000):
        yield known[number % len(known)]

around(repeat)
"""
