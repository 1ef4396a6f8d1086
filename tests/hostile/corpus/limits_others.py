"""Changes the limits, the priority and the processors of another process.

The calls are refused.
"""

LOSES = ""
DEED = """
import resource
done = []
for act in (lambda: resource.prlimit(VICTIM, resource.RLIMIT_CORE, (0, 0)),
            lambda: os.setpriority(os.PRIO_PROCESS, VICTIM, 19),
            lambda: os.sched_setaffinity(VICTIM, {0}),
            lambda: os.sched_setscheduler(VICTIM, os.SCHED_BATCH, os.sched_param(0))):
    try:
        act()
        done.append(True)
    except OSError:
        continue
return done
"""
