"""Attaches itself to another process with ptrace.

The attempt kills the worker.
"""

LOSES = "one"
REASON = "tried what is forbidden"
INSIDE = """
return ctypes.CDLL(None).ptrace(0x4206, VICTIM, 0, 0) == 0
"""
