"""Sockets that wait under an abstract name, and locks on open handles.

No socket is made, and locks are refused.
"""

TOOLS = r"""
import fcntl
name = f"\0{MARK}-left"
"""
LEAVE = """
try:
    server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    server.bind(name)
except OSError:
    pass
for handle in range(4, 32):
    for lock in (lambda: fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB),
                 lambda: fcntl.fcntl(handle, 1024, fcntl.F_RDLCK)):
        try:
            lock()
        except OSError:
            continue
"""
FETCH = """
try:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.connect(name)
        return b"a socket"
except OSError:
    pass
for handle in range(4, 32):
    try:
        if fcntl.fcntl(handle, 1025) == fcntl.F_RDLCK:
            return b"a lease"
    except OSError:
        continue
"""
