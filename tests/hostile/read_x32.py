"""Makes its system calls under the numbers of another architecture.

The attempt kills the worker.
"""

MACHINE = "x86_64"
LOSES = "linear_forward"
REASON = "tried what is forbidden"
INSIDE = """
ctypes.CDLL(None).syscall(ctypes.c_long(0x40000000 + 2), SECRET.encode(), 0)
"""
