"""Types a command into the terminal of whoever runs the grader.

There is no terminal, and the call is refused.
"""

LOSES = ""
DEED = """
import fcntl
done = []
for handle in (0, 1, 2):
    try:
        done.append(fcntl.ioctl(handle, 0x5412, b"x"))
    except OSError:
        continue
try:
    done.append(os.open("/dev/tty", os.O_RDWR))
except OSError:
    pass
return done
"""
