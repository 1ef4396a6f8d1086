"""Ignores and blocks every signal, raises its own CPU limit, then loops.

The clock ends it with SIGKILL, and that question alone is lost.
"""

LOSES = "one"
REASON = "took more than"
INSIDE = """
import resource, signal
for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    signal.signal(number, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
try:
    resource.setrlimit(resource.RLIMIT_CPU, (3600, -1))
except (OSError, ValueError):
    pass
while True:
    pass
"""
