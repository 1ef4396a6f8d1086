"""Runs commands by all of Python's ways to do so.

None of them starts anything.
"""

LOSES = ""
DEED = """
import subprocess
done = []
for act in (lambda: os.system(f"touch {PLACE}/system") == 0,
            lambda: subprocess.run(["touch", f"{PLACE}/run"]).returncode == 0,
            lambda: os.posix_spawn("/usr/bin/touch", ["touch", f"{PLACE}/s"], {}),
            lambda: os.popen("id").read()):
    try:
        done.append(act())
    except (OSError, RuntimeError):
        continue
return any(done)
"""
