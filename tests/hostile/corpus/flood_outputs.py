"""Answers each case with 20,000 small outputs that nobody asked for.

They are dropped while they are read: judging takes no more time and memory than
for anybody else.
"""

LOSES = "any"
CODE = """
import inspect

def flooded(probe):
    def run(*given, **inputs):
        yield from probe(*given, **inputs)
        for number in range(20_000):
            yield f"x{number}", 0.0
    return run

probes = sys.modules["probes"]
for name, probe in list(vars(probes).items()):
    if inspect.isgeneratorfunction(probe):
        setattr(probes, name, flooded(probe))
"""
