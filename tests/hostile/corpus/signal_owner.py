"""Makes the kernel send signals in its name: F_SETOWN, F_SETSIG, O_ASYNC, timers.

F_SETOWN and F_SETSIG are refused, O_ASYNC alone goes to nobody.
"""

LOSES = ""
DEED = r"""
import fcntl
done = []
for handle in (1, 3):
    for command, value in ((fcntl.F_SETOWN, VICTIM), (10, 9), (15, b"\0" * 8)):
        try:
            fcntl.fcntl(handle, command, value)
            done.append(command)
        except OSError:
            continue
return done
"""
