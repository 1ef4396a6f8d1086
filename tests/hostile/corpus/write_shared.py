"""Leaves shared memory, semaphores and message queues behind for the next run.

The calls are refused.
"""

LOSES = ""
DEED = """
libc = ctypes.CDLL(None, use_errno=True)
done = []
shared = libc.shmget(0x6D6C70, 4096, 0o1666)
if shared >= 0:
    done.append(libc.shmctl(shared, 0, None))
for get, end in ((libc.semget, libc.semctl), (libc.msgget, libc.msgctl)):
    made = get(0x6D6C70, 1, 0o1666) if get is libc.semget else get(0x6D6C70, 0o1666)
    if made >= 0:
        done.append(end(made, 0, 0, None))
return [True for _ in done]
"""
