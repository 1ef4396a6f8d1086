"""Tries calls that have had kernel bugs: bpf, io_uring, keyctl, userfaultfd, mount.

The first attempt kills the worker.
"""

MACHINE = "x86_64"
LOSES = "linear_forward"
REASON = "tried what is forbidden"
INSIDE = """
libc = ctypes.CDLL(None)
for number in (425, 321, 250, 323, 165, 298, 304, 308, 155):
    libc.syscall(ctypes.c_long(number), 0, 0, 0, 0, 0)
"""
