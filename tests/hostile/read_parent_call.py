"""Reads another process's memory with process_vm_readv.

The attempt kills the worker, and the report says that it was forbidden.
"""

LOSES = "linear_forward"
REASON = "tried what is forbidden"
INSIDE = """
libc = ctypes.CDLL(None, use_errno=True)
buffer = ctypes.create_string_buffer(64)
local = (ctypes.c_size_t * 2)(ctypes.addressof(buffer), 64)
libc.process_vm_readv(VICTIM, local, 1, local, 1, 0)
"""
