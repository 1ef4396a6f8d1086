"""Answers each case with 20,000 small outputs that nobody asked for.

They are dropped while they are read: judging takes no more time and memory than
for anybody else.
"""

LOSES = "any"
CODE = """
def flood(name, inputs, outputs):
    yield from outputs()
    for number in range(20_000):
        yield f"x{number}", 0.0

around(flood)
"""
