"""Makes itself traceable, and asks not to die with its parent.

prctl is refused.
"""

LOSES = ""
DEED = """
libc = ctypes.CDLL(None, use_errno=True)
long = ctypes.c_long
return [what for what, value in ((4, 1), (1, 0), (0x59616D61, -1), (36, 1))
        if libc.prctl(what, long(value), long(0), long(0), long(0)) == 0]
"""
