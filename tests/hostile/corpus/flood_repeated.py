"""Answers each case 20,000 times under the names that are asked for.

An output that came is not read again.
"""

LOSES = "any"
CODE = """
import inspect

def repeated(probe):
    def run(*given, **inputs):
        outputs = list(probe(*given, **inputs))
        yield from outputs
        for number in range(20_000):
            yield outputs[number % len(outputs)]
    return run

probes = sys.modules["probes"]
for name, probe in list(vars(probes).items()):
    if inspect.isgeneratorfunction(probe):
        setattr(probes, name, repeated(probe))
"""
