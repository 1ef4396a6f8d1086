"""Raises its own limits: memory, files, processes, file size, core dumps.

Hard limits cannot be raised without a capability.
"""

LOSES = ""
DEED = """
import resource
done = []
for name in ("AS", "NOFILE", "NPROC", "FSIZE", "CORE"):
    limit = getattr(resource, f"RLIMIT_{name}")
    try:
        resource.setrlimit(limit, (1 << 40, 1 << 40))
        done.append(name)
    except (OSError, ValueError):
        continue
return done
"""
