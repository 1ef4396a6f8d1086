"""Opens a secret by calls that libraries do not use: openat2, name_to_handle_at.

They are not on the list of allowed calls.
"""

LOSES = ""
DEED = """
libc = ctypes.CDLL(None, use_errno=True)
how = (ctypes.c_uint64 * 3)(0, 0, 0)
path = SECRET.encode()
calls = ((437, -100, path, how, 24), (303, -100, path, how, how, 0),
         (2, path, 1), (257, -100, path, 0o2000000))
return [call for call in calls if libc.syscall(*call) >= 0]
"""
