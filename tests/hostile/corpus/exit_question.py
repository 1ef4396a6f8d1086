"""Ends the interpreter inside Linear.forward.

That question is lost. The backward questions, whose probes call forward first, count.
"""

LOSES = "one"
REASON = "ended the interpreter (exit code 0)"
INSIDE = """
os._exit(0)
"""
