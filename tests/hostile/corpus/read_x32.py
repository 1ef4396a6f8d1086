"""Makes its system calls under the numbers of another architecture.

The attempt kills the worker.
"""

MACHINE = "x86_64"
LOSES = "one"
REASON = "tried what is forbidden"
INSIDE = """
number = ctypes.c_long(0x40000000 + 2)
return ctypes.CDLL(None).syscall(number, SECRET.encode(), 0) >= 0
"""
