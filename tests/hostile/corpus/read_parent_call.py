"""Reads another process's memory with process_vm_readv.

The attempt kills the worker, and the report says that it was forbidden.
"""

LOSES = "one"
REASON = "tried what is forbidden"
INSIDE = """
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(64)
local = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 64)
there = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 64)
read = libc.process_vm_readv(os.getppid(), local, 1, there, 1, 0)
return read >= 0 or ctypes.get_errno() == 14  # a wrong address was looked at
"""
