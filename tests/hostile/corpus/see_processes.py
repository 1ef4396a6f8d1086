"""Asks which processors another process may use, and so whether it is there.

The calls are refused, and those that ask for itself are not.
"""

LOSES = ""
DEED = """
os.sched_getaffinity(0)
found = []
for act in (lambda: os.sched_getaffinity(VICTIM), lambda: os.sched_getscheduler(VICTIM),
            lambda: os.getsid(VICTIM), lambda: os.getpgid(VICTIM),
            lambda: os.getpriority(os.PRIO_PROCESS, VICTIM)):
    try:
        found.append(act())
    except OSError:
        continue
return found
"""
