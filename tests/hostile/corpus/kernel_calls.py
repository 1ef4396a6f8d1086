"""Tries calls that have had kernel bugs: bpf, io_uring, keyctl, userfaultfd, mount.

The first attempt kills the worker.
"""

MACHINE = "x86_64"
LOSES = "one"
REASON = "tried what is forbidden"
INSIDE = """
libc = ctypes.CDLL(None, use_errno=True)
reached = []
for number in (425, 321, 250, 323, 165, 298, 304, 308, 155):
    done = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(0)] * 5)
    if done >= 0 or ctypes.get_errno() not in (1, 38):  # EPERM, ENOSYS
        reached.append(number)
return reached
"""
