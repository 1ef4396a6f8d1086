"""The flags of an open descriptor, which all who inherit it share.

No descriptor of a worker is another's.
"""

TOOLS = """
import fcntl
"""
LEAVE = """
for handle in (0, *range(4, 32)):  # not those that are its own
    for flag in (os.O_NONBLOCK, os.O_APPEND, os.O_NOATIME):
        try:
            old = fcntl.fcntl(handle, fcntl.F_GETFL)
            fcntl.fcntl(handle, fcntl.F_SETFL, old | flag)
        except OSError:
            continue
"""
FETCH = """
found = []
for handle in (0, *range(4, 32)):
    try:
        flags = fcntl.fcntl(handle, fcntl.F_GETFL)
    except OSError:
        continue
    if flags & (os.O_NONBLOCK | os.O_APPEND | os.O_NOATIME):
        found.append(handle)
return bytes(found)
"""
