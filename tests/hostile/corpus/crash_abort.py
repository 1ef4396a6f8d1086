"""Calls abort, which would leave a core dump.

The question is lost; RLIMIT_CORE is 0, so no core is written.
"""

LOSES = "one"
REASON = "crashed the interpreter (SIGABRT)"
INSIDE = """
os.abort()
"""
