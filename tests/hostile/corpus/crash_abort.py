"""Calls abort, which would leave a core dump.

The question is lost; RLIMIT_CORE is 0, so no core is written.
"""

LOSES = "linear_forward"
REASON = "crashed the interpreter (SIGABRT)"
INSIDE = """
os.abort()
"""
