"""Wakes whoever waits at a page of Python's library that all processes have mapped.

Two workers at the same time could tell each other hidden inputs by the place at which
one waits. Only waiting within a process is allowed.
"""

LOSES = ""
DEED = """
import email, mmap, platform
number = {"x86_64": 202, "aarch64": 98}[platform.machine()]
wait, wake = 0, 1
with open(email.__file__, "rb") as file:
    page = mmap.mmap(file.fileno(), 0, flags=mmap.MAP_SHARED, prot=mmap.PROT_READ)
place = np.frombuffer(page, np.uint8).ctypes.data
shared = ctypes.CDLL(None).syscall(number, ctypes.c_void_p(place), wake, 1, None)
own = ctypes.create_string_buffer(8)
assert ctypes.CDLL(None).syscall(number, own, wake | 128, 1, None) == 0
return shared >= 0
"""
