"""Raises SystemExit and GeneratorExit where a loader might let them pass.

The module did not load, and what needs it is lost.
"""

LOSES = "all"
REASON = "did not load"
CODE = """
try:
    raise GeneratorExit
finally:
    raise SystemExit("100.0")
"""
