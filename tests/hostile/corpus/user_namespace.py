"""Makes namespaces of its own, in which it would be root.

The attempt kills the worker.
"""

LOSES = "one"
REASON = "tried what is forbidden"
INSIDE = """
return ctypes.CDLL(None).unshare(0x10000000) == 0
"""
