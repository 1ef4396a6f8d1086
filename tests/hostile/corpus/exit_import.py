"""Ends the interpreter while nn.py is imported, with a cheerful exit code.

What needs nn is lost, and the report says why; the class goes on.
"""

LOSES = "all"
REASON = "did not load"
CODE = """
os._exit(0)
"""
