"""Sends signals to another process, to its parent and to its group.

All of them are refused.
"""

LOSES = ""
DEED = """
import signal
done = []
for act in (lambda: os.kill(VICTIM, signal.SIGTERM), lambda: os.kill(os.getppid(), 0),
            lambda: os.killpg(0, 0), lambda: os.kill(1, 0),
            lambda: signal.pidfd_send_signal(os.pidfd_open(VICTIM), signal.SIGTERM)):
    try:
        act()
        done.append(True)
    except OSError:
        continue
return done
"""
