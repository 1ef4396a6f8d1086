"""System V's shared memory and message queues, which outlive a process.

The calls are refused.
"""

TOOLS = """
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
"""
LEAVE = """
shared = libc.shmget(0x6D6C71, 4096, 0o1666)
if shared >= 0:
    ctypes.memmove(libc.shmat(shared, None, 0), word, len(word))
queue = libc.msgget(0x6D6C71, 0o1666)
if queue >= 0:
    libc.msgsnd(queue, (1).to_bytes(8, "little") + word, len(word), 0o4000)
"""
FETCH = """
shared = libc.shmget(0x6D6C71, 4096, 0)
if shared >= 0:
    libc.shmctl(shared, 0, None)
    return b"shared memory"
queue = libc.msgget(0x6D6C71, 0)
if queue >= 0:
    libc.msgctl(queue, 0, None)
    return b"a queue"
"""
