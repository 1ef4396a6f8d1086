"""Writes machine code into memory and calls it.

No memory can be made executable.
"""

MACHINE = "x86_64"
LOSES = ""
DEED = r"""
import mmap
code = b"\xb8\x2a\x00\x00\x00\xc3"
try:
    memory = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
except OSError:
    memory = mmap.mmap(-1, 4096)
    memory.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    protect = ctypes.CDLL(None, use_errno=True).mprotect
    if protect(ctypes.c_void_p(address), ctypes.c_size_t(4096), 7) != 0:
        raise OSError("refused")
return ctypes.CFUNCTYPE(ctypes.c_int)(address)()
"""
